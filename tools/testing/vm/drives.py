# SPDX-License-Identifier: MIT
"""The optical drives of the machine, found without any help of ours."""

import contextlib
import glob
import os
import re
import socket
import stat
import subprocess
import time
from dataclasses import dataclass

# By the SCSI host's driver, as sysfs names it.
KINDS = {"ata_piix": "ata", "virtio_scsi": "virtio", "usb-storage": "usb"}


@dataclass(frozen=True)
class Drive:
    address: str
    kind: str
    block: str

    @property
    def node(self):
        return f"/dev/modepages/{self.address}"

    @property
    def sysfs(self):
        return f"/sys/class/modepages/{self.address}"

    def page_file(self, code):
        return f"{self.sysfs}/modepages/{code:02x}"


def read(path, mode="r"):
    with open(path, mode) as file:
        return file.read()


def write(path, value):
    """Into a file of sysfs. (Python's own files take EAGAIN for success.)"""
    fd = os.open(path, os.O_WRONLY)
    try:
        os.write(fd, str(value).encode())
    finally:
        os.close(fd)


def kind_of(address):
    host = address.split(":", maxsplit=1)[0]
    name = read(f"/sys/class/scsi_host/host{host}/proc_name").strip()
    return KINDS.get(name, name)


def find():
    """All drives, with the block device that sr gave them."""
    found = []
    for path in sorted(glob.glob("/sys/class/scsi_device/*/device")):
        if read(f"{path}/type").strip() != "5":
            continue
        address = path.split("/")[4]
        block = os.listdir(f"{path}/block")[0]
        found.append(Drive(address, kind_of(address), f"/dev/{block}"))
    return found


def of_kind(kind):
    return next(drive for drive in find() if drive.kind == kind)


def wait_until(condition, what, seconds=60, every=0.1):
    """Fails when the condition does not come true in a time that is ample."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(every)


def slow():
    """Is it a kernel that watches itself?"""
    return os.path.exists("/sys/kernel/debug/kmemleak")


def booted_by_systemd():
    return os.path.isdir("/run/systemd/system")


def udev_runs():
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as control:
        return not control.connect_ex("/run/udev/control")


def settle():
    """
    Until udev has nothing more to do. On a slow machine, who waits was seen to miss
    that: then another one looks.
    """
    if udev_runs():
        wait_until(lambda: not subprocess.run(
            ["udevadm", "settle", "--timeout=10"]).returncode,
            "udev has nothing more to do", seconds=300)


@contextlib.contextmanager
def scsi_debug():
    """A drive of the kernel's own simulation, on a host of its own."""
    before = set(os.listdir("/sys/class/scsi_device"))
    subprocess.run(["modprobe", "scsi_debug", "ptype=5", "dev_size_mb=8"],
                   check=True)
    address, = set(os.listdir("/sys/class/scsi_device")) - before
    wait_until(lambda: os.path.exists(f"/dev/modepages/{address}"),
               f"{address} is attached to")
    try:
        yield address
    finally:
        # udev may still have a look at it.
        wait_until(lambda: subprocess.run(["rmmod", "scsi_debug"],
                                          capture_output=True).returncode == 0,
                   "the other host is gone")


@contextlib.contextmanager
def granted_to(node, group):
    """As the rule for udev has it."""
    before = os.stat(node)
    os.chown(node, 0, group)
    os.chmod(node, 0o660)
    try:
        yield
    finally:
        os.chown(node, before.st_uid, before.st_gid)
        os.chmod(node, stat.S_IMODE(before.st_mode))


@contextlib.contextmanager
def with_udev():
    if udev_runs():
        yield
        return
    start_udev()
    try:
        yield
    finally:
        settle()
        stop_udev()


def start_udev():
    """
    It goes by the number of a node, so what it remembers may be about another drive:
    meanwhile the module may have been loaded again, and found them in another order.
    """
    subprocess.run(["/usr/lib/systemd/systemd-udevd", "--daemon"], check=True)
    subprocess.run(["udevadm", "trigger", "--settle", "--action=add",
                    "--subsystem-match=modepages"], check=True)


