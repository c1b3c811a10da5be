# SPDX-License-Identifier: MIT
"""
Attaching to a drive is quiet, and holds nobody up: as few commands as can be,
and a drive that does not answer delays none on another host. That is told by
the order of things, since seconds are others on each machine.
"""

import contextlib
import os
import subprocess

import pytest

import drives
import uapi
from attached import MODE_SENSE_10, attached, simulator
from drives import read, wait_until, write
from simulated import udev_paused

CAPABILITIES, ALL_PAGES = "5a002a00000000008000", "5a083f00000000020000"
WELL_BEHAVED = ["cd-writer", "dvd-reader", "dvd-writer", "bd-writer",
                "changer", "strict-writer", "read-only"]


def asked_at_attach(profile):
    """Counted while nobody else can make the module ask."""
    with udev_paused():
        drive = simulator().add(profile)
        path = f"/sys/class/modepages/{drive.address}"
        wait_until(lambda: os.path.exists(path), "it is attached to")
        found = [entry.cdb.hex()[:20] for entry in drive.commands()
                 if entry.opcode == MODE_SENSE_10]
        drive.unplug()
        drive.wait_gone()
    return found


@pytest.mark.parametrize("profile", WELL_BEHAVED)
def test_two_commands(profile):
    assert asked_at_attach(profile) == [CAPABILITIES, ALL_PAGES]


def test_one_more_for_each_page_without_all_pages():
    """Page 2Ah, all of them, and what MMC has, each once."""
    asked = asked_at_attach("qemu-scsi-cd")
    assert asked[:2] == [CAPABILITIES, ALL_PAGES]
    asked = asked_at_attach("mmc1-reader")
    assert asked[0] == CAPABILITIES
    single = [cdb[4:6] for cdb in asked if cdb[4:6] not in ("3f",)][1:]
    assert sorted(single) == sorted(set(single))
    assert set(single) == {"01", "03", "05", "07", "08", "0d", "0e", "1a",
                           "1c", "1d", "2a"}


def test_nothing_for_a_device_of_the_list():
    assert asked_at_attach("glucose-meter") == []


def open_commands(address):
    """
    Commands that the drive has got and not answered; others than the module may
    have one, too, and send it between a look at one counter and at the other.
    """
    path = f"/sys/class/scsi_device/{address}/device"
    while True:
        sent = read(f"{path}/iorequest_cnt")
        done = read(f"{path}/iodone_cnt")
        if read(f"{path}/iorequest_cnt") == sent:
            return int(sent, 16) - int(done, 16)


@contextlib.contextmanager
def plugged(*profiles):
    """Drives that nobody has a node open of."""
    found = simulator().add_all(*profiles)
    try:
        yield found
    finally:
        for drive in found:
            if drive.plugged:
                drive.unplug()
        for drive in found:
            drive.wait_gone()


@pytest.fixture
def hung(tmp_path):
    """
    A drive that does not answer the module, its first command under way; and two
    quiet ones on its host, or the block layer would wait for it.
    """
    profile = tmp_path / "hung.profile"
    profile.write_text("[drive]\nlike = dvd-reader\n[faults]\n"
                       "1 = on 5a: never\n")
    with plugged("dvd-reader", "dvd-reader"):
        drives.settle()
        with plugged(str(profile)) as (drive,):
            wait_until(lambda: drive.commands(MODE_SENSE_10), "it is asked")
            yield drive
    drives.settle()


def hangs(drive):
    """Its discovery is not over, and has not got further than one command."""
    return open_commands(drive.address) >= 1 and \
        len(drive.commands(MODE_SENSE_10)) == 1 and \
        not os.path.exists(f"/sys/class/modepages/{drive.address}")


def test_drive_of_another_host_comes_and_goes(hung):
    with drives.scsi_debug() as address:
        path = f"/sys/class/modepages/{address}"
        wait_until(lambda: os.path.exists(f"{path}/modepages/0a"),
                   "the other is there")
        assert hangs(hung)
        # What a reader needs of the drive is given back, or its host stays.
        write(f"{path}/max_age_ms", 0)
        assert read(f"{path}/modepages/0a", "rb")
        write(f"/sys/class/scsi_device/{address}/device/delete", 1)
        assert not os.path.exists(path)
        assert hangs(hung)


def test_drive_of_the_same_host_comes_and_goes(hung):
    """As long as there are others, the midlayer does not wait either."""
    with attached("dvd-writer", settle=False) as other:
        assert other.page(0x01) == other.sim.page(0x01)
        assert hangs(hung)
    assert hangs(hung)


def test_hung_drive_can_be_pulled(hung):
    """Its command ends with it; the module does not send another."""
    assert hangs(hung)
    hung.unplug()
    hung.wait_gone()
    assert len(hung.commands(MODE_SENSE_10)) == 1
    assert not os.path.exists(f"/sys/class/modepages/{hung.address}")


def test_unload_waits_for_the_command_and_no_longer(hung):
    assert hangs(hung)
    with subprocess.Popen(["rmmod", "modepages"]) as process:
        # The drives are let go at once, the work is waited for.
        wait_until(lambda: not os.listdir("/sys/class/modepages"),
                   "no drive is shown any more")
        assert process.poll() is None
        assert open_commands(hung.address) >= 1
        hung.unplug()
        assert process.wait(timeout=60) == 0
    assert len(hung.commands(MODE_SENSE_10)) == 1
    load()


def load(*parameters):
    subprocess.run(["modprobe", "modepages", *parameters], check=True)
    wait_until(lambda: all(os.path.exists(d.node) for d in drives.find()),
               "every drive is attached to")
    drives.settle()


def test_passive():
    """The module parameter: nothing is sent to any drive."""
    sim = simulator().add("dvd-writer").wait_attached()
    drives.settle()
    subprocess.run(["rmmod", "modepages"], check=True)
    sim.clear()
    load("passive=1")
    for drive in drives.find():
        assert "passive" in read(f"{drive.sysfs}/quirks").split()
        assert read(f"{drive.sysfs}/supported") == "\n"
        node = os.open(drive.node, os.O_RDWR)
        assert uapi.get(node, 0x2a)[0] != 0
        os.close(node)
    assert sim.commands(MODE_SENSE_10) == []
    subprocess.run(["rmmod", "modepages"], check=True)
    load()
    assert len(sim.commands(MODE_SENSE_10)) == 2
    sim.unplug()
    sim.wait_gone()
