# SPDX-License-Identifier: MIT
# flake8: noqa: F811
"""
The simulated drives against others: QEMU's and Linux's own simulations give the
same bytes and the same sense data for the same commands, and sg_modes and
sdparm can read what the simulated drives send.
"""

import glob
import os
import re
import subprocess

import pytest

import drives
from drives import wait_until
from simulated import (TEST_UNIT_READY, plugged, profile,  # noqa: F401
                       sgio, sim, udev_paused)

SCSI_DEBUG = ["scsi_debug", "ptype=5", "dev_size_mb=8", "max_luns=1"]
SCSI_DEBUG_BLOCK = "/sys/bus/pseudo/drivers/scsi_debug/adapter0" \
    "/host*/target*/*:*/block/*"
SANE = [name for name in profile.names()
        if not name.startswith("broken-") and name != "glucose-meter"]
ALLOW_REMOVAL = bytes([0x1e, 0, 0, 0, 0, 0])

# What sdparm has a table for, of the pages of optical drives.
SDPARM_PAGES = {0x01, 0x05, 0x1a, 0x1c, 0x1d, 0x2a}

# What the two can't agree on. (original, CDB bytes 0, 2, 3): reason.
KNOWN_DIFFERENCES = {
    ("scsi-debug", 0x5a, 0x19, 0x01): "has the number of the SCSI host in it",
    ("scsi-debug", 0x5a, 0x19, 0xff): "has the number of the SCSI host in it",
    ("scsi-debug", 0x5a, 0x3f, 0xff): "has the number of the SCSI host in it",
}


@pytest.fixture
def qemu_device():
    return drives.of_kind("virtio").block


@pytest.fixture
def scsi_debug_device():
    subprocess.run(["modprobe", *SCSI_DEBUG], check=True)
    wait_until(lambda: glob.glob(SCSI_DEBUG_BLOCK), "scsi_debug has a drive")
    drives.settle()
    yield "/dev/" + os.path.basename(glob.glob(SCSI_DEBUG_BLOCK)[0])
    wait_until(lambda: subprocess.run(
        ["rmmod", "scsi_debug"], capture_output=True,
        check=False).returncode == 0, "scsi_debug can be removed")


# The commands for a comparison: (CDB, parameter list).

def sense10(page, control=0, length=512, dbd=1, subpage=0):
    return bytes([0x5a, dbd << 3, control << 6 | page, subpage, 0, 0, 0,
                  *divmod(length, 256), 0]), b""


def sense6(page, control=0, length=252, dbd=1, subpage=0):
    return bytes([0x1a, dbd << 3, control << 6 | page, subpage, length, 0]), b""


def select10(pages, header=bytes(8), flags=0x10):
    data = header + bytes.fromhex(pages)
    return bytes([0x55, flags, 0, 0, 0, 0, 0, *divmod(len(data), 256), 0]), data


def select6(pages, header=bytes(4), flags=0x10):
    data = header + bytes.fromhex(pages)
    return bytes([0x15, flags, 0, 0, len(data), 0]), data


def readings(pages, subpages):
    """Everything that can be asked, thinned out where it would repeat."""
    for page in range(0x40):
        yield sense10(page)
    for control in range(4):
        for page in pages:
            yield sense10(page, control)
            yield sense10(page, control, dbd=0)
            yield sense6(page, control, dbd=0)
        for page, subpage in subpages:
            yield sense10(page, control, subpage=subpage)
    for page in pages[1], 0x3f:
        for length in (0, 1, 2, 4, 7, 8, 9, 11, 12, 20, 28, 30, 255, 4096):
            yield sense10(page, length=length)
        for length in (0, 1, 3, 4, 5, 16, 255):
            yield sense6(page, length=length)


