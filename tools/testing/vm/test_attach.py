# SPDX-License-Identifier: MIT
"""How the machine looks after a boot at which nobody named the module."""

import glob
import grp
import os
import stat
import subprocess

import drives
from drives import read


def test_three_kinds_of_drive_are_there():
    assert sorted(d.kind for d in drives.find()) == ["ata", "usb", "virtio"]


def test_module_was_loaded_by_alias():
    """udev loads it for the drives; nothing in the VM names it."""
    assert "modepages" in [line.split()[0] for line in
                           read("/proc/modules").splitlines()]
    release = os.uname().release
    aliases = read(f"/lib/modules/{release}/modules.alias").splitlines()
    ours = [line.split()[1] for line in aliases if line.endswith(" modepages")]
    assert sorted(ours) == ["scsi:t-0x04*", "scsi:t-0x05*"]


def test_every_drive_is_attached_and_nothing_else():
    assert sorted(os.listdir("/sys/class/modepages")) == \
        sorted(d.address for d in drives.find())
    assert sorted(os.listdir("/dev/modepages")) == \
        sorted([d.address for d in drives.find()] + ["by-block"])


def test_device_is_child_of_scsi_device(drive):
    device = os.path.realpath(drive.sysfs)
    parent = os.path.realpath(f"/sys/class/scsi_device/{drive.address}/device")
    assert device == f"{parent}/modepages/{drive.address}"


def test_sr_still_serves_the_drive(drive):
    driver = os.path.realpath(
        f"/sys/class/scsi_device/{drive.address}/device/driver")
    assert os.path.basename(driver) == "sr"
    with open(drive.block, "rb") as disc:
        assert len(disc.read(2048)) == 2048


def test_node_belongs_to_cdrom(drive):
    node = os.stat(drive.node)
    assert stat.S_ISCHR(node.st_mode)
    assert stat.S_IMODE(node.st_mode) & 0o777 == 0o660
    assert (node.st_uid, grp.getgrgid(node.st_gid).gr_name) == (0, "cdrom")


def test_uaccess_tag(drive):
    device = os.path.realpath(drive.sysfs).removeprefix("/sys")
    shown = subprocess.run(["udevadm", "info", "--query=property",
                            f"--path={device}"],
                           check=True, capture_output=True, text=True).stdout
    tags = next(line for line in shown.splitlines()
                if line.startswith("CURRENT_TAGS="))
    assert ":uaccess:" in tags


def test_link_by_block(drive):
    name = os.path.basename(drive.block)
    link = f"/dev/modepages/by-block/{name}"
    assert os.path.realpath(link) == drive.node


def test_no_warning_in_the_log():
    log = subprocess.run(["dmesg", "--level=emerg,alert,crit,err,warn"],
                         check=True, capture_output=True, text=True).stdout
    assert [line for line in log.splitlines() if "modepages" in line and
            "taint" not in line and "signature" not in line] == []


def test_attributes(drive):
    names = {os.path.basename(path) for path in glob.glob(f"{drive.sysfs}/*")}
    assert {"supported", "last_status", "modepages"} <= names
    for path in glob.glob(f"{drive.sysfs}/modepages/*"):
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o444
