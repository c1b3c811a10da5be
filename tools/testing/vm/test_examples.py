# SPDX-License-Identifier: MIT
"""
Examples of udev rules: with drives that can do what they are about, and with some
that can't. The one that starts a unit is in test_systemd.py.
"""

import os
import subprocess

import pytest

import drives
from attached import attached, simulator
from drives import wait_until
from examples import (DIRECTORY, plugged, sr_comes_first, sr_comes_second,
                      used, wait_for_node)

EXAMPLES = ["log", "names", "ripper", "unit"]
NAMES = "/dev/modepages/by-capability"


@pytest.mark.parametrize("name", EXAMPLES)
def test_rules_are_sound(name):
    subprocess.run(["udevadm", "verify",
                    f"{DIRECTORY}/72-modepages-{name}.rules"], check=True)


def test_all_examples_are_known_here():
    """So that each has a test."""
    assert sorted(os.listdir(DIRECTORY)) == \
        [f"72-modepages-{name}.rules" for name in EXAMPLES] + \
        ["modepages-example@.service"]


# Access for a group.

@pytest.fixture(scope="module")
def ripper():
    subprocess.run(["groupadd", "--system", "ripper"], check=True)
    with used("72-modepages-ripper.rules"):
        yield
    subprocess.run(["groupdel", "ripper"], check=True)


TRY = """for path; do
    test -r "$path" && printf r
    test -w "$path" && printf w
    echo
done"""


def access(group, *paths):
    """What somebody of no other group may do: a string of "r" and "w" for each."""
    somebody = ["setpriv", "--reuid=nobody", f"--regid={group}",
                "--clear-groups", "--"]
    return tuple(subprocess.run(
        [*somebody, "sh", "-c", TRY, "sh", *paths], check=True,
        capture_output=True, text=True).stdout.splitlines())


def accesses(drive):
    nodes = f"/dev/modepages/{drive.address}", drive.block
    return {group: access(group, *nodes)
            for group in ("ripper", "cdrom", "nogroup")}


GRANTED = {"ripper": ("rw", "r"), "cdrom": ("rw", "rw"), "nogroup": ("", "")}
AS_EVER = GRANTED | {"ripper": ("", "")}


@pytest.mark.usefixtures("ripper")
@pytest.mark.parametrize("how", [sr_comes_first, sr_comes_second])
@pytest.mark.parametrize("profile", ["dvd-writer", "mmc1-reader"])
def test_access(how, profile):
    """Only one of these has C2 pointers."""
    with plugged(how, profile) as drive:
        assert accesses(drive) == (GRANTED if profile == "dvd-writer"
                                   else AS_EVER)


@pytest.mark.usefixtures("ripper")
def test_access_of_drives_that_come_at_once():
    """However the events of their devices come to lie."""
    found = simulator().add_all(*["dvd-writer", "mmc1-reader"] * 3)
    for number, drive in enumerate(found):
        wait_for_node(drive)
        assert accesses(drive) == [GRANTED, AS_EVER][number % 2]
        drive.unplug()
        drive.wait_gone()


@pytest.mark.usefixtures("ripper")
def test_access_before_udev_is_through_with_the_block_device():
    """It is still as the kernel made it, when our event comes."""
    with attached("dvd-writer") as drive:
        for command in (["setfacl", "--remove-all"], ["chown", "root:root"],
                        ["chmod", "600"]):
            subprocess.run([*command, drive.sim.block], check=True)
        for path in (drive.sysfs, drive.sim.block):
            subprocess.run(["udevadm", "trigger", "--settle", "--action=add",
                            path], check=True)
        assert accesses(drive.sim) == GRANTED


@pytest.mark.usefixtures("ripper")
def test_access_is_kept_with_another_disc():
    with attached("dvd-writer") as drive:
        drive.sim.set_medium("cd")
        subprocess.run(["udevadm", "trigger", "--settle", drive.sim.block],
                       check=True)
        assert accesses(drive.sim) == GRANTED


# The log.

def logged():
    return subprocess.run(["journalctl", "--quiet", "--output=cat",
                           "--identifier=modepages"], check=True,
                          capture_output=True, text=True).stdout.splitlines()


def change(drive, *codes):
    for code in codes:
        page = drive.sim.page(code)
        drive.sim.set_page(code, page[:-1] + bytes([page[-1] ^ 0xff]))


def test_changes_of_page_01_are_logged():
    with attached("dvd-writer") as drive, used("72-modepages-log.rules"):
        what = f"page 01 of {drive.sim.address} " \
            f"({os.path.basename(drive.sim.block)}, DVDRAM GSA-4163B) " \
            "has changed: "
        expected = logged()
        for cause, codes in [("refresh", [0x0e, 0x1a]), ("refresh", [0x01]),
                             ("unit_attention", [0x01, 0x1a]),
                             ("refresh", [0x0d])]:
            change(drive, *codes)
            if cause == "refresh":
                drive.write("refresh", 1)
            else:
                drive.sim.on("mode-sense times=1: sense 6/2a/01")
                drive.page(0x0e)
                drive.looked_at_anew()
            drives.settle()
            if 0x01 in codes:
                expected.append(
                    f"{what}{cause}, generation {drive.generation()}")
                wait_until(lambda: len(logged()) >= len(expected),
                           "it is logged")
        drive.write("uevent", "change")
        drives.settle()
        assert logged() == expected


# Names.

@pytest.fixture
def lesser_writer(tmp_path):
    """A profile: it writes DVD-R, and no DVD-RAM."""
    path = tmp_path / "lesser.profile"
    path.write_text("[drive]\nlike = dvd-writer\n"
                    "[current]\n2a = 2a 0e 3f 17 f1 77 29 23 1b 90 01 00 "
                    "08 00 1b 90\n")
    return str(path)


def named():
    """What each name of ours leads to."""
    try:
        return {name: os.path.realpath(f"{NAMES}/{name}")
                for name in os.listdir(NAMES)}
    except FileNotFoundError:
        return {}


def both(drive):
    return {"dvd-writer": drive.node, "dvd-ram-writer": drive.node}


def test_names(lesser_writer):  # pylint: disable=redefined-outer-name
    with used("72-modepages-names.rules"):
        with attached("dvd-reader"):
            assert named() == {}
            with attached(lesser_writer) as lesser:
                assert named() == {"dvd-writer": lesser.node}
                with attached("dvd-writer") as better:
                    assert named() == both(better)
                drives.settle()
                assert named() == {"dvd-writer": lesser.node}
        drives.settle()
        assert named() == {}


def test_name_stays_with_the_better_one(lesser_writer):  # pylint: disable=redefined-outer-name
    with used("72-modepages-names.rules"):
        with attached("dvd-writer") as better, attached(lesser_writer):
            assert named() == both(better)
        drives.settle()


def test_name_goes_with_the_capability():
    with used("72-modepages-names.rules"), attached("dvd-writer") as drive:
        page = drive.sim.page(0x2a)
        drive.sim.set_page(0x2a, page[:3] + b"\0" + page[4:])
        drive.write("refresh", 1)
        drives.settle()
        assert named() == {}
