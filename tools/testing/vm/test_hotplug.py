# SPDX-License-Identifier: MIT
"""
Drives come and go, and so do the module and sr, while others use the files and
the node: everybody gets an answer or an error, nobody hangs, nothing is left.
"""

import contextlib
import errno
import itertools
import os
import select
import signal
import subprocess
import time

import pytest

import drives
import uapi
from attached import MODE_SENSE_10, attached, simulator
from drives import read, wait_until, write
from users import (CLASS, Users, delete_and_find_again, everybody, reads_all,
                   stack)


def rounds(number):
    """A kernel that watches itself takes seconds for each, and sees more in it."""
    return range(max(number // 4, 1) if drives.slow() else number)


@contextlib.contextmanager
def opened(drive):
    """Its node; what is left open would keep the module in use."""
    fd = os.open(f"/dev/modepages/{drive.address}", os.O_RDWR)
    try:
        yield fd
    finally:
        os.close(fd)


@pytest.fixture
def drive():
    """A drive that nobody has a node open of."""
    plugged = simulator().add("dvd-reader")
    wait_until(lambda: usable(plugged), "it is attached to")
    yield plugged
    if plugged.plugged:
        plugged.unplug()
    plugged.wait_gone()
    drives.settle()


def attached_to(drive):
    return os.path.exists(f"{CLASS}/{drive.address}")


def usable(drive):
    """The node comes a little later than the files."""
    return os.path.exists(f"/dev/modepages/{drive.address}")


def pull_and_plug(drive):
    """It comes back at the same address."""
    address = drive.address
    drive.unplug()
    drive.wait_gone()
    wait_until(lambda: not attached_to(drive), "it is let go")
    drive.replug()
    assert drive.address == address


def test_a_hundred_times_at_one_address(drive):
    pages = read(f"{CLASS}/{drive.address}/supported")
    for _ in rounds(100):
        with opened(drive) as node:
            pull_and_plug(drive)
            assert uapi.get(node, 0x01)[0] == errno.ENODEV
        wait_until(lambda: usable(drive), "it is attached to")
        assert read(f"{CLASS}/{drive.address}/supported") == pages


def changes(drive):
    """Its page 01 and, longer and shorter, 2Ah; that is found by the others."""
    ability = drive.page(0x2a)
    values = itertools.count()

    def job():
        value = next(values)
        drive.set_page(0x01, drive.page(0x01)[:-1] + bytes([value % 256]))
        size = (16, len(ability))[value // 8 % 2]
        drive.set_page(0x2a, bytes([0x2a, size - 2]) + ability[2:size])
        time.sleep(0.02)
    return job


def test_pulled_under_everybody(drive):
    with everybody(drive.address) as users, Users(changes(drive)):
        for _ in rounds(20):
            users.wait_at_work()
            pull_and_plug(drive)
        users.wait_at_work()


def test_pulled_during_discovery(tmp_path):
    """At any of its commands, with everybody waiting for it to come."""
    profile = tmp_path / "slow.profile"
    profile.write_text("[drive]\nlike = mmc1-reader\n[faults]\n"
                       "1 = on 5a: late 0.05\n")
    drive = simulator().add(str(profile))
    with everybody(drive.address) as users:
        users.wait_at_work()
        for commands in [1 + 3 * i % 10 for i in rounds(20)]:
            drive.clear()
            pull_and_plug(drive)
            wait_until(lambda: len(drive.commands(MODE_SENSE_10)) >= commands,
                       "it is being asked")
        users.wait_at_work()
    drive.unplug()
    drive.wait_gone()


def test_deleted_and_found_again_under_everybody():
    """One of QEMU's, by sysfs."""
    drive = drives.of_kind("virtio")
    with everybody(drive.address) as users:
        for _ in rounds(30):
            users.wait_at_work()
            delete_and_find_again(drive)
        users.wait_at_work()
    drives.settle()


def test_killed_readers():
    """All at once, while the drive takes its time; it is asked no more."""
    with attached("dvd-writer") as drive:
        drives.settle()
        drive.sim.clear()
        drive.sim.on("mode-sense times=1: late 15")
        readers = [subprocess.Popen(["cat", f"{drive.sysfs}/modepages/01"],
                                    stdout=subprocess.DEVNULL)
                   for _ in range(16)]
        wait_until(lambda: all("modepages_" in stack(reader.pid)
                               for reader in readers), "they all wait")
        assert drive.asked()
        for reader in readers:
            reader.kill()
        for reader in readers:
            assert reader.wait(timeout=10) == -signal.SIGKILL
        wait_until(lambda: drive.read(0x01) == drive.sim.page(0x01),
                   "it answers again")
        # That of those who are no more, and ours.
        assert len(drive.asked()) == 2


def unload():
    return subprocess.run(["rmmod", "modepages"],
                          capture_output=True).returncode == 0


def load():
    subprocess.run(["modprobe", "modepages"], check=True)


def all_attached():
    return all(os.path.exists(found.sysfs) for found in drives.find())


def test_ten_reloads_under_readers(drive):
    """Of all drives; and each time there are some when the module comes."""
    addresses = [found.address for found in drives.find()]
    assert drive.address in addresses and len(addresses) >= 4
    with Users(*map(reads_all, addresses)) as users:
        for _ in rounds(10):
            users.wait_at_work()
            wait_until(unload, "the module is gone")
            assert not os.path.exists(CLASS)
            load()
            wait_until(all_attached, "every drive is attached to")
        users.wait_at_work()
    drives.settle()


def test_open_files_of_a_drive_that_is_gone(drive):
    """They answer, are closed, and then the module can go."""
    page = os.open(f"{CLASS}/{drive.address}/modepages/01", os.O_RDONLY)
    with opened(drive) as node:
        drive.unplug()
        wait_until(lambda: not attached_to(drive), "it is let go")
        assert uapi.info(node)[0] == uapi.entries(node)[0] == \
            uapi.get(node, 0x01)[0] == errno.ENODEV
        poller = select.poll()
        poller.register(node, 0)
        assert poller.poll(0) == [(node, select.POLLHUP | select.POLLERR)]
        with pytest.raises(OSError) as failure:
            os.read(page, 4096)
        assert failure.value.errno == errno.ENODEV
        assert not unload()
    # A file in sysfs is the kernel's, not the module's.
    wait_until(unload, "the module is gone")
    os.close(page)
    load()
    wait_until(all_attached, "every drive is attached to")
    drives.settle()


def test_fifty_drives_at_once():
    found = simulator().add_all(*["dvd-reader"] * 50)
    wait_until(lambda: all(map(attached_to, found)), "all are attached to",
               seconds=120)
    expected = read(f"{CLASS}/{found[0].address}/supported")
    assert len(expected.split()) == 6
    for drive in found:
        assert read(f"{CLASS}/{drive.address}/supported") == expected
        assert len(drive.commands(MODE_SENSE_10)) == 2
    drives.settle()
    for drive in found:
        drive.unplug()
    for drive in found:
        drive.wait_gone()
    assert not any(map(attached_to, found))
    drives.settle()


def sr_gone():
    return subprocess.run(["rmmod", "sr_mod"],
                          capture_output=True).returncode == 0


def links():
    with contextlib.suppress(FileNotFoundError):
        return set(os.listdir("/dev/modepages/by-block"))


def test_sr_goes_and_comes(udev, drive):
    """It is beside us, neither needs the other."""
    found = drives.find()
    wait_until(sr_gone, "sr is gone")
    assert not os.path.exists("/sys/block/sr0")
    for other in found:
        with opened(other) as node:
            assert uapi.get(node, 0x2a)[0] == 0
    wait_until(unload, "the module is gone")
    load()
    wait_until(lambda: all(os.path.exists(other.node) for other in found),
               "every drive is attached to, without sr")
    subprocess.run(["modprobe", "sr_mod"], check=True)
    drive.wait_attached()
    # What the event of sr sets off is an event of its own, which comes later.
    wait_until(lambda: links() == {os.path.basename(other.block)
                                   for other in drives.find()},
               "each node has the name of its block device")
