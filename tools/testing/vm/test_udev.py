# SPDX-License-Identifier: MIT
"""
The rules of udev, with a real udevd: what they tell of a drive, and what they do
when a disc is changed.
"""

import contextlib
import os
import subprocess

import pytest

import drives
from attached import attached, simulator
from drives import read, wait_until, write
from simulated import sgio
from test_life import VM_DRIVE
from uevents import Uevents, codes

RULES = "/usr/lib/udev/rules.d/70-modepages.rules"
TRACING = "/sys/kernel/tracing"
PREFIX = "ID_MODEPAGES_"


@pytest.fixture(scope="module", autouse=True)
def udev():
    """One for all of these."""
    with drives.with_udev():
        yield


def properties(path):
    """What udev knows of one of our devices, as far as it is from our rules."""
    device = os.path.realpath(path).removeprefix("/sys")
    lines = subprocess.run(["udevadm", "info", "--query=property",
                            f"--path={device}"], check=True,
                           capture_output=True, text=True).stdout.splitlines()
    found = dict(line.split("=", 1) for line in lines)
    return {name: value for name, value in found.items()
            if name.startswith(PREFIX)}


def expected(path):
    """The same from the files of the moment."""
    found = {}
    with contextlib.suppress(FileNotFoundError):
        for name in os.listdir(f"{path}/capabilities"):
            if "kbps" not in name and "volume_levels" != name and \
                    read(f"{path}/capabilities/{name}") == "1\n":
                found[PREFIX + name.upper()] = "1"
    block = os.listdir(f"{path}/device/block")[0]
    return found | {f"{PREFIX}BLOCK": block}


def test_rules_are_sound():
    subprocess.run(["udevadm", "verify", RULES], check=True)


def test_drives_of_qemu(drive):
    """But for the lock of the tray, which sr sets for each program."""
    lock = {f"{PREFIX}LOCK_STATE": "1"}
    assert properties(drive.sysfs) | lock == expected(drive.sysfs) | lock
    assert f"{PREFIX}CD_R_READ" in properties(drive.sysfs)


@pytest.mark.parametrize("profile", ["dvd-writer", "cd-writer", "changer",
                                     "mmc1-reader", "glucose-meter"])
def test_properties(profile):
    with attached(profile, max_age_ms=None) as drive:
        assert properties(drive.sysfs) == expected(drive.sysfs)


def test_every_flag_has_a_property():
    with attached("dvd-writer") as drive:
        drive.sim.set_page(0x2a, bytes([0x2a, 20]) + b"\xff" * 20)
        drive.write("refresh", 1)
        drives.settle()
        flags = {name for name in os.listdir(f"{drive.sysfs}/capabilities")
                 if drive.file(f"capabilities/{name}") == "1\n"}
        assert len(flags) == 37
        assert set(properties(drive.sysfs)) == \
            {PREFIX + name.upper() for name in flags} | {f"{PREFIX}BLOCK"}


def test_properties_follow_the_page():
    with attached("dvd-writer") as drive:
        page = drive.sim.page(0x2a)
        assert f"{PREFIX}DVD_R_WRITE" in properties(drive.sysfs)
        drive.sim.set_page(0x2a, page[:3] + b"\x00" + page[4:])
        drive.write("refresh", 1)
        drives.settle()
        assert f"{PREFIX}DVD_R_WRITE" not in properties(drive.sysfs)
        assert properties(drive.sysfs) == expected(drive.sysfs)
        drive.sim.remove_page(0x2a)
        drive.write("refresh", 1)
        drives.settle()
        assert set(properties(drive.sysfs)) == {f"{PREFIX}BLOCK"}


def test_disc_is_changed():
    """Then what the drive tells of itself is asked for anew."""
    with attached("dvd-writer", max_age_ms=None) as drive, \
            Uevents() as events:
        changed = drive.sim.page(0x05)[:-1] + b"\x55"
        drive.sim.set_page(0x05, changed)
        drive.sim.set_medium("cd")
        wait_until(lambda: [event for event in events.of(
            drive.sim.address, "change") if "MODEPAGES_CAUSE" in event],
                   "the change is told")
        drives.settle()
        events.quiet()
        event, = [event for event in events.of(drive.sim.address)
                  if "SYNTH_UUID" not in event]
        assert codes(event["MODEPAGES_CHANGED"]) == [0x05]
        assert event["MODEPAGES_CAUSE"] in ("refresh", "unit_attention")
        assert drive.read(0x05) == changed


def test_empty_drive(tmp_path):
    """sr tells once of a drive that is empty that its disc has changed."""
    profile = tmp_path / "empty.profile"
    profile.write_text("[drive]\nlike = dvd-writer\nmedium = none\n")
    with Uevents() as events, Uevents("block") as block, \
            attached(str(profile), max_age_ms=None) as drive:
        name = os.path.basename(drive.sim.block)
        wait_until(lambda: [event for event in block.of(name)
                            if event.get("DISK_MEDIA_CHANGE") == "1"],
                   "sr tells of it")
        drives.settle()
        events.quiet(3)
        seen = [event["ACTION"] for event in events.of(drive.sim.address)
                if "SYNTH_UUID" not in event]
        assert seen == ["add"]


