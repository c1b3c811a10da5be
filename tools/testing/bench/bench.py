#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""
Measures what the module costs, in the virtual machine of scripts/bench. Prints
a line of JSON for each figure, {name: value}; report.py makes a table of them.

bench.py [ROUNDS]
"""

import contextlib
import glob
import json
import os
import re
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../vm"))
# pylint: disable=wrong-import-position
import drives  # noqa: E402
from attached import MODE_SENSE_10, simulator  # noqa: E402
from drives import read, wait_until, write  # noqa: E402

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 101
# Of what takes long, and varies little.
FEW = 7
DRIVES = (1, 10, 50, 200)
READERS = (1, 8, 64)

CLASS = "/sys/class/modepages"
TRACING = "/sys/kernel/debug/tracing"
SCSI_DEBUG = "/sys/bus/pseudo/drivers/scsi_debug"
MEASURE = "tools/build/bench/measure"
FOREVER_MS = 1 << 30


def empty_trace():
    with open(f"{TRACING}/trace", "w", encoding="ascii"):
        pass


def tell(name, value):
    print(json.dumps({name: value}), flush=True)


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE,
                          text=True).stdout


# The drives: those of scsi_debug answer at once, inside the machine.

def load_modepages():
    run("modprobe", "modepages")
    wait_until(lambda: len(os.listdir(CLASS)) == len(addresses()),
               "all drives are attached to")


def addresses():
    return [path.split("/")[-2] for path in
            glob.glob(f"{SCSI_DEBUG}/adapter0/host*/target*/*/scsi_device")]


def load_drive():
    """One drive, the first; the others are added to its host."""
    run("modprobe", "scsi_debug", "ptype=5", "dev_size_mb=8", "delay=0",
        "ndelay=0", "num_tgts=1")
    address, = addresses()
    return address


def host():
    found, = glob.glob(f"{SCSI_DEBUG}/adapter0/host*")
    return os.path.basename(found).removeprefix("host")


def scan(count):
    """Adds so many drives; the processor time that took, in nanoseconds."""
    path = f"/sys/class/scsi_host/host{host()}/scan"
    used = [int(address.split(":")[2]) for address in addresses()]
    # The host is number 7 itself.
    free = [target for target in range(256) if target not in (7, *used)]
    write(f"{SCSI_DEBUG}/num_tgts", len(used) + count + 1)
    before = time.thread_time_ns()
    for target in free[:count]:
        write(path, f"0 {target} 0")
    return time.thread_time_ns() - before


def unscan(left=1):
    """All drives but so many go."""
    found = sorted(addresses(), key=lambda name: int(name.split(":")[2]))
    for address in found[left:]:
        write(f"/sys/bus/scsi/devices/{address}/delete", 1)
    wait_until(lambda: len(addresses()) == left, "the others are gone")


@contextlib.contextmanager
def with_drives(count):
    """So many in all, with the first."""
    if count > 1:
        scan(count - 1)
    wait_until(lambda: len(os.listdir(CLASS)) == count, "all are there")
    try:
        yield
    finally:
        unscan()


# What a call takes.

def bench_calls(address):
    sg, = os.listdir(f"/sys/class/scsi_device/{address}/device/scsi_generic")
    sr, = os.listdir(f"/sys/class/scsi_device/{address}/device/block")
    write(f"{CLASS}/{address}/max_age_ms", FOREVER_MS)
    for line in run(MEASURE, address, f"/dev/{sg}", f"/dev/{sr}",
                    str(ROUNDS)).splitlines():
        name, nanoseconds = line.split()
        tell(name, float(nanoseconds))


def bench_readers(address):
    """Of one file, which is of one of so many drives."""
    path = f"{CLASS}/{address}/modepages/0a"
    for count in DRIVES:
        with with_drives(count):
            for readers in READERS:
                took = [float(run(MEASURE, "readers", path, str(readers)))
                        for _ in range(FEW)]
                tell(f"read-{count}-{readers}", statistics.median(took))


# How many commands a drive gets.

@contextlib.contextmanager
def counted(name):
    event = f"{TRACING}/events/scsi/scsi_dispatch_cmd_start"
    write(f"{event}/filter", f"opcode=={MODE_SENSE_10}")
    empty_trace()
    write(f"{event}/enable", 1)
    yield
    write(f"{event}/enable", 0)
    tell(name, read(f"{TRACING}/trace").count("scsi_dispatch_cmd_start"))


def bench_commands(address):
    run("rmmod", "modepages")
    with counted("commands-attach"):
        load_modepages()
    files = f"{CLASS}/{address}"
    time.sleep(1.1)
    with counted("commands-files"):
        for control in "modepages", "changeable", "default", "saved":
            for path in glob.glob(f"{files}/{control}/*"):
                # It may have no such values, which it has to be asked for.
                with contextlib.suppress(OSError):
                    read(path, "rb")
    time.sleep(1.1)
    # In jiffies: time for all of them to come before the answer does.
    write(f"{SCSI_DEBUG}/delay", 10)
    with counted("commands-readers"):
        run(MEASURE, "readers", f"{files}/modepages/0a", "64")
    write(f"{SCSI_DEBUG}/delay", 0)


# What the scan of a host takes: of the processor, since on one processor our own
# work takes its turns in between.

def scan_cost():
    took = scan(DRIVES[-1])
    unscan()
    return took


def bench_scan():
    tell("scan-with", statistics.median(scan_cost() for _ in range(FEW)))
    run("rmmod", "modepages")
    tell("scan-without", statistics.median(scan_cost() for _ in range(FEW)))
    load_modepages()


# How soon a drive is there for our users, alone or beside others.

@contextlib.contextmanager
def adding_noted():
    """The kernel notes when we are told of a drive, and when it is added."""
    probes = {"found": "p:found modepages:modepages_device_attach",
              "added": "r:added modepages:modepages_device_add"}
    for probe in probes.values():
        append(f"{TRACING}/kprobe_events", probe)
    write(f"{TRACING}/events/kprobes/enable", 1)
    yield
    write(f"{TRACING}/events/kprobes/enable", 0)
    for name in probes:
        append(f"{TRACING}/kprobe_events", f"-:{name}")


def append(path, line):
    """(Python's own files want to know where the end is.)"""
    fd = os.open(path, os.O_WRONLY | os.O_APPEND)
    try:
        os.write(fd, line.encode())
    finally:
        os.close(fd)


def time_to_add():
    """Of one more drive, in nanoseconds."""
    empty_trace()
    scan(1)
    wait_until(lambda: " added: " in read(f"{TRACING}/trace"), "it is added")
    found, added = (re.search(rf" ([0-9.]+): {event}: ",
                              read(f"{TRACING}/trace"))[1]
                    for event in ("found", "added"))
    unscan(left=len(addresses()) - 1)
    return 1e9 * (float(added) - float(found))


def bench_add():
    for count in DRIVES:
        # One of them is there already, and another one comes.
        with with_drives(max(count - 1, 1)), adding_noted():
            # There is one processor: now and then the rest of the scan comes first.
            tell(f"add-{count}",
                 min(time_to_add() for _ in range(3 * FEW)))


# How much memory of the kernel a drive costs.

def kernel_memory():
    """In bytes, of what can't be had back."""
    # What was freed may be in use by readers of the kernel for a moment.
    time.sleep(1)
    write("/proc/sys/vm/drop_caches", 3)
    found = dict(line.split(":") for line in
                 read("/proc/meminfo").strip().split("\n"))
    return 1024 * sum(int(found[name].split()[0]) for name in
                      ("Slab", "Percpu", "KernelStack", "PageTables"))


def memory_of(module):
    """For the drives that are there."""
    before = kernel_memory()
    run("modprobe", module)
    taken = kernel_memory() - before
    run("rmmod", module)
    return taken


def bench_memory():
    # Drives that are found without them: what they take is not strewn among what
    # stays, so it is given back as a whole. Of one drive it says little: memory is
    # handed out in pages.
    run("modprobe", "-r", "modepages", "sg")
    for count in DRIVES[1:]:
        scan(count - 1)
        for module in "modepages", "sg":
            # The first time fills the kernel's own caches.
            taken = [memory_of(module) for _ in range(FEW + 1)][1:]
            tell(f"memory-{module}-{count}", statistics.median(taken) / count)
        unscan()
    run("modprobe", "sg")
    load_modepages()


# How long remove_dev takes: it runs under a mutex of all SCSI devices. Drives of
# the simulator, since those of scsi_debug can't hang.

@contextlib.contextmanager
def traced(function):
    """The kernel notes how long each call of a function takes."""
    write(f"{TRACING}/set_graph_function", function)
    write(f"{TRACING}/max_graph_depth", 1)
    write(f"{TRACING}/current_tracer", "function_graph")
    try:
        yield
    finally:
        write(f"{TRACING}/current_tracer", "nop")


def durations():
    """In nanoseconds, of the calls since the last time."""
    found = re.findall(r"([0-9.]+) us +\|", read(f"{TRACING}/trace"))
    empty_trace()
    return [float(text) * 1000 for text in found]


def shown(drive):
    return os.path.exists(f"{CLASS}/{drive.address}")


def removal(drive, readers):
    wait_until(lambda: shown(drive), "the drive is attached to")
    path = f"{CLASS}/{drive.address}/modepages/01"
    if readers:
        write(f"{CLASS}/{drive.address}/max_age_ms", 0)
    waiting = [subprocess.Popen(["cat", path], stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)
               for _ in range(readers)]
    if readers:
        wait_until(lambda: len(drive.commands(MODE_SENSE_10)) > 2,
                   "the drive is asked, and hangs")
    durations()
    drive.unplug()
    drive.wait_gone()
    wait_until(lambda: not shown(drive), "it is let go")
    took = durations()
    for process in waiting:
        process.wait()
    drive.reset()
    drive.replug()
    return took


def removals(rule, readers):
    """Of a drive that is pulled again and again."""
    path = "/tmp/bench.profile"
    with open(path, "w", encoding="ascii") as file:
        file.write(f"[drive]\nlike = dvd-reader\n{rule}\n")
    drive = simulator().add(path)
    found = [took for _ in range(FEW) for took in removal(drive, readers)]
    drive.unplug()
    drive.wait_gone()
    return statistics.median(found)


def bench_remove():
    # A drive that hangs holds up the removal of the last but one of its host.
    others = simulator().add_all("dvd-reader", "dvd-reader")
    with traced("modepages_remove"):
        tell("remove-idle", removals("", 0))
        tell("remove-hung", removals("[faults]\n1 = on 5a after=2: never", 8))
    for drive in others:
        drive.unplug()
        drive.wait_gone()


def main():
    # Whatever else asks the drives would be counted.
    drives.settle()
    drives.stop_udev()
    write("/sys/module/block/parameters/events_dfl_poll_msecs", 0)
    run("modprobe", "-a", "sr_mod", "sg")
    address = load_drive()
    load_modepages()
    device = f"/sys/class/scsi_device/{address}/device"
    tell("kernel", os.uname().release)
    tell("drive", f"{read(f'{device}/model').strip()}, pages "
                  f"{read(f'{CLASS}/{address}/supported').strip()}")
    tell("rounds", ROUNDS)

    bench_calls(address)
    bench_readers(address)
    bench_commands(address)
    bench_scan()
    bench_add()
    bench_memory()
    bench_remove()


main()
