# SPDX-License-Identifier: MIT
"""
What a drive can do, by its page 2Ah, as files: one value each, and none for what
the page does not tell.
"""

import errno
import json
import os
import random
import struct
import subprocess

import pytest

import drives
from attached import attached
from drives import read, wait_until
from uevents import Uevents

# Names by byte from 2 on, each from bit 7 to bit 0, as MMC-3 has them.
FLAGS = [
    "- - dvd_ram_read dvd_r_read dvd_rom_read method2 cd_rw_read cd_r_read",
    "- - dvd_ram_write dvd_r_write - test_write cd_rw_write cd_r_write",
    "buffer_underrun_free multi_session mode2_form2 mode2_form1 "
    "digital_port2 digital_port1 composite audio_play",
    "read_bar_code upc isrc c2_pointers rw_deinterleaved_corrected "
    "rw_supported cdda_stream_accurate cdda_commands",
    "- - - - eject prevent_jumper lock_state lock",
    "- - pw_in_lead_in side_change slot_selection disc_present "
    "separate_channel_mute separate_volume",
]
MECHANISMS = ["caddy", "tray", "pop-up", "reserved-3", "changer",
              "cartridge-changer", "reserved-6", "reserved-7"]
NUMBERS = {
    "max_read_speed_kbps": 8, "volume_levels": 10, "buffer_size_kb": 12,
    "current_read_speed_kbps": 14, "max_write_speed_kbps": 18,
    "current_write_speed_kbps": 20,
}
LONG_MS = 600000
SIZES = [16, 20, 22, 26, 32, 48, 68]
COUNTS = {16: 42, 20: 43}


def expected(page):
    """What the files say, worked out from the page another way."""
    found = {}
    for byte, names in enumerate(FLAGS, 2):
        if byte < len(page):
            bits = f"{page[byte]:08b}"
            found |= dict(zip(names.split(), bits))
    found.pop("-", None)
    if len(page) > 6:
        found["loading_mechanism"] = MECHANISMS[page[6] >> 5]
    for name, place in NUMBERS.items():
        if place + 2 <= len(page):
            found[name] = str(struct.unpack_from(">H", page, place)[0])
    return found


def files(path):
    try:
        names = os.listdir(f"{path}/capabilities")
    except FileNotFoundError:
        return {}
    return {name: read(f"{path}/capabilities/{name}") for name in names}


def shown(path):
    """Each on a line of its own."""
    found = files(path)
    assert all(text.endswith("\n") for text in found.values())
    return {name: text[:-1] for name, text in found.items()}


@pytest.fixture(scope="module")
def shared():
    with attached("dvd-writer") as drive:
        yield drive


@pytest.fixture
def drive(shared):
    shared.sim.reset()
    shared.write("refresh", 1)
    return shared


def test_drives_of_qemu(drive):  # pylint: disable=redefined-outer-name
    for found in drives.find():
        page = read(found.page_file(0x2a), "rb")
        assert shown(found.sysfs) == expected(page)
    assert len(shown(drive.sysfs)) == 44


@pytest.mark.parametrize("size", [16, 20, 22, 26, 48, 68])
def test_size_of_the_page(size):
    with attached(f"broken-2a-{size}") as drive:
        assert len(drive.read(0x2a)) == size
        found = shown(drive.sysfs)
        assert found == expected(drive.sim.page(0x2a))
        assert len(found) == COUNTS.get(size, 44)


@pytest.mark.parametrize("profile", ["cd-writer", "bd-writer", "changer",
                                     "mmc1-reader", "worm"])
def test_profile(profile):
    with attached(profile) as drive:
        assert shown(drive.sysfs) == expected(drive.sim.page(0x2a) or b"")


def test_values(drive):
    """Whatever is in the page, of whatever size."""
    generator = random.Random(1)
    drive.write("max_age_ms", 0)
    for size in SIZES * 3 + [14, 8, 7, 6, 3]:
        page = bytes([0x2a, size - 2]) + generator.randbytes(size - 2)
        drive.sim.set_page(0x2a, page)
        drive.write("refresh", 1)
        assert shown(drive.sysfs) == expected(page)


def test_values_are_as_young_as_those_of_pages(drive):
    page = bytearray(drive.sim.page(0x2a))
    drive.write("max_age_ms", LONG_MS)
    struct.pack_into(">H", page, 14, 4711)
    drive.sim.set_page(0x2a, page)
    drive.sim.clear()
    for _ in range(3):
        assert len(shown(drive.sysfs)) == 44
        assert drive.asked() == []
    drive.write("max_age_ms", 0)
    assert drive.file("capabilities/current_read_speed_kbps") == "4711\n"
    assert len(drive.asked()) == 1


