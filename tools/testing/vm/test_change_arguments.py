# SPDX-License-Identifier: MIT
"""
What is refused of SET, MODIFY and KEEP for the sake of their arguments: nothing of it
gets to the drive.
"""

import ctypes
import errno
import os

import pytest

import uapi
from attached import attached
from changing import ERRORS, RETRIES, opcodes, refused, selects, with_byte
from changing import drive, fd, shared  # noqa: F401, pylint: disable=unused-import
from test_arguments import kernel_data

# pylint: disable=redefined-outer-name

SIZES = {uapi.SET: (uapi.Set, 144), uapi.MODIFY: (uapi.Modify, 168),
         uapi.KEEP: (uapi.Keep, 96)}
LENGTH_MAX = 0xf000
# As a pointer: none, the first page, what is no address, the kernel's.
BAD_POINTERS = [1, 1 << 62]


def buffer_of(data):
    return (uapi.u8 * max(len(data), 1)).from_buffer_copy(bytes(data) or b"\0")


def modify_argument(old, **members):
    """One that changes RETRIES, with all its arrays; nothing is kept alive else."""
    mask, value = uapi.bits_of({RETRIES: 0x20})
    _, expected = uapi.bits_of({RETRIES: old[3]})
    arrays = {
        "mask": buffer_of(mask.ljust(len(old), b"\0")),
        "value": buffer_of(value.ljust(len(old), b"\0")),
        "expected_mask": buffer_of(mask.ljust(len(old), b"\0")),
        "expected": buffer_of(expected.ljust(len(old), b"\0")),
        "before": buffer_of(bytes(len(old))),
        "after": buffer_of(bytes(len(old))),
    }
    argument = uapi.Modify(size=168, page=ERRORS, length=len(old),
                           **{name: ctypes.addressof(array)
                              for name, array in arrays.items()})
    for name, member in members.items():
        setattr(argument, name, member)
    argument.arrays = arrays
    return argument


def set_argument(page, **members):
    arrays = {"data": buffer_of(with_byte(page, 3, 0x20)),
              "before": buffer_of(bytes(len(page))),
              "after": buffer_of(bytes(len(page)))}
    argument = uapi.Set(size=144, length=len(page),
                        **{name: ctypes.addressof(array)
                           for name, array in arrays.items()})
    for name, member in members.items():
        setattr(argument, name, member)
    argument.arrays = arrays
    return argument


def is_refused(error, argument, drive):
    assert error == errno.EINVAL
    assert argument.status.code == uapi.INVALID_ARGUMENT
    assert argument.status.stage == uapi.STAGE_CHECK
    assert argument.result == 0
    assert not opcodes(drive)


class TestFiles:
    @pytest.mark.parametrize("flags", [0, uapi.DRY_RUN, 1 << 31])
    def test_for_reading_only(self, drive, flags):
        """Whatever is wrong besides."""
        number = os.open(drive.node, os.O_RDONLY)
        try:
            done = uapi.modify(number, ERRORS, {RETRIES: 0x20}, flags)
            refused(done, errno.EBADF, uapi.INVALID_ARGUMENT)
            done = uapi.set_page(number, drive.sim.page(ERRORS), flags)
            refused(done, errno.EBADF, uapi.INVALID_ARGUMENT)
            error, argument = uapi.keep(number)
            assert (error, argument.status.code, argument.status.stage) == \
                (errno.EBADF, uapi.INVALID_ARGUMENT, uapi.STAGE_CHECK)
        finally:
            os.close(number)
        assert not opcodes(drive)

    def test_for_writing_only(self, drive):
        number = os.open(drive.node, os.O_WRONLY)
        try:
            assert uapi.modify(number, ERRORS, {RETRIES: 0x20}).error == 0
            assert uapi.get(number, ERRORS)[0] == 0
        finally:
            os.close(number)

    def test_drive_that_nothing_is_sent_to(self):
        with attached("glucose-meter", max_age_ms=None) as found:
            found.sim.clear()
            for done in (uapi.modify(found.fd, ERRORS, {RETRIES: 1}),
                         uapi.modify(found.fd, ERRORS, {}, uapi.DRY_RUN),
                         uapi.set_page(found.fd, bytes([1, 2, 0, 0]))):
                refused(done, errno.EOPNOTSUPP, uapi.OK)
            error, argument = uapi.keep(found.fd)
            assert (error, argument.status.code, argument.status.stage) == \
                (errno.EOPNOTSUPP, uapi.OK, uapi.STAGE_CHECK)
            # An argument that is wrong is wrong all the same.
            done = uapi.modify(found.fd, ERRORS, {}, 1 << 31)
            refused(done, errno.EINVAL, uapi.INVALID_ARGUMENT)
            assert not found.sim.commands(0x5a) and not selects(found)

    def test_drive_that_is_gone(self):
        with attached("dvd-writer") as found:
            page = found.sim.page(ERRORS)
            found.sim.unplug()
            found.sim.wait_gone()
            for done in (uapi.modify(found.fd, ERRORS, {RETRIES: 1}),
                         uapi.modify(found.fd, ERRORS, {}, 1 << 31),
                         uapi.set_page(found.fd, page)):
                assert (done.error, done.status.code) == \
                    (errno.ENODEV, uapi.NO_DEVICE)
            error, argument = uapi.keep(found.fd)
            assert (error, argument.status.code) == (errno.ENODEV,
                                                     uapi.NO_DEVICE)


