# SPDX-License-Identifier: MIT
"""Writing whole pages by SET."""

import errno
import os

import pytest

import drives
import uapi
from attached import attached
from changing import (ERRORS, RETRIES, opcodes, refused, selects, sensed,
                      with_byte)
from changing import drive, fd, shared  # noqa: F401, pylint: disable=unused-import

# pylint: disable=redefined-outer-name

CONTROL = 0x0a


def test_page(drive, fd):
    before = drive.sim.page(ERRORS)
    after = with_byte(before, 3, 0x20)
    done = uapi.set_page(fd, after)
    assert (done.error, done.result) == (0, uapi.RESULT_SELECTED)
    assert (done.before, done.after) == (before, after)
    assert drive.sim.page(ERRORS) == after
    assert len(opcodes(drive)) == 3


@pytest.mark.parametrize("saveable", [0, 0x80])
def test_what_is_sent(drive, fd, saveable):
    """The PS bit is left out, whether it is given or not."""
    page = with_byte(drive.sim.page(ERRORS), 3, 0x20)
    page = with_byte(page, 0, ERRORS | saveable)
    assert uapi.set_page(fd, page).error == 0
    select, = selects(drive)
    assert select.received == bytes(8) + with_byte(page, 0, ERRORS)
    assert select.cdb[:10] == bytes.fromhex("55 10 00 00 00 00 00 00 14 00")
    assert drive.sim.page(ERRORS)[0] == 0x80 | ERRORS


def test_same_values_are_written_all_the_same(drive, fd):
    """Who wants that gets it."""
    page = drive.sim.page(ERRORS)
    done = uapi.set_page(fd, page)
    assert (done.error, done.result) == (0, uapi.RESULT_SELECTED)
    assert done.before == done.after == page


def test_what_can_be_changed_is_the_drives_business(drive, fd):
    """Nobody asks; the drive refuses."""
    page = with_byte(drive.sim.page(ERRORS), 4, 0x01)
    done = uapi.set_page(fd, page)
    refused(done, errno.ERANGE, uapi.INVALID_MODE_PARAMETERS,
            uapi.STAGE_SELECT)
    assert done.place == (4, 0)
    assert not drive.asked(control=1)


def test_bits_it_does_not_take(drive, fd):
    """Compared are those which it was to change."""
    before = drive.sim.page(ERRORS)
    page = with_byte(with_byte(before, 3, 0x20), 8, 0x11)
    drive.sim.on("mode-sense page=01 after=1 times=1: "
                 f"page 01 current {with_byte(page, 8, 0x10).hex(' ')}")
    done = uapi.set_page(fd, page)
    assert (done.error, done.status.code) == (errno.EIO, uapi.VERIFY_FAILED)
    assert done.result == uapi.RESULT_SELECTED | uapi.RESULT_DIFFERS
    assert done.place == (8, 0)
    assert done.after == with_byte(page, 8, 0x10)


def test_rounded(drive, fd):
    page = with_byte(drive.sim.page(ERRORS), 3, 0x23)
    done = uapi.set_page(fd, page)
    assert done.error == 0 and done.after == with_byte(page, 3, 0x20)
    assert done.result & uapi.RESULT_ROUNDED


@pytest.mark.parametrize("length", [8, 10, 11, 13, 14, 64, 257])
def test_another_length_than_the_drives(drive, fd, length):
    """A whole page it is, and not this one: its true size is told."""
    page = bytes([ERRORS, length - 2]) + bytes(length - 2)
    done = uapi.set_page(fd, page)
    refused(done, errno.EINVAL, uapi.INVALID_ARGUMENT)
    assert done.argument.length == 12
    assert done.before == drive.sim.page(ERRORS)[:length]
    assert not selects(drive)


@pytest.mark.parametrize("page", [
    "01", "010a", "01 0a 00", "0100", "01 0b 00*10", "01 09 00*10",
    # All pages, all subpages, subpage 0 in the long format.
    "3f 0a 00*10", "bf 0a 00*10", "41 ff 00 04 00*4", "41 00 00 04 00*4",
    "7f 01 00 04 00*4",
    # The subpage's length is of two bytes.
    "41 01 00", "41 01 00 00", "41 01 04 00 00*4", "41 01 00 05 00*4",
])
def test_no_page(drive, fd, page):
    """Nothing is even asked."""
    done = uapi.set_page(fd, page_of(page))
    refused(done, errno.EINVAL, uapi.INVALID_ARGUMENT)
    assert done.before is None
    assert not opcodes(drive)


