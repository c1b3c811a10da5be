#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""
Measures what the module costs, in the virtual machine of "bench", and prints it.
Nothing here passes or fails.
"""

import contextlib
import glob
import os
import re
import statistics
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../vm"))
# pylint: disable=wrong-import-position
import drives  # noqa: E402
from attached import MODE_SENSE_10, simulator  # noqa: E402
from drives import read, wait_until, write  # noqa: E402
from simulated import udev_paused  # noqa: E402

TRACING = "/sys/kernel/debug/tracing"
CLASS = "/sys/class/modepages"
ROUNDS = 30
READERS = 8
DRIVES = 100


# How long remove_dev takes: it runs under a mutex of all SCSI devices.

@contextlib.contextmanager
def traced(function):
    """The kernel notes how long each call of a function takes."""
    write(f"{TRACING}/current_tracer", "nop")
    write(f"{TRACING}/set_graph_function", function)
    write(f"{TRACING}/max_graph_depth", 1)
    write(f"{TRACING}/current_tracer", "function_graph")
    try:
        yield
    finally:
        write(f"{TRACING}/current_tracer", "nop")


def durations():
    """In milliseconds, of the calls since the last time."""
    found = re.findall(r"([0-9.]+) us +\|", read(f"{TRACING}/trace"))
    with open(f"{TRACING}/trace", "w", encoding="ascii"):
        pass
    return [float(text) / 1000 for text in found]


def shown(drive):
    return os.path.exists(f"{CLASS}/{drive.address}")


def removals(profile, readers):
    """Of a drive that is pulled again and again, under readers of its files."""
    drive = simulator().add(profile)
    found = []
    for _ in range(ROUNDS):
        wait_until(lambda: shown(drive) or drive.commands(MODE_SENSE_10),
                   "the drive is in use")
        paths = glob.glob(f"{CLASS}/{drive.address}/modepages/*")
        waiting = [subprocess.Popen(["cat", paths[0]],
                                    stdout=subprocess.DEVNULL,
                                    stderr=subprocess.DEVNULL)
                   for _ in range(readers if paths else 0)]
        durations()
        drive.unplug()
        drive.wait_gone()
        wait_until(lambda: not shown(drive), "it is let go")
        found += durations()
        for process in waiting:
            process.wait()
        drive.clear()
        drive.replug()
    drive.unplug()
    drive.wait_gone()
    return found


def profile_with(name, rule):
    path = f"/tmp/{name}.profile"
    with open(path, "w", encoding="ascii") as file:
        file.write(f"[drive]\nlike = dvd-reader\n[faults]\n1 = {rule}\n")
    return path


def bench_remove():
    hung = profile_with("hung", "on 5a: never")
    slow = profile_with("slow", "on 5a after=2: never")
    cases = [("idle drive", "dvd-reader", 0),
             (f"{READERS} readers", "dvd-reader", READERS),
             ("hung at its first command", hung, 0),
             (f"hung under {READERS} readers", slow, READERS)]
    print(f"\nremove_dev, {ROUNDS} rounds each, ms"
          "               minimum   median  maximum")
    others = simulator().add_all("dvd-reader", "dvd-reader")
    drives.settle()
    with traced("modepages_remove"), udev_paused():
        for name, profile, readers in cases:
            found = removals(profile, readers)
            print(f"  {name:40} {min(found):9.3f} "
                  f"{statistics.median(found):8.3f} {max(found):8.3f}")
    for drive in others:
        drive.unplug()
        drive.wait_gone()


# How many commands a drive gets when it comes.

def bench_attach():
    print("\ncommands of ours at attach, by simulated drive")
    profiles = sorted(os.path.basename(path).removesuffix(".profile")
                      for path in glob.glob("/src/tools/testing/sim/profiles/*"))
    with udev_paused():
        for profile in profiles:
            if profile.startswith("broken-"):
                continue
            drive = simulator().add(profile)
            wait_until(lambda: shown(drive), "it is attached to", 30)
            asked = [entry.cdb for entry in drive.commands("mode-sense")]
            # sr asks by 1a 00 2a 00 80, and has done so before.
            ours = [cdb for cdb in asked if cdb[:5].hex() != "1a002a0080"]
            print(f"  {profile:40} {len(ours):9}")
            drive.unplug()
            drive.wait_gone()


# How much memory of the kernel a drive costs.

def kernel_memory():
    """In bytes, of what can't be had back."""
    write("/proc/sys/vm/drop_caches", 3)
    found = dict(line.split(":") for line in
                 read("/proc/meminfo").strip().split("\n"))
    return 1024 * sum(int(found[name].split()[0]) for name in
                      ("Slab", "Percpu", "KernelStack", "PageTables"))


def memory_of(module):
    """For each drive, of a module that is loaded when they are there."""
    before = kernel_memory()
    subprocess.run(["modprobe", module], check=True)
    if module == "modepages":
        wait_until(lambda: len(os.listdir(CLASS)) >= DRIVES, "all are there",
                   120)
    taken = kernel_memory() - before
    subprocess.run(["rmmod", module], check=True)
    return taken / DRIVES / 1024


def bench_memory():
    print(f"\nkernel memory for each of {DRIVES} drives, KiB")
    for module in ("modepages", "sg"):
        subprocess.run(["modprobe", "-r", module], check=True)
    with udev_paused():
        subprocess.run(["modprobe", "scsi_debug", "ptype=5", "max_luns=10",
                        f"num_tgts={DRIVES // 10}", "dev_size_mb=8"],
                       check=True)
        for module in ("sg", "modepages"):
            # The first time fills the kernel's own caches.
            taken = [memory_of(module) for _ in range(4)][1:]
            print(f"  {module:40} {statistics.median(taken):9.1f}")


print(f"kernel {os.uname().release}")
bench_attach()
bench_remove()
bench_memory()