def stop_udev():
    """On a slow machine, it was seen to forget about it: then it is asked again."""
    for _ in range(15):
        subprocess.run(["udevadm", "control", "--exit"])
        with contextlib.suppress(AssertionError):
            wait_until(lambda: not udev_runs(), "udev has ended", seconds=20)
            return
    raise AssertionError("udev does not end")


@contextlib.contextmanager
def without_udev():
    """
    For drives that come and go many times: it never learns of them. (Its queue
    would have it look at each of them later.)
    """
    if not udev_runs():
        yield
        return
    settle()
    stop_udev()
    try:
        yield
    finally:
        start_udev()


def modepages(*arguments, as_nobody=False):
    """Runs the command; returns exit code, stdout (bytes), stderr (lines)."""
    command = ["/usr/bin/modepages", *arguments]
    if as_nobody:
        command = ["setpriv", "--reuid=nobody", "--regid=nogroup",
                   "--clear-groups", "--", *command]
    done = subprocess.run(command, capture_output=True, timeout=120)
    errors = done.stderr.decode().splitlines()
    return done.returncode, done.stdout, errors


def modepages_without(library, *arguments):
    """The same on a system that lacks a library; stdout comes as text."""
    path, = glob.glob(f"/usr/lib/*/{library}")
    script = f'mount --bind /dev/null {path} && exec /usr/bin/modepages "$@"'
    done = subprocess.run(["unshare", "--mount", "sh", "-c", script, "sh",
                           *arguments], capture_output=True, text=True,
                          timeout=120)
    return done.returncode, done.stdout, done.stderr.splitlines()


@dataclass(frozen=True)
class Answer:
    """What a drive says to MODE SENSE(10): data, or the sense in words."""
    data: bytes
    sense: str


# What a drive of QEMU refuses, it refuses always: asked once for all tests.
REFUSED = {}


def mode_sense(drive, control, page):
    """By sg_raw, whatever it takes; DBD is set."""
    key = (drive.kind, control, page)
    if key in REFUSED:
        return REFUSED[key]
    cdb = f"5a 08 {control << 6 | page:02x} 00 00 00 00 02 00 00".split()
    done = subprocess.run(["sg_raw", "-R", "-b", "-r", "512", drive.block, *cdb],
                          capture_output=True, timeout=120)
    sense = re.search(rb"Additional sense: (.*)", done.stderr)
    if not done.returncode:
        return Answer(done.stdout, "")
    assert sense, f"sg_raw: {done.stderr.decode()}"
    REFUSED[key] = Answer(b"", sense.group(1).decode().strip())
    return REFUSED[key]


def cut(data, header=8):
    """
    The pages behind header and block descriptors, independently of ours. The
    header of MODE SENSE(6) is of 4 bytes.
    """
    size = header // 4
    end = int.from_bytes(data[:size], "big") + size
    start = header + int.from_bytes(data[header - size:header], "big")
    return data[start:end]


def raw_page(drive, control, page):
    """(page, "") or (None, sense) straight from the drive."""
    answer = mode_sense(drive, control, page)
    if answer.sense:
        return None, answer.sense
    pages = cut(answer.data)
    assert pages[0] & 0x3f == page
    return pages[:2 + pages[1]], ""


def raw_pages(drive, control):
    """All pages by code: by page 3Fh, or where it is refused one by one."""
    answer = mode_sense(drive, control, 0x3f)
    found = {}
    if answer.sense:
        for code in range(0x3f):
            page, _ = raw_page(drive, control, code)
            if page:
                found[code] = page
        return found
    pages = cut(answer.data)
    while pages:
        size = 2 + pages[1]
        found[pages[0] & 0x3f] = pages[:size]
        pages = pages[size:]
    return found


LOCK_STATE = 0x02


def comparable(drive, code, page, control=0):
    """
    QEMU's ATAPI drive leaves most of page 0Eh unset: what stands there is left
    over from the answer before. Only what it does set can be compared. And sr locks
    the tray for a program that opens the drive, which page 2Ah tells by a current
    value.
    """
    if drive.kind == "ata" and code == 0x0e:
        return bytes(page[i] for i in (0, 1, 2, 3, 9, 11, 13, 15))
    if (code, control) == (0x2a, 0):
        page = bytearray(page)
        page[6] &= ~LOCK_STATE
    return bytes(page)
