# SPDX-License-Identifier: MIT
"""Changes that are put back: drives for them, and a look at what comes of it."""

import contextlib
import os
import signal
import subprocess
import threading
import time
import warnings

import pytest

import drives
import uapi
from attached import attached
from simulated import sgio

# Pages of the profiles bd-writer and dvd-writer, and bits that they let change.
ERRORS, OFFLINE, AUDIO = 0x01, 0x0d, 0x0e
RETRIES, MORE_RETRIES = (3, 0xff), (8, 0xff)
WRITE_REALLOC, READ_REALLOC = (2, 0x80), (2, 0x40)
PER, DCR = (2, 0x04), (2, 0x01)
INACTIVITY = (3, 0x0f)
VOLUME, MORE_VOLUME = (9, 0xff), (11, 0xff)

WARNING = 4


def with_field(page, field, value):
    """The page with one field (byte, mask) of it changed."""
    byte, mask = field
    new = page[byte] & ~mask | value
    return page[:byte] + bytes([new]) + page[byte + 1:]


def opened(drive):
    """One more open file description of its node."""
    return os.open(drive.node, os.O_RDWR | os.O_CLOEXEC)


def change(fd, page, fields, flags=uapi.RESTORE, **members):
    """That succeeds."""
    done = uapi.modify(fd, page, fields, flags, **members)
    assert done.error == 0, f"errno {done.error}, status {done.status.code}"
    return done


def selects(drive, **conditions):
    """The MODE SELECT commands that it got."""
    return drive.sim.commands("mode-select", **conditions)


def by_sg_io(drive, page):
    """As a program does it that knows nothing of us."""
    with sgio.Device(drive.sim.block) as device:
        done = device.mode_select(bytes([page[0] & 0x3f]) + page[1:])
        assert done.status == 0


def close_left_open(node, but=()):
    """What a test has not closed, since it has failed."""
    for name in os.listdir("/proc/self/fd"):
        with contextlib.suppress(FileNotFoundError):
            if int(name) not in but and \
                    os.readlink(f"/proc/self/fd/{name}") == node:
                os.close(int(name))


def begin(shared):
    """A drive as new, nobody holds anything, and the module knows that."""
    shared.sim.off()
    close_left_open(shared.node, but=[shared.fd])
    assert shared.file("holder") == ""
    shared.sim.reset()
    shared.write("refresh", 1)
    shared.sim.clear()
    return shared


class Messages:
    """Of the module in the kernel's log, from the moment that it is entered."""

    def __enter__(self):
        self.log = os.open("/dev/kmsg", os.O_RDONLY | os.O_NONBLOCK)
        os.lseek(self.log, 0, os.SEEK_END)
        self.seen = []
        return self

    def __exit__(self, *_):
        os.close(self.log)

    def of(self, address):
        """(level, text) of those about a drive so far."""
        with contextlib.suppress(BlockingIOError):
            while True:
                record = os.read(self.log, 8192).decode(errors="replace")
                head, _, text = record.split("\n")[0].partition(";")
                self.seen.append((int(head.split(",")[0]) & 7, text))
        start = f"modepages {address}: "
        return [(level, text.removeprefix(start)) for level, text in self.seen
                if text.startswith(start)]


@pytest.fixture(scope="module")
def shared():
    with attached("bd-writer") as found:
        yield found


@pytest.fixture
def drive(shared):  # pylint: disable=redefined-outer-name
    """Nothing that a test has done is left, and it is no reason for a message."""
    with Messages() as messages:
        yield begin(shared)
        assert shared.file("holder") == ""
        assert messages.of(shared.sim.address) == []


class Closing:
    """Closes a file, which may take long, beside everything else."""

    def __init__(self, fd):
        self.began = time.monotonic()
        self.took = None
        self.thread = threading.Thread(target=self._close, args=(fd,))
        self.thread.start()

    def _close(self, fd):
        os.close(fd)
        self.took = time.monotonic() - self.began

    def wait(self, seconds=240):
        """Returns how long it has taken."""
        self.thread.join(seconds)
        assert self.took is not None, "it hangs"
        return self.took


class Child:
    """
    A process that runs a function. It has what was open here, but the files that
    are given: these are taken from it before.
    """

    def __init__(self, function, without=()):
        with warnings.catch_warnings():
            # The other threads only listen to the simulator.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid = os.fork()
        if self.pid:
            return
        code = 1
        try:
            for fd in without:
                os.close(fd)
            function()
            code = 0
        finally:
            os._exit(code)

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)

    def wait(self):
        """Its status; it is no more when this returns."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def unload(module="modepages"):
    """Whether it could be taken out, and what was said about that."""
    done = subprocess.run(["rmmod", module], capture_output=True, text=True)
    return done.returncode == 0, done.stderr


def load():
    subprocess.run(["modprobe", "modepages"], check=True)
    drives.wait_until(lambda: all(os.path.exists(found.node)
                                  for found in drives.find()),
                      "every drive is attached to")