def page_of(text):
    page = b""
    for word in text.split():
        digits, _, count = word.partition("*")
        page += bytes.fromhex(digits) * int(count or 1)
    return page


def test_page_that_the_drive_does_not_have(drive, fd):
    done = uapi.set_page(fd, page_of("03 06 00*6"))
    refused(done, errno.ENOENT, uapi.NO_SUCH_PAGE, uapi.STAGE_SENSE)
    assert not selects(drive)


def test_too_long_for_the_shorter_command(drive, fd):
    """Whose length has one byte, and which is all that the drive knows."""
    page = bytes([0x20, 253]) + bytes(253)
    drive.sim.set_page(0x20, page)
    drive.sim.on("mode-select form=10: sense 5/20/00")
    done = uapi.set_page(fd, page)
    refused(done, errno.EINVAL, uapi.INVALID_ARGUMENT)
    assert len(selects(drive)) == 1
    page = bytes([0x20, 249]) + bytes(249)
    drive.sim.set_page(0x20, page)
    assert uapi.set_page(fd, page).error == 0


def test_longest(drive, fd):
    page = bytes([0x20, 255]) + bytes(range(255))
    drive.sim.set_page(0x20, page)
    done = uapi.set_page(fd, page)
    assert (done.error, done.after) == (0, page)


def test_saved(drive, fd):
    page = with_byte(drive.sim.page(ERRORS), 3, 0x20)
    assert uapi.set_page(fd, page, uapi.SAVE).error == 0
    assert selects(drive)[0].cdb[1] == 0x11
    assert drive.sim.page(ERRORS, "saved") == page


def test_saved_that_can_not_be(drive, fd):
    """Not even if it is given with a PS bit."""
    page = drive.sim.page(0x08)
    done = uapi.set_page(fd, with_byte(page, 0, 0x88), uapi.SAVE)
    refused(done, errno.ENOENT, uapi.NO_SUCH_PAGE)
    assert not selects(drive)


def test_news_before_it_is_written(drive, fd):
    """The page before is the one that was really replaced."""
    before = drive.sim.page(ERRORS)
    other = with_byte(before, 8, 0x33)
    drive.sim.on(f"mode-select times=1: page 01 current {other.hex(' ')}; "
                 "attention 2a/01")
    page = with_byte(before, 3, 0x20)
    done = uapi.set_page(fd, page)
    assert (done.error, done.before, done.after) == (0, other, page)


def test_restored_on_close(drive):
    """The bits that it has changed, and no other."""
    before = drive.sim.page(ERRORS)
    number = os.open(drive.node, os.O_RDWR)
    page = with_byte(before, 3, 0x20)
    assert uapi.set_page(number, page, uapi.RESTORE).error == 0
    drive.sim.set_page(ERRORS, with_byte(page, 8, 0x44))
    os.close(number)
    assert drive.sim.page(ERRORS) == with_byte(before, 8, 0x44)


