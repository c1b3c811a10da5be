# SPDX-License-Identifier: MIT
"""
Every way to a page gives the bytes that the drive gives to sg_raw, for each
drive, page and page control; and every way refuses what the drive refuses.
"""

import ctypes
import errno
import json
import os

import pytest

import drives
import uapi
from drives import comparable, modepages, raw_page, raw_pages, read

CONTROLS = {"current": 0, "changeable": 1, "default": 2, "saved": 3}
ALL_CODES = range(0x3f)

# What the drives of QEMU refuse with, and the errno that stands for it.
REFUSALS = {
    "Invalid field in cdb": errno.ENOENT,
    "Saving parameters not supported": errno.EOPNOTSUPP,
}


@pytest.fixture(params=CONTROLS)
def control(request):
    return request.param


def library():
    lib = ctypes.CDLL("libmodepages.so.0")
    lib.libmodepages_page_get_data.restype = ctypes.POINTER(ctypes.c_uint8)
    return lib


def library_page(lib, handle, code, control):
    """(page, 0) or (None, errno)."""
    page = ctypes.c_void_p()
    error = lib.libmodepages_drive_get_page(handle, code, 0, control, 0,
                                            ctypes.byref(page), None)
    if error:
        return None, -error
    size = ctypes.c_size_t()
    data = lib.libmodepages_page_get_data(page, ctypes.byref(size))
    data = bytes(data[:size.value])
    lib.libmodepages_page_free(page)
    return data, 0


def check(drive, code, control, got, error, expected, sense):
    """Compares one answer of ours with that of sg_raw."""
    where = f"{drive.kind} page {code:02x}"
    if expected is None:
        assert (got, error) == (None, REFUSALS[sense]), where
    else:
        assert error == 0, where
        assert comparable(drive, code, got, control) == \
            comparable(drive, code, expected, control), where


def test_drive_has_pages(drive):
    """Else the tests below would pass with nothing."""
    assert {0x01, 0x0e, 0x2a} <= set(raw_pages(drive, 0))


def test_supported_lists_what_the_drive_has(drive):
    expected = " ".join(f"{code:02x}" for code in sorted(raw_pages(drive, 0)))
    assert read(f"{drive.sysfs}/supported") == expected + "\n"


def test_sysfs_files_are_the_pages(drive):
    expected = raw_pages(drive, 0)
    assert sorted(os.listdir(f"{drive.sysfs}/modepages")) == \
        [f"{code:02x}" for code in sorted(expected)]
    for code, page in expected.items():
        got = read(drive.page_file(code), "rb")
        check(drive, code, 0, got, 0, page, "")


def test_sysfs_read_in_pieces(drive):
    """A reader with a small buffer gets the same page."""
    expected, _ = raw_page(drive, 0, 0x2a)
    fd = os.open(drive.page_file(0x2a), os.O_RDONLY)
    pieces = []
    while piece := os.read(fd, 5):
        pieces.append(piece)
    os.close(fd)
    assert b"".join(pieces) == expected
    assert [len(piece) for piece in pieces[:-1]] == [5] * (len(pieces) - 1)


def test_ioctl(drive, node, control):
    for code in ALL_CODES:
        expected, sense = raw_page(drive, CONTROLS[control], code)
        error, result, data = uapi.get(node, code, CONTROLS[control])
        got = None if error else data[:result.length]
        check(drive, code, CONTROLS[control], got, error, expected, sense)
        if expected is None:
            assert result.status.code == uapi.NO_SUCH_PAGE
            assert result.status.stage == uapi.STAGE_SENSE
            assert result.status.scsi_status == 0x02
            assert result.status.sense_key == 0x05
            assert result.status.sense[0] & 0x7f == 0x70
        else:
            assert result.status.code == uapi.OK
            assert result.result == 0
            assert set(data[result.length:]) == {0xa5}


def test_ioctl_all_pages(drive, node, control):
    """3Fh: the pages as the drive sends them, or its refusal."""
    answer = drives.mode_sense(drive, CONTROLS[control], 0x3f)
    error, result, data = uapi.get(node, 0x3f, CONTROLS[control])
    if answer.sense:
        assert error == REFUSALS[answer.sense]
    else:
        assert error == 0
        assert data[:result.length] == drives.cut(answer.data)


def test_list(drive, node):
    error, result, entries = uapi.entries(node)
    assert (error, result.status.code) == (0, uapi.OK)
    current = raw_pages(drive, 0)
    assert [entry.page for entry in entries] == sorted(current)
    for entry in entries:
        answered = sum(1 << control for control in CONTROLS.values()
                       if raw_page(drive, control, entry.page)[0] is not None)
        page = current[entry.page]
        assert entry.controls == answered, f"page {entry.page:02x}"
        assert entry.length == len(page)
        assert entry.flags == page[0] >> 7
        assert (entry.subpage, entry.reserved) == (0, 0)


def test_library(drive, control):
    lib = library()
    handle = ctypes.c_void_p()
    assert lib.libmodepages_drive_open(drive.node.encode(), 0,
                                       ctypes.byref(handle)) == 0
    for code in ALL_CODES:
        expected, sense = raw_page(drive, CONTROLS[control], code)
        got, error = library_page(lib, handle, code, CONTROLS[control])
        check(drive, code, CONTROLS[control], got, error, expected, sense)
    lib.libmodepages_drive_close(handle)


def test_command(drive, control):
    """A process each: only the pages that some drive has, and a few more."""
    for code in (0x00, 0x01, 0x05, 0x08, 0x0e, 0x2a, 0x3e):
        expected, _ = raw_page(drive, CONTROLS[control], code)
        word = f"{code:02x}"
        status, out, errors = modepages("show", drive.address, word, "--raw",
                                        "--fresh", "--control", control)
        if expected is None:
            assert (status, out, len(errors)) == (1, b"", 1), word
            assert word in errors[0]
        else:
            assert (status, errors) == (0, []), word
            number = CONTROLS[control]
            assert comparable(drive, code, out, number) == \
                comparable(drive, code, expected, number), word


def test_command_finds_the_drive_by_any_name(drive):
    expected, _ = raw_page(drive, 0, 0x2a)
    name = os.path.basename(drive.block)
    for word in (drive.address, drive.node, drive.block, drive.sysfs,
                 f"/sys/block/{name}", f"/dev/modepages/by-block/{name}"):
        assert modepages("show", word, "2a", "--raw") == (0, expected, []), word


def test_missing_page_has_no_file(drive):
    missing = set(ALL_CODES) - set(raw_pages(drive, 0))
    assert missing
    for code in missing:
        assert not os.path.exists(drive.page_file(code))


def test_last_status(drive, node):
    assert uapi.get(node, 0x2a)[0] == 0
    assert read(f"{drive.sysfs}/last_status") == "ok 00/00/00\n"
    assert uapi.get(node, 0x3e)[0] == errno.ENOENT
    assert read(f"{drive.sysfs}/last_status") == "no_such_page 05/24/00\n"
    assert uapi.get(node, 0x2a, control=3)[0] == errno.EOPNOTSUPP
    assert read(f"{drive.sysfs}/last_status") == "no_such_page 05/39/00\n"


def test_list_command_as_json():
    status, out, errors = modepages("list", "--json")
    assert (status, errors) == (0, [])
    assert drives.find()
    text = json.dumps(json.loads(out))
    for drive in drives.find():
        assert f'"{drive.address}"' in text and f'"{drive.block}"' in text