DESCRIPTOR = bytes(7) + b"\x08" + bytes(6) + b"\x08\0"
QEMU_SELECTS = [
    select10("08 12 00" + "00" * 17), sense10(0x08), sense10(0x08, 2),
    select6("08 12 04" + "00" * 17), sense10(0x08),
    # A change of 01h is accepted and forgotten; PS and data length are ignored.
    select10("01 0a 00 20" + "00" * 8), sense10(0x01),
    select10("81 0a 80 20" + "00" * 8), sense10(0x01),
    select10("08 12 04" + "00" * 17, b"\x01\x02" + bytes(6)),
    select10("08 12 04" + "00" * 17, DESCRIPTOR),
    select10("01 0a 80 20" + "00" * 8 + "08 12 00" + "00" * 17), sense10(0x08),
    select10("08 12 04" + "00" * 17),
    # Not changeable, no such page, wrong lengths, wrong bits in the CDB.
    select10("01 0a 81 20" + "00" * 8), select10("01 0a 80 21" + "00" * 8),
    select10("08 12 00" + "00" * 17 + "01 0a 81 20" + "00" * 8), sense10(0x08),
    select10("05 02 00 00"), select10("3f 02 00 00"), select10("01 02 80 20"),
    select10("01 0a 80 20"), select10("01"), select10("", bytes(8)),
    select10("", bytes(4)), select6("", bytes(2)), select10("", b""),
    select10("08 12 00" + "00" * 17, flags=0x11),
    select10("08 12 00" + "00" * 17, flags=0x00),
    select10("08 12 04" + "00" * 17, bytes(7) + b"\x04" + bytes(4)),
    sense10(0x3f), sense10(0x3f, 1), sense10(0x3f, 2),
]
CONTROL = "0a 0a {:02x} 00 00 80 00 00 00 00 02 4b"
SCSI_DEBUG_SELECTS = [
    # After each change the next command gets a unit attention.
    select10("1c 0a 0c 03" + "00" * 8), sense10(0x1c), sense10(0x1c),
    sense10(0x1c, 1), sense10(0x1c, 2), sense10(0x3f),
    select6("1c 0a 08 00" + "00" * 8), sense10(0x1c), sense10(0x1c),
    select10(CONTROL.format(0x00)), (TEST_UNIT_READY, b""), sense10(0x0a),
    # With the bit D_SENSE, refusals come in the descriptor format.
    select10(CONTROL.format(0x04)), sense10(0x0a), sense10(0x0a),
    sense10(0x2a), sense10(0x01, 3), sense10(0x01, subpage=3),
    select10("01 0a 00 00" + "00" * 8),
    select10(CONTROL.format(0x02)), sense10(0x0a), sense10(0x2a),
    # The descriptor is skipped, the second page is not looked at.
    select10("1c 0a 08" + "00" * 9, DESCRIPTOR), (TEST_UNIT_READY, b""),
    select10("1c 0a 08" + "00" * 9 + "2a 02 00 00"), (TEST_UNIT_READY, b""),
    # Refusals.
    select10("01 0a c0 0b f0 00 00 00 05 00 ff ff"),
    select10("2a 02 00 00"), select10("9c 0a 08" + "00" * 9),
    select10("1c 08 08" + "00" * 7), select10("1c 0c 08" + "00" * 11),
    select10("1c 0a 08" + "00" * 3), select6("1c 0a 08" + "00" * 3),
    select10("1c 0a 08" + "00" * 9, b"\x00\x14" + bytes(6)),
    select6("1c 0a 08" + "00" * 9, b"\x14\x00\x00\x00"),
    select10("1c 0a 08" + "00" * 9, flags=0x11),
    select6("1c 0a 08" + "00" * 9, flags=0x01),
    select10("1c 0a 08" + "00" * 9, flags=0x00),
    select10(""), select6(""), select10("", bytes(4)), select10("", b""),
    sense10(0x3f), sense10(0x3f, 1), sense10(0x3f, 2),
]
ORIGINALS = {
    "qemu-scsi-cd": (
        [0x00, 0x01, 0x08, 0x0e, 0x2a, 0x3f], [(0x01, 1), (0x3f, 0xff)],
        QEMU_SELECTS),
    "scsi-debug": (
        [0x00, 0x01, 0x0a, 0x1c, 0x2a, 0x3f],
        [(0x01, 0xff), (0x01, 1), (0x0a, 5), (0x0a, 0xff), (0x0a, 1),
         (0x19, 1), (0x19, 2), (0x19, 3), (0x19, 0xff), (0x1c, 0xff),
         (0x2a, 1), (0x3f, 1), (0x3f, 0xff)],
        SCSI_DEBUG_SELECTS),
}


