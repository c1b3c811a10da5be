# SPDX-License-Identifier: MIT
"""The module goes and comes back; a drive is pulled out under an open file."""

import errno
import os
import subprocess

import pytest

import drives
import uapi
from drives import modepages, read, wait_until
from users import Users, delete_and_find_again, reads_all, reads_fresh

VM_DRIVE = os.path.join(os.path.dirname(__file__),
                        "../../../scripts/vm-drive")


def loaded():
    return "modepages" in [line.split()[0] for line in
                           read("/proc/modules").splitlines()]


def unload():
    return subprocess.run(["rmmod", "modepages"], capture_output=True)


def load():
    subprocess.run(["modprobe", "modepages"], check=True)
    wait_until(lambda: all(os.path.exists(d.node) for d in drives.find()),
               "every drive is attached")
    drives.settle()


@pytest.fixture
def unloaded():
    assert unload().returncode == 0
    yield
    load()


def test_unload_while_a_node_is_open(drive, node):
    assert unload().returncode != 0
    assert uapi.get(node, 0x2a)[0] == 0


def test_unload_leaves_nothing(unloaded):
    assert not loaded()
    assert not os.path.exists("/sys/class/modepages")
    assert not os.path.exists("/dev/modepages/" + drives.find()[0].address)
    assert "modepages" not in read("/proc/devices")


def test_unload_and_load_ten_times():
    before = {d.address: read(f"{d.sysfs}/supported") for d in drives.find()}
    for _ in range(10):
        assert unload().returncode == 0
        load()
    after = {d.address: read(f"{d.sysfs}/supported") for d in drives.find()}
    assert before == after


def test_unload_during_discovery():
    """Nothing waits for the drives to have been asked."""
    for _ in range(5):
        assert unload().returncode == 0
        subprocess.run(["modprobe", "modepages"], check=True)
    assert unload().returncode == 0
    load()


def test_command_without_the_module(drive, unloaded):
    """The same pages by SG_IO."""
    for code, expected in drives.raw_pages(drive, 0).items():
        status, out, errors = modepages("show", drive.block, f"{code:02x}",
                                        "--raw")
        assert (status, errors) == (0, [])
        assert drives.comparable(drive, code, out) == \
            drives.comparable(drive, code, expected)
    status, out, errors = modepages("show", drive.block, "3e", "--raw")
    assert (status, out, len(errors)) == (1, b"", 1)


def pull(drive):
    subprocess.run([VM_DRIVE, "unplug"], check=True)
    wait_until(lambda: not os.path.exists(drive.sysfs), "the drive is gone")
    drives.settle()


def plug():
    subprocess.run([VM_DRIVE, "plug"], check=True)
    wait_until(lambda: any(d.kind == "usb" and os.path.exists(d.sysfs)
                           for d in found_with_block()), "the drive is back")
    drives.settle()


def found_with_block():
    try:
        return drives.find()
    except (FileNotFoundError, IndexError):
        return []


def test_pull_the_drive_under_open_files():
    drive = drives.of_kind("usb")
    node = os.open(drive.node, os.O_RDWR)
    page = os.open(drive.page_file(0x2a), os.O_RDONLY)
    assert uapi.get(node, 0x2a)[0] == 0
    assert os.pread(page, 4096, 0)

    pull(drive)

    error, result = uapi.info(node)
    assert (error, result.status.code) == (errno.ENODEV, uapi.NO_DEVICE)
    error, result, _ = uapi.entries(node)
    assert (error, result.status.code) == (errno.ENODEV, uapi.NO_DEVICE)
    error, result, data = uapi.get(node, 0x2a)
    assert (error, result.status.code) == (errno.ENODEV, uapi.NO_DEVICE)
    assert set(data) == {0xa5}
    assert uapi.get(node, 0x2a, flags=uapi.CACHED)[0] == errno.ENODEV
    with pytest.raises(OSError) as failure:
        os.pread(page, 4096, 0)
    assert failure.value.errno == errno.ENODEV
    assert not os.path.exists(drive.node)
    os.close(page)

    plug()
    again = drives.of_kind("usb")
    fresh = os.open(again.node, os.O_RDWR)
    assert uapi.get(fresh, 0x2a)[0] == 0
    assert uapi.get(node, 0x2a)[0] == errno.ENODEV
    os.close(fresh)
    os.close(node)


def readers(drive, **options):
    """Who are in the middle of reading most of the time."""
    return Users(reads_fresh(drive.address, 0x2a), reads_all(drive.address),
                 **options)


def test_pull_and_plug_with_readers():
    """
    Readers that come all the time end with ENODEV or a page, or EIO of a command
    that the USB could not bring to its end; they never hang.
    """
    for _ in range(3):
        drive = drives.of_kind("usb")
        with readers(drive, also={errno.EIO}) as users:
            users.wait_at_work()
            pull(drive)
            plug()


def test_delete_and_rescan():
    """The same address is free for the next one at once, in spite of readers."""
    drive = drives.of_kind("virtio")
    with readers(drive) as users:
        for _ in range(5):
            users.wait_at_work()
            delete_and_find_again(drive)
        users.wait_at_work()
    drives.settle()
    assert modepages("show", drive.address, "2a", "--raw")[0] == 0