class TestMembers:
    def test_good_ones(self, drive, fd):
        page = drive.sim.page(ERRORS)
        assert uapi.call(fd, uapi.MODIFY, modify_argument(page)) == 0
        assert drive.sim.page(ERRORS)[3] == 0x20
        drive.sim.set_page(ERRORS, page)
        assert uapi.call(fd, uapi.SET, set_argument(page)) == 0
        assert drive.sim.page(ERRORS)[3] == 0x20

    @pytest.mark.parametrize("members", [
        *({"flags": 1 << bit} for bit in range(3, 32)),
        {"flags": uapi.SAVE | uapi.RESTORE}, {"flags": 7},
        {"page": 0x3f}, {"page": 0x40}, {"page": 0x81}, {"page": 0xff},
        {"subpage": 0xff}, {"reserved": 1}, {"reserved": 0x8000},
        {"length": 0}, {"length": LENGTH_MAX + 1}, {"length": 0xffffffff},
        {"length": 1 << 31}, {"mask": 0}, {"value": 0}, {"expected": 0},
    ], ids=str)
    def test_modify(self, drive, fd, members):
        argument = modify_argument(drive.sim.page(ERRORS), **members)
        is_refused(uapi.call(fd, uapi.MODIFY, argument), argument, drive)

    @pytest.mark.parametrize("members", [
        *({"flags": 1 << bit} for bit in range(2, 32)),
        {"flags": uapi.SAVE | uapi.RESTORE}, {"reserved": 1},
        {"reserved": 1 << 31}, {"length": 0}, {"length": LENGTH_MAX + 1},
        {"length": 0xffffffff}, {"data": 0},
    ], ids=str)
    def test_set(self, drive, fd, members):
        argument = set_argument(drive.sim.page(ERRORS), **members)
        is_refused(uapi.call(fd, uapi.SET, argument), argument, drive)

    @pytest.mark.parametrize("bit", range(32))
    def test_keep(self, drive, fd, bit):
        argument = uapi.Keep(size=96, flags=1 << bit)
        assert uapi.call(fd, uapi.KEEP, argument) == errno.EINVAL
        assert argument.status.code == uapi.INVALID_ARGUMENT
        assert not opcodes(drive)

    def test_keep_of_nothing(self, drive, fd):
        error, argument = uapi.keep(fd)
        assert (error, argument.status.code) == (0, uapi.OK)
        assert not opcodes(drive)

    @pytest.mark.parametrize("missing", [
        {"before": 0}, {"after": 0}, {"before": 0, "after": 0},
        {"expected_mask": 0}, {"expected_mask": 0, "expected": 0},
    ], ids=str)
    def test_what_need_not_be_there(self, drive, fd, missing):
        before = drive.sim.page(ERRORS)
        argument = modify_argument(before, **missing)
        assert uapi.call(fd, uapi.MODIFY, argument) == 0
        after = with_byte(before, 3, 0x20)
        for name, page in ("before", before), ("after", after):
            assert bytes(argument.arrays[name]) == \
                (bytes(len(page)) if name in missing else page)


