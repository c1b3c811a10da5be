# SPDX-License-Identifier: MIT
"""Simulated drives, and what the module makes of them."""

import contextlib
import functools
import os
import sys

import drives
import uapi

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../sim"))
# pylint: disable=wrong-import-position
import sgio  # noqa: E402
from simulator import Simulator  # noqa: E402

MODE_SENSE_10, MODE_SENSE_6 = 0x5a, 0x1a


class Attached:
    """
    A drive of the simulator, with its node open. Its files show the values of
    now, unless a test wants them older.
    """

    def __init__(self, drive, max_age_ms=0, settle=True, polled=True):
        self.sim = drive
        self.sysfs = f"/sys/class/modepages/{drive.address}"
        self.node = f"/dev/modepages/{drive.address}"
        # The driver core makes the node after the directory.
        drives.wait_until(lambda: os.path.exists(self.node),
                          f"{drive.address} is attached to")
        # What udev has to do may hang on another drive, which hangs.
        if settle:
            drives.settle()
        if not polled:
            sgio.stop_polling(drive.block)
        self.fd = os.open(self.node, os.O_RDWR | os.O_CLOEXEC)
        if max_age_ms is not None:
            self.write("max_age_ms", max_age_ms)

    def close(self):
        """The drive goes, too."""
        os.close(self.fd)
        if self.sim.plugged:
            self.sim.unplug()
        self.sim.wait_gone()

    def file(self, name, mode="r"):
        return drives.read(f"{self.sysfs}/{name}", mode)

    def write(self, name, value):
        drives.write(f"{self.sysfs}/{name}", value)

    def supported(self):
        return [int(word, 16) for word in self.file("supported").split()]

    def files(self, control="modepages"):
        """The codes of the pages that have a file; None without a directory."""
        try:
            names = os.listdir(f"{self.sysfs}/{control}")
        except FileNotFoundError:
            return None
        return sorted(int(name, 16) for name in names)

    def read(self, page, control="modepages"):
        """A page's file; the errno when it can't be read."""
        try:
            return self.file(f"{control}/{page:02x}", "rb")
        except OSError as error:
            return error.errno

    def generation(self):
        return int(self.file("generation"))

    def quirks(self):
        return self.file("quirks").split()

    def get(self, page, control=0, **members):
        return uapi.get(self.fd, page, control, **members)

    def page(self, page, control=0):
        """The page; fails when there is none."""
        error, result, data = self.get(page, control)
        assert error == 0, f"errno {error}, status {result.status.code}"
        return data[:result.length]

    def check_last_byte(self):
        """No value of it is taken for the end of an answer cut short."""
        whole = self.sim.page(0x01)
        for value in range(256):
            page = whole[:-1] + bytes([value])
            self.sim.set_page(0x01, page)
            assert self.page(0x01) == page
        self.sim.set_page(0x01, whole)

    def looked_at_anew(self):
        """What it told before its last news is known to be of no use, it is asked."""
        drives.wait_until(lambda: self.get(0x01, flags=uapi.CACHED)[0] == 0,
                          "it is looked at anew")

    def asked(self, **conditions):
        """MODE SENSE commands that reached the drive, by its own log."""
        return self.sim.commands("mode-sense", **conditions)


@functools.cache
def simulator():
    """One for all tests: to start it takes seconds. It ends with them."""
    running = Simulator()
    running.start()
    return running


@contextlib.contextmanager
def attached(*profiles, **options):
    """Drives, one for each profile; a single one by itself."""
    found = []
    try:
        for profile in profiles:
            found.append(Attached(simulator().add(profile), **options))
        yield found[0] if len(found) == 1 else found
    finally:
        for drive in found:
            drive.close()