def test_nobody_asks_a_drive_without_end():
    """Neither do our rules set off cdrom_id, nor does it set off them."""
    with attached("dvd-writer", max_age_ms=None) as drive:
        sgio.stop_polling(drive.sim.block)
        drive.sim.set_medium("cd")
        drive.write("refresh", 1)
        drives.settle()
        with Uevents() as events:
            events.quiet(2)
            drive.sim.clear()
            events.quiet(3)
            assert events.seen == []
        assert drive.sim.commands() == []


def test_page_that_never_stays_the_same():
    """An event makes udev ask for nothing that could make the next event."""
    with attached("dvd-writer", max_age_ms=1000) as drive, \
            Uevents() as events:
        sgio.stop_polling(drive.sim.block)
        drives.settle()
        for last in range(256):
            page = drive.sim.page(0x0e)[:-1] + bytes([last])
            drive.sim.on(f"mode-sense page=3f after={last} times=1: "
                         f"page 0e current {page.hex()}")
        drive.sim.clear()
        for _ in range(5):
            drive.page(0x3f)
        events.wait(drive.sim.address, "change", 2)
        events.quiet(2)
        assert len(events.of(drive.sim.address, "change")) <= 5
        assert len(drive.asked()) == 5


@contextlib.contextmanager
def mode_senses_traced():
    """A function that counts those to a host since, by the kernel's own eyes."""
    if not os.path.exists(f"{TRACING}/trace"):
        subprocess.run(["mount", "-t", "tracefs", "tracefs", TRACING],
                       check=True)
    event = f"{TRACING}/events/scsi/scsi_dispatch_cmd_start"
    write(f"{event}/filter", "opcode == 0x5a")
    write(f"{event}/enable", 1)
    with open(f"{TRACING}/trace", "w", encoding="ascii"):
        pass
    try:
        yield lambda host: sum(f"host_no={host} " in line for line in
                               read(f"{TRACING}/trace").splitlines())
    finally:
        write(f"{event}/enable", 0)


def media_changes(block, drive):
    return len([event for event in block.of(os.path.basename(drive.block))
                if event.get("DISK_MEDIA_CHANGE") == "1"])


@pytest.mark.parametrize("kind, monitor", [("ata", "ata"), ("virtio", "scsi")])
def test_disc_of_qemu_is_changed(kind, monitor):
    """
    By a word to the monitor: our rule has the drive asked, and nothing changed.
    Not that of the USB drive: once it has been pulled, QEMU changes it no more.
    """
    drive = drives.of_kind(kind)
    # As often as the kernel does where no other test has told it not to.
    write(f"/sys/block/{os.path.basename(drive.block)}/events_poll_msecs", -1)
    drives.settle()
    with mode_senses_traced() as count, Uevents("block") as block, \
            Uevents() as events:
        host = drive.address.split(":", maxsplit=1)[0]
        before = count(host)
        subprocess.run([VM_DRIVE, "eject", monitor], check=True)
        subprocess.run([VM_DRIVE, "insert", monitor], check=True)
        wait_until(lambda: media_changes(block, drive), "sr tells of it")
        wait_until(lambda: count(host) > before, "it is asked")
        drives.settle()
        events.quiet()
        assert {event["ACTION"] for event in events.of(drive.address)} <= \
            {"change"}
    with open(drive.block, "rb") as disc:
        assert len(disc.read(2048)) == 2048


def fields(text):
    """The events that "udevadm monitor --property" has printed."""
    for paragraph in text.split("\n\n"):
        yield dict(line.split("=", 1) for line in paragraph.splitlines()
                   if "=" in line and not line.startswith("UDEV"))


def test_fifty_drives_at_once(tmp_path):
    """The "add" of each is complete when udev hands it on."""
    log = tmp_path / "monitor"
    with open(log, "w", encoding="ascii") as output, subprocess.Popen(
            ["udevadm", "monitor", "--udev", "--property",
             "--subsystem-match=modepages"], stdout=output) as monitor:
        wait_until(lambda: "UDEV" in log.read_text(), "it listens")
        found = simulator().add_all(*["dvd-writer"] * (10 if drives.slow()
                                                       else 50))
        paths = {sim: f"/sys/class/modepages/{sim.address}" for sim in found}
        wait_until(lambda: all(map(os.path.exists, paths.values())),
                   "all are there", seconds=300)
        wait_until(lambda: all(f"/{sim.address}\n" in log.read_text()
                               for sim in found), "all are told of")
        drives.settle()
        monitor.terminate()
    added = {event["DEVPATH"].rsplit("/", 1)[1]: event
             for event in fields(log.read_text())
             if event.get("ACTION") == "add"}
    for sim, path in paths.items():
        event = added[sim.address]
        assert event["MODEPAGES_SUPPORTED"] == read(f"{path}/supported").strip()
        told = {name: value for name, value in event.items()
                if name.startswith(PREFIX)}
        known = expected(path)
        # Where sr is later, its own event brings that.
        assert told in (known, {name: known[name] for name in known
                                if name != f"{PREFIX}BLOCK"})
        assert properties(path) == known
        sim.unplug()
    for sim in found:
        sim.wait_gone()
