# SPDX-License-Identifier: MIT
"""The examples of udev rules, used as somebody does who has read the manual."""

import contextlib
import os
import shutil
import subprocess

import drives
from attached import simulator

DIRECTORY = "/usr/share/doc/modepages/examples"


@contextlib.contextmanager
def used(name):
    """The rules of a file are in force."""
    path = f"/etc/udev/rules.d/{name}"
    os.makedirs(os.path.dirname(path), exist_ok=True)
    shutil.copy(f"{DIRECTORY}/{name}", path)
    reload_rules()
    try:
        yield
    finally:
        drives.settle()
        os.unlink(path)
        reload_rules()


def reload_rules():
    subprocess.run(["udevadm", "control", "--reload"], check=True)


def sr_comes_second(profile):
    """A drive that udev gets to know as ours before it is a block device."""
    autoprobe = "/sys/bus/scsi/drivers_autoprobe"
    drives.write(autoprobe, 0)
    simulator().attach = False
    try:
        drive = simulator().add(profile)
        wait_for_node(drive)
    finally:
        simulator().attach = True
        drives.write(autoprobe, 1)
    assert drive.block is None
    drives.write("/sys/bus/scsi/drivers/sr/bind", drive.address)
    drive.wait_attached()
    drives.settle()
    return drive


def sr_comes_first(profile):
    """And the other way round; udev is not to load the module."""
    # Not in /run: udev looks for news only in directories that it has seen.
    blacklist = "/etc/modprobe.d/modepages.conf"
    with open(blacklist, "w", encoding="ascii") as file:
        file.write("blacklist modepages\n")
    reload_rules()
    subprocess.run(["modprobe", "-r", "modepages"], check=True)
    try:
        drive = simulator().add(profile)
        drives.settle()
        assert not os.path.exists("/sys/module/modepages")
    finally:
        os.unlink(blacklist)
        reload_rules()
        subprocess.run(["modprobe", "modepages"], check=True)
    wait_for_node(drive)
    return drive


def wait_for_node(drive):
    drives.wait_until(
        lambda: os.path.exists(f"/dev/modepages/{drive.address}"),
        f"{drive.address} is attached to")
    drives.settle()


@contextlib.contextmanager
def plugged(how, profile):
    drive = how(profile)
    try:
        yield drive
    finally:
        drive.unplug()
        drive.wait_gone()