def test_page_goes_and_comes(drive):
    page = drive.sim.page(0x2a)
    open_file = os.open(f"{drive.sysfs}/capabilities/upc", os.O_RDONLY)
    drive.sim.remove_page(0x2a)
    drive.write("refresh", 1)
    assert not os.path.exists(f"{drive.sysfs}/capabilities")
    with pytest.raises(OSError) as failure:
        os.read(open_file, 16)
    assert failure.value.errno == errno.ENODEV
    os.close(open_file)
    drive.sim.set_page(0x2a, page)
    drive.write("refresh", 1)
    assert shown(drive.sysfs) == expected(page)


def test_page_gets_shorter_while_nobody_looks(drive):
    """What is not there any more is no 0; then its file goes."""
    page = drive.sim.page(0x2a)
    path = f"{drive.sysfs}/capabilities/max_write_speed_kbps"
    drive.sim.set_page(0x2a, bytes([0x2a, 14]) + page[2:16])
    drive.write("max_age_ms", 0)
    with pytest.raises(OSError) as failure:
        read(path)
    assert failure.value.errno == errno.ENODATA
    wait_until(lambda: len(os.listdir(f"{drive.sysfs}/capabilities")) == 42,
               "two files go")
    assert not os.path.exists(path)
    assert shown(drive.sysfs) == expected(drive.sim.page(0x2a))


def test_drive_that_fails(drive):
    drive.write("max_age_ms", 0)
    drive.sim.on("mode-sense: sense 4/44/00")
    with pytest.raises(OSError) as failure:
        drive.file("capabilities/upc")
    assert failure.value.errno == errno.EIO


def test_page_3f_makes_no_sense_any_more(drive):
    """What the drive has told before holds until it tells something else."""
    before = files(drive.sysfs)
    drive.write("max_age_ms", 0)
    page = drive.sim.page(0x01)
    drive.sim.set_page(0x01, page[:-1] + bytes([page[-1] ^ 0xff]))
    # The first page is told as another one, which is there twice then.
    drive.sim.on("mode-sense page=3f: code 0e")
    with Uevents() as events:
        assert drive.read(0x01) == drive.sim.page(0x01)
        # It is told when the files are up to date.
        events.wait(drive.sim.address, "change")
    assert "all_pages_unsound" in drive.quirks()
    drive.write("max_age_ms", -1)
    assert files(drive.sysfs) == before


def test_page_that_page_3f_does_not_return():
    """It has been asked for alone, and that costs no third command."""
    with attached("broken-2a-22") as drive:
        pages = drive.sim.page(0x01), drive.sim.page(0x2a)
        size = (len(pages[0]) + 6).to_bytes(2, "big") + bytes(6)
        drive.sim.on(f"mode-sense page=3f: data {(size + pages[0]).hex()}")
        drive.sim.clear()
        drive.write("refresh", 1)
        assert len(drive.asked()) == 2
        assert drive.supported() == [0x01, 0x2a]
        assert shown(drive.sysfs) == expected(pages[1])


DIRECTORIES = [".", "modepages", "changeable", "default", "saved",
               "capabilities"]

# Of each file what it holds, and whether it could be written.
LOOK = """
import json, os, sys
def read(path):
    try:
        return open(path, "rb").read().hex()
    except OSError:
        return None
found = {path: [read(path), os.access(path, os.W_OK)] for path in sys.argv[1:]}
print(json.dumps([os.listdir("/dev"), found]))
"""


def looked_at(*wrapper, paths):
    done = subprocess.run([*wrapper, "python3", "-c", LOOK, *paths], check=True,
                          capture_output=True)
    return json.loads(done.stdout)


def test_nobody_in_a_container_without_nodes(drive):
    """Sees all that root does, and can write nothing."""
    paths = [entry.path for name in DIRECTORIES
             for entry in os.scandir(f"{drive.sysfs}/{name}")
             if entry.is_file() and not entry.is_symlink()]
    drive.write("max_age_ms", LONG_MS)
    _, before = looked_at(paths=paths)
    nodes, found = looked_at(
        "unshare", "--mount", "sh", "-c",
        "mount -t tmpfs none /dev && exec setpriv --reuid=nobody "
        '--regid=nogroup --clear-groups -- "$@"', "sh", paths=paths)
    assert nodes == []
    assert found == {path: [data, False] for path, (data, _) in before.items()}
    # Not every page has saved values, and none had been asked for.
    assert [path for path, (data, _) in found.items()
            if data is None and "/saved/" not in path] == \
        [f"{drive.sysfs}/./refresh"]
    assert len([path for path in found if "/capabilities/" in path]) == 44
