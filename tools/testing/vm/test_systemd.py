# SPDX-License-Identifier: MIT
"""
The example of a udev rule that starts a unit, in a machine that systemd has booted.
"""

import os
import shutil
import subprocess

import pytest

import drives
from attached import attached
from drives import read, wait_until
from examples import (DIRECTORY, plugged, sr_comes_first, sr_comes_second,
                      used)

TEMPLATE = "modepages-example@.service"
# Byte 3 of page 2Ah: what the drive can write.
DVD_R, DVD_RAM, NOTHING = b"\x10", b"\x20", b"\0"


@pytest.fixture(scope="module", autouse=True)
def unit():
    """The template and its rule are where they belong."""
    path = f"/etc/systemd/system/{TEMPLATE}"
    shutil.copy(f"{DIRECTORY}/{TEMPLATE}", path)
    subprocess.run(["systemctl", "daemon-reload"], check=True)
    with used("72-modepages-unit.rules"):
        yield
    os.unlink(path)
    subprocess.run(["systemctl", "daemon-reload"], check=True)


def instance(drive):
    return TEMPLATE.replace("@", f"@{os.path.basename(drive.block)}")


def prop(name, what):
    return subprocess.run(["systemctl", "show", "--value", "--property", what,
                           name], check=True, capture_output=True,
                          text=True).stdout.strip()


def instances():
    """All that systemd knows of, in whatever state."""
    text = subprocess.run(["systemctl", "list-units", "--all", "--plain",
                           "--no-legend", TEMPLATE.replace("@", "@*")],
                          check=True, capture_output=True, text=True).stdout
    return [line.split()[0] for line in text.splitlines()]


def wait_for(name, state):
    wait_until(lambda: prop(name, "ActiveState") == state,
               f"{name} is {state}")


def printed(name):
    """By the run of now."""
    run = prop(name, "InvocationID")
    return subprocess.run(["journalctl", "--quiet", "--output=cat",
                           f"_SYSTEMD_INVOCATION_ID={run}"], check=True,
                          capture_output=True, text=True).stdout


def test_systemd_is_the_first_process():
    assert read("/proc/1/comm") == "systemd\n"


def test_unit_is_sound():
    done = subprocess.run(["systemd-analyze", "verify",
                           f"/etc/systemd/system/{TEMPLATE}"],
                          capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize("how", [sr_comes_first, sr_comes_second])
def test_unit_comes_and_goes_with_a_writer(how):
    with plugged(how, "dvd-writer") as drive:
        name = instance(drive)
        wait_for(name, "active")
        assert instances() == [name]
        _, shown, _ = drives.modepages("show", drive.block, "2a")
        wait_until(lambda: shown.decode() in printed(name), "it has printed")
    wait_for(name, "inactive")


def test_no_unit_for_a_reader():
    with attached("dvd-reader"), attached("dvd-writer") as writer:
        wait_for(instance(writer.sim), "active")
        assert instances() == [instance(writer.sim)]


def test_unit_stays_without_a_disc():
    """Though systemd takes the block device for gone, then."""
    with attached("dvd-writer") as drive:
        block = f"dev-{os.path.basename(drive.sim.block)}.device"
        name = instance(drive.sim)
        wait_for(name, "active")
        run = prop(name, "InvocationID")
        drive.sim.set_medium("none")
        wait_for(block, "inactive")
        drive.sim.set_medium("dvd")
        wait_for(block, "active")
        drives.settle()
        assert prop(name, "InvocationID") == run
        assert prop(name, "ActiveState") == "active"


def test_unit_goes_with_the_last_capability():
    with attached("dvd-writer") as drive:
        name = instance(drive.sim)
        wait_for(name, "active")
        run = prop(name, "InvocationID")
        page = drive.sim.page(0x2a)
        # Twice: who was stopped too early has been started again by then.
        for write in (DVD_R, DVD_RAM, DVD_R, DVD_RAM):
            drive.sim.set_page(0x2a, page[:3] + write + page[4:])
            drive.write("refresh", 1)
            drives.settle()
            assert prop(name, "ActiveState") == "active"
            assert prop(name, "InvocationID") == run
        drive.sim.set_page(0x2a, page[:3] + NOTHING + page[4:])
        drive.write("refresh", 1)
        wait_for(name, "inactive")