def conversation(path, commands):
    """What a device says, as lines that can be compared."""
    sgio.stop_polling(path)
    with udev_paused(), sgio.Device(path) as device:
        device.execute(TEST_UNIT_READY)
        device.execute(ALLOW_REMOVAL)
        for cdb, data in commands:
            room = 0 if data else 8192
            result = device.execute(cdb, room, data)
            text = f"{result.status:02x} {result.sense.hex()}"
            yield f"{cdb.hex()} {data.hex()}: {text} " \
                f"{result.data.rstrip(bytes(1)).hex()}"


def compare(sim, name, path):
    pages, subpages, selects = ORIGINALS[name]
    commands = [
        (cdb, data) for cdb, data in [*readings(pages, subpages), *selects]
        if (name, cdb[0], cdb[2] & 0x3f, cdb[3]) not in KNOWN_DIFFERENCES]
    original = list(conversation(path, commands))
    drive, = plugged(sim, name)
    simulated = list(conversation(drive.block, commands))
    drive.unplug()
    differences = [f"{one}\n  simulated: {other.split(':')[1]}"
                   for one, other in zip(original, simulated) if one != other]
    assert len(original) == len(simulated) > 200, len(original)
    if differences:
        pytest.fail("\n".join(differences[:20]), pytrace=False)


def test_same_as_qemu(sim, qemu_device):
    compare(sim, "qemu-scsi-cd", qemu_device)


def test_same_as_scsi_debug(sim, scsi_debug_device):
    compare(sim, "scsi-debug", scsi_debug_device)


def test_sends_as_many_bytes_as_scsi_debug(sim, scsi_debug_device):
    """QEMU does not tell how many bytes it sent; scsi_debug does."""
    drive, = plugged(sim, "scsi-debug")
    commands = [sense10(page, length=length) for page in (0x00, 0x1c, 0x3f)
                for length in range(0, 80, 3)]
    sizes = []
    with sgio.Device(scsi_debug_device) as device:
        for cdb, _ in commands:
            sizes.append(512 - device.execute(cdb, 512).residue)
    with sgio.Device(drive.block) as device:
        for cdb, _ in commands:
            device.execute(cdb, 512)
    assert [command.size for command in drive.commands("mode-sense")] == sizes
    drive.unplug()


def program(*arguments, statuses=(0,)):
    done = subprocess.run(arguments, capture_output=True, text=True,
                          timeout=120, check=False)
    assert done.returncode in statuses and not done.stderr, \
        (arguments, done.returncode, done.stderr)
    return done.stdout


def pages_of_sg_modes(text):
    """The bytes after each line that begins with >>."""
    for block in text.split(">> ")[1:]:
        rows = re.findall(r"^ [0-9a-f]0 +((?: *[0-9a-f]{2})+) *$", block,
                          re.MULTILINE)
        yield bytes.fromhex("".join(rows))


@pytest.fixture(scope="module")
def sane(sim):
    """All sane drives, by the name of the profile."""
    return dict(zip(SANE, plugged(sim, *SANE)))


@pytest.mark.parametrize("name", SANE)
def test_sg_modes_and_sdparm_read_it(sane, name):
    drive = sane[name]
    form = ["-6"] if name == "scsi2-reader" else []
    pages = {code: drive.page(code) for code in range(0x3f)}
    pages = {code: page for code, page in pages.items() if page}
    # One drive does not know page 3Fh.
    which = [["-p", f"{code}"] for code in pages] if name == "mmc1-reader" \
        else [["-a"]]
    found = []
    for words in which:
        text = program("sg_modes", *words, *form, drive.block)
        found += pages_of_sg_modes(text)
    assert sorted(found) == sorted(pages.values())
    # sdparm ends with 5 when a page control is refused; most refuse "saved".
    for code in sorted(set(pages) & SDPARM_PAGES):
        text = program("sdparm", "-p", f"{code}", *form, drive.block,
                       statuses=(0, 5))
        assert "mode page" in text