class TestSubpage:
    """scsi_debug's page 0Ah has one."""

    @pytest.fixture
    def other(self):
        with attached("scsi-debug") as found:
            found.sim.clear()
            yield found

    def test_set(self, other):
        page = other.sim.page((CONTROL, 5))
        done = uapi.set_page(other.fd, page)
        assert (done.error, done.before) == (0, page)
        select, = selects(other)
        assert select.received == bytes(8) + page
        # It says that there was a change to who has made it.
        assert [command.cdb[2:4].hex() for command in other.asked()] == \
            ["0a05"] * 3

    def test_modify(self, other):
        page = other.sim.page((CONTROL, 5))
        other.sim.set_page((CONTROL, 5), page[:4] + b"\xff" * 108, "changeable")
        done = uapi.modify(other.fd, CONTROL, {(17, 0x0f): 0x09}, subpage=5,
                           length=112)
        assert (done.error, done.after) == (0, with_byte(page, 17, 0x09))
        assert other.sim.page((CONTROL, 5)) == with_byte(page, 17, 0x09)

    @pytest.mark.parametrize("byte", range(4))
    def test_header_of_four_bytes(self, other, byte):
        other.sim.set_page((CONTROL, 5), b"\x4a\x05\x00\x6c" + b"\xff" * 108,
                           "changeable")
        done = uapi.modify(other.fd, CONTROL, {(byte, 0x04): 0}, subpage=5)
        refused(done, errno.EPERM, uapi.NOT_CHANGEABLE)
        assert done.place == (byte, 2)

    def test_refused_bit(self, other):
        """Counted from the beginning of the page."""
        other.sim.on("mode-select: sense 5/26/00 field=25.1")
        done = uapi.set_page(other.fd, other.sim.page((CONTROL, 5)))
        assert (done.error, done.place) == (errno.ERANGE, (17, 1))


class TestOthersDrives:
    """Of the kernel's own simulation, and of QEMU."""

    @pytest.mark.parametrize("code, field", [
        (0x0a, (2, 0x02)), (0x0a, (2, 0x04)), (0x1c, (2, 0x04)),
        (0x1c, (3, 0x0f)),
    ])
    def test_scsi_debug(self, code, field):
        with drives.scsi_debug() as address:
            number = os.open(f"/dev/modepages/{address}", os.O_RDWR)
            try:
                _, result, data = uapi.get(number, code)
                before = data[:result.length]
                byte, bits = field
                new = ~before[byte] & bits
                done = uapi.modify(number, code, {field: new})
                after = with_byte(before, byte, before[byte] & ~bits | new)
                assert (done.error, done.result, done.before, done.after) == \
                    (0, uapi.RESULT_SELECTED, before, after)
                _, result, data = uapi.get(number, code)
                assert data[:result.length] == after
                done = uapi.modify(number, code, {(4, 0x01): 1})
                refused(done, errno.EPERM, uapi.NOT_CHANGEABLE)
            finally:
                os.close(number)

    def test_scsi_debug_knows_no_other(self):
        """It says so by a pointer to the page code."""
        with drives.scsi_debug() as address:
            number = os.open(f"/dev/modepages/{address}", os.O_RDWR)
            try:
                _, result, data = uapi.get(number, ERRORS)
                done = uapi.set_page(number, data[:result.length])
                refused(done, errno.ENOENT, uapi.NO_SUCH_PAGE,
                        uapi.STAGE_SELECT)
                assert sensed(done.status) == (5, 0x26, 0)
                assert done.place == (0, 5)
            finally:
                os.close(number)

    @pytest.mark.parametrize("kind", ["virtio", "usb"])
    def test_drive_of_qemu(self, kind):
        """It takes what it has, and nothing else."""
        found = drives.of_kind(kind)
        page, _ = drives.raw_page(found, 0, ERRORS)
        number = os.open(found.node, os.O_RDWR)
        try:
            done = uapi.modify(number, ERRORS, {RETRIES: page[3] ^ 1})
            refused(done, errno.EPERM, uapi.NOT_CHANGEABLE)
            done = uapi.set_page(number, page)
            assert (done.error, done.result) == (0, uapi.RESULT_SELECTED)
            assert done.before == done.after == page
            done = uapi.set_page(number, with_byte(page, 3, page[3] ^ 1))
            refused(done, errno.ERANGE, uapi.INVALID_MODE_PARAMETERS,
                    uapi.STAGE_SELECT)
            assert sensed(done.status) == (5, 0x26, 0)
        finally:
            os.close(number)

    def test_drive_of_qemu_without_mode_select(self):
        found = drives.of_kind("ata")
        number = os.open(found.node, os.O_RDWR)
        try:
            _, result, data = uapi.get(number, ERRORS)
            done = uapi.set_page(number, data[:result.length])
            refused(done, errno.ENOENT, uapi.NO_SUCH_PAGE, uapi.STAGE_SELECT)
            assert sensed(done.status) == (5, 0x20, 0)
        finally:
            os.close(number)