class TestPointers:
    """Each of them, to where there is no memory of the program."""

    @pytest.mark.parametrize("name", ["mask", "value", "expected_mask",
                                      "expected"])
    def test_in(self, drive, fd, name):
        """It is looked at before the drive is asked."""
        for pointer in [*BAD_POINTERS, kernel_data()]:
            argument = modify_argument(drive.sim.page(ERRORS),
                                       **{name: pointer})
            assert uapi.call(fd, uapi.MODIFY, argument) == errno.EFAULT
        assert not opcodes(drive)

    def test_page_to_set(self, drive, fd):
        for pointer in [*BAD_POINTERS, kernel_data()]:
            argument = set_argument(drive.sim.page(ERRORS), data=pointer)
            assert uapi.call(fd, uapi.SET, argument) == errno.EFAULT
        assert not opcodes(drive)

    @pytest.mark.parametrize("name", ["before", "after"])
    def test_out(self, drive, fd, name):
        """The change has been made then, and can be told otherwise only."""
        page = drive.sim.page(ERRORS)
        for pointer in [*BAD_POINTERS, kernel_data()]:
            for make, number in ((modify_argument, uapi.MODIFY),
                                 (set_argument, uapi.SET)):
                drive.sim.set_page(ERRORS, page)
                argument = make(page, **{name: pointer})
                assert uapi.call(fd, number, argument) == errno.EFAULT
                assert argument.result == uapi.RESULT_SELECTED
                assert drive.sim.page(ERRORS)[3] == 0x20

    def test_end_of_memory(self, drive, fd):
        """It counts as far as the length says."""
        argument = modify_argument(drive.sim.page(ERRORS), length=LENGTH_MAX,
                                   before=0, after=0)
        libc = ctypes.CDLL(None, use_errno=True)
        libc.mmap.restype = ctypes.c_void_p
        area = libc.mmap(None, ctypes.c_size_t(0x12000), 0, 0x22, -1,
                         ctypes.c_long(0))
        assert libc.mprotect(ctypes.c_void_p(area), ctypes.c_size_t(0x10000),
                             3) == 0
        for name in ("mask", "value", "expected_mask", "expected"):
            setattr(argument, name, area)
        assert uapi.call(fd, uapi.MODIFY, argument) == 0
        for name in ("mask", "value", "expected_mask", "expected"):
            setattr(argument, name, area + 0x10000 - LENGTH_MAX + 1)
            argument.length = LENGTH_MAX
            assert uapi.call(fd, uapi.MODIFY, argument) == errno.EFAULT
            setattr(argument, name, area)


@pytest.mark.parametrize("number", SIZES, ids=["set", "modify", "keep"])
class TestSizes:
    def test_as_published(self, number):
        structure, size = SIZES[number]
        assert ctypes.sizeof(structure) == size

    def test_too_small(self, drive, fd, number):
        structure, size = SIZES[number]
        for small in (0, 1, 4, size - 1):
            argument = structure(size=small)
            assert uapi.call(fd, number, argument) == errno.EINVAL
            assert argument.status.code == 0
        assert not opcodes(drive)

    def test_too_large(self, fd, number):
        structure, _ = SIZES[number]
        for large in (4097, 1 << 31, 0xffffffff):
            assert uapi.call(fd, number, structure(size=large)) == errno.E2BIG

    @pytest.mark.parametrize("last", [0, 1])
    def test_from_the_future(self, drive, fd, number, last):
        """Members that are not known must not matter."""
        structure, size = SIZES[number]

        class Future(ctypes.Structure):
            _fields_ = [("now", structure), ("later", uapi.u64)]

        page = drive.sim.page(ERRORS)
        make = {uapi.SET: set_argument, uapi.MODIFY: modify_argument,
                uapi.KEEP: lambda _: uapi.Keep()}[number]
        now = make(page)
        now.size = size + 8
        argument = Future(now, last)
        assert uapi.call(fd, number, argument) == (errno.E2BIG if last else 0)
        assert bool(selects(drive)) == (number != uapi.KEEP and not last)
