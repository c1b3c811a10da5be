# SPDX-License-Identifier: MIT
"""The machine sleeps, and so does a drive alone."""

import errno
import os
import time

import pytest

import drives
import uapi
from attached import MODE_SENSE_10, attached
from drives import read, wait_until, write
from simulated import sgio
from uevents import Uevents

SUSPEND = "/sys/module/suspend/parameters/pm_test_delay"


def suspend_drivers():
    """The kernel puts its devices to sleep, waits a second, wakes them."""
    write(SUSPEND, 1)
    write("/sys/power/pm_test", "devices")
    try:
        write("/sys/power/state", "freeze")
    finally:
        write("/sys/power/pm_test", "none")


def test_sleep_ends_what_was_kept():
    with attached("dvd-writer", max_age_ms=600000) as drive, \
            Uevents() as events:
        drive.read(0x01, "changeable")
        changed = drive.read(0x01)[:-1] + b"\xff"
        drive.sim.set_page(0x01, changed)
        before = drive.generation()
        assert drive.get(0x01, 1, flags=uapi.CACHED)[0] == 0
        drives.settle()
        drive.sim.clear()

        suspend_drivers()

        assert drive.generation() > before
        assert drive.get(0x01, 1, flags=uapi.CACHED)[0] == errno.ENODATA
        event, = events.wait(drive.sim.address, "change")
        assert event["MODEPAGES_CHANGED"] == "01"
        assert event["MODEPAGES_CAUSE"] == "resume"
        # Those of sr are of the other form.
        assert len(drive.sim.commands(MODE_SENSE_10)) == 2
        assert drive.read(0x01) == changed
        assert drive.read(0x01, "changeable") == \
            drive.sim.page(0x01, "changeable")
        assert len(drive.sim.commands(MODE_SENSE_10)) == 3


def test_sleep_with_all_drives():
    """Those of QEMU, each on a bus of its own, and an open node of each."""
    nodes = {drive: os.open(drive.node, os.O_RDWR) for drive in drives.find()}
    assert len(nodes) >= 3
    suspend_drivers()
    for drive, node in nodes.items():
        assert uapi.get(node, 0x2a)[0] == 0
        assert read(drive.page_file(0x2a), "rb")
        os.close(node)


@pytest.fixture
def asleep():
    """An empty drive that the kernel has put to sleep: nobody uses it."""
    with attached("dvd-writer") as drive:
        sgio.stop_polling(drive.sim.block)
        drive.sim.set_medium("none")
        drives.settle()
        assert drive.read(0x01) == drive.sim.page(0x01)
        # sr has to see that it is empty, else it does not let it sleep.
        with sgio.Device(drive.sim.block):
            pass
        drives.settle()
        power = f"{drive.sim.sysfs}/power"
        write(f"{power}/autosuspend_delay_ms", 200)
        write(f"{power}/control", "auto")
        wait_until(lambda: read(f"{power}/runtime_status") == "suspended\n",
                   "the drive sleeps")
        drive.sim.clear()
        yield drive, power
        write(f"{power}/control", "on")


def test_sleeping_drive_is_not_woken_by_readers(asleep):
    drive, power = asleep
    page = drive.sim.page(0x01)
    drive.sim.set_page(0x01, page[:-1] + b"\xff")
    for _ in range(3):
        assert drive.read(0x01) == page
        assert drive.read(0x01, "changeable") == errno.ENODATA
        time.sleep(0.1)
    for name in ("supported", "generation", "last_status", "quirks"):
        drive.file(name)
    uapi.info(drive.fd)
    assert drive.get(0x01, flags=uapi.CACHED)[0] == 0
    assert drive.sim.commands() == []
    assert read(f"{power}/runtime_status") == "suspended\n"


def test_sleeping_drive_is_woken_by_who_asks(asleep):
    drive, power = asleep
    assert drive.page(0x01) == drive.sim.page(0x01)
    wait_until(lambda: read(f"{power}/runtime_status") == "suspended\n",
               "it sleeps again")
    drive.write("refresh", 1)
    assert len(drive.sim.commands(MODE_SENSE_10)) == 3
