# SPDX-License-Identifier: MIT
"""
Changing bits by MODIFY: what is sent, and what is refused before anything is.
"""

import errno
import os

import pytest

import uapi
from attached import MODE_SENSE_10, attached
from changing import (ERRORS, RETRIES, TB, WRITE_RETRIES, opcodes, refused,
                      selects, sensed, with_bits, with_byte)
from changing import drive, fd, shared  # noqa: F401, pylint: disable=unused-import

# pylint: disable=redefined-outer-name

CAPABILITIES = 0x2a
MODE_SELECT_10, MODE_SELECT_6 = 0x55, 0x15
SAVED = "saved"


def test_one_field(drive, fd):
    before = drive.sim.page(ERRORS)
    after = with_byte(before, 3, 0x20)
    done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
    assert done.error == 0 and done.status.code == uapi.OK
    assert (done.before, done.after) == (before, after)
    assert done.result == uapi.RESULT_SELECTED
    assert done.argument.length == len(before)
    assert drive.sim.page(ERRORS) == after


def test_what_is_sent(drive, fd):
    """PF, no SP, a header of zeros, no block descriptor, PS cleared."""
    before = drive.sim.page(ERRORS)
    assert before[0] & 0x80
    uapi.modify(fd, ERRORS, {RETRIES: 0x20})
    select, = selects(drive)
    page = with_byte(before, 3, 0x20)
    assert select.received == bytes(8) + bytes([page[0] & 0x7f]) + page[1:]
    assert select.cdb[:10] == bytes.fromhex("55 10 00 00 00 00 00 00 14 00")


def test_page_is_read_first_and_last(drive, fd):
    """Once for all, what can be changed is asked for, too."""
    uapi.modify(fd, ERRORS, {RETRIES: 0x20})
    asked = [(command.opcode, command.cdb[2]) for command in drive.sim.commands()]
    assert asked == [(MODE_SENSE_10, ERRORS), (MODE_SENSE_10, 0x40 | ERRORS),
                     (MODE_SELECT_10, 0), (MODE_SENSE_10, ERRORS)]
    drive.sim.clear()
    uapi.modify(fd, ERRORS, {RETRIES: 0x24})
    asked = [(command.opcode, command.cdb[2]) for command in drive.sim.commands()]
    assert asked == [(MODE_SENSE_10, ERRORS), (MODE_SELECT_10, 0),
                     (MODE_SENSE_10, ERRORS)]


def test_several_fields(drive, fd):
    """Of one byte, and of several; the bits between them stay."""
    before = drive.sim.page(ERRORS)
    done = uapi.modify(fd, ERRORS, {(2, 0x40): 0x40, (2, 0x01): 0x01,
                                    (2, 0x80): 0, WRITE_RETRIES: 7})
    after = with_byte(with_byte(before, 2, 0x41), 8, 7)
    assert (done.error, done.after) == (0, after)
    assert drive.sim.page(ERRORS) == after
    assert len(selects(drive)) == 1


def test_value_beside_the_mask_does_not_count(drive, fd):
    mask = (uapi.u8 * 12)(*[0] * 3, 0xf0, *[0] * 8)
    value = (uapi.u8 * 12)(*[0xff] * 12)
    done = uapi.Modify(size=168, page=ERRORS, length=12,
                       mask=uapi.ctypes.addressof(mask),
                       value=uapi.ctypes.addressof(value))
    before = drive.sim.page(ERRORS)
    assert uapi.call(fd, uapi.MODIFY, done) == 0
    assert drive.sim.page(ERRORS) == with_byte(before, 3, 0xf0)


@pytest.mark.parametrize("length", [4, 11, 12, 13, 258, 0xf000])
def test_mask_of_another_length_than_the_page(drive, fd, length):
    before = drive.sim.page(ERRORS)
    done = uapi.modify(fd, ERRORS, {RETRIES: 0x20}, length=length)
    after = with_byte(before, 3, 0x20)
    assert (done.error, done.argument.length) == (0, len(before))
    assert (done.before, done.after) == (before[:length], after[:length])
    assert drive.sim.page(ERRORS) == after


@pytest.mark.parametrize("fields, place", [
    ({(2, 0x28): 0x28, RETRIES: 0x20}, (2, 5)),
    ({(2, 0x08): 0, RETRIES: 0x20}, (2, 3)),
    ({(4, 0xff): 0, (9, 1): 1}, (4, 7)),
    # The header: page code, PS bit, length.
    ({(0, 0x80): 0x80}, (0, 7)),
    ({(0, 0x3f): ERRORS}, (0, 5)),
    ({(1, 0x01): 0}, (1, 0)),
    # Behind the page.
    ({(12, 0x01): 0}, (12, 0)),
    ({RETRIES: 0x20, (63, 0xff): 0}, (63, 7)),
])
def test_bit_that_can_not_be_changed(drive, fd, fields, place):
    """The first one is named, even where it has the value already."""
    before = drive.sim.page(ERRORS)
    done = uapi.modify(fd, ERRORS, fields)
    refused(done, errno.EPERM, uapi.NOT_CHANGEABLE)
    assert (done.place, sensed(done.status)) == (place, None)
    assert done.before == before
    assert not selects(drive)
    assert drive.sim.page(ERRORS) == before


def test_header_stays_though_it_is_said_to_be_changeable(drive, fd):
    """The bit is one of its length, that both pages have."""
    drive.sim.set_page(ERRORS, b"\x01\x0a" + b"\xff" * 10, "changeable")
    done = uapi.modify(fd, ERRORS, {(1, 0x02): 0})
    refused(done, errno.EPERM, uapi.NOT_CHANGEABLE)
    assert done.place == (1, 1)
    assert not selects(drive)


class TestChangeable:
    """What the drive says, or does not say, can be changed."""

    def test_shorter_than_the_page(self, drive, fd):
        """As one of page 2Ah: 30 bytes of 54."""
        page = bytes([CAPABILITIES, 52]) + bytes(range(52))
        mask = bytes([CAPABILITIES, 28]) + bytes(12) + b"\xff\xff" + bytes(14)
        drive.sim.set_page(CAPABILITIES, page)
        drive.sim.set_page(CAPABILITIES, mask, "changeable")
        drive.write("refresh", 1)
        done = uapi.modify(fd, CAPABILITIES, {(30, 0x10): 0x10})
        refused(done, errno.EPERM, uapi.NOT_CHANGEABLE)
        assert done.place == (30, 4)
        done = uapi.modify(fd, CAPABILITIES, {(14, 0xff): 0xaa})
        assert (done.error, done.after) == (0, with_byte(page, 14, 0xaa))
        assert selects(drive)[0].received[8:] == with_byte(page, 14, 0xaa)

    @pytest.mark.parametrize("known", [False, True])
    @pytest.mark.parametrize("code", [0x01, 0x0e])
    def test_empty(self, code, known):
        """Length 0, or code 0: nothing is told, and nothing is tried."""
        with attached("broken-changeable-empty") as drive:
            if known:
                drive.read(ERRORS, "changeable")
            done = uapi.modify(drive.fd, code, {RETRIES: 0x20})
            assert done.error in (errno.ENOENT, errno.EPROTO)
            assert done.status.code in (uapi.NO_SUCH_PAGE,
                                        uapi.INVALID_RESPONSE)
            assert not selects(drive)

    def test_refused(self):
        with attached("read-only") as drive:
            done = uapi.modify(drive.fd, ERRORS, {RETRIES: 0x20})
            refused(done, errno.ENOENT, uapi.NO_SUCH_PAGE, uapi.STAGE_SENSE)
            assert sensed(done.status) == (5, 0x24, 0)
            assert not selects(drive)

    def test_failed(self, drive, fd):
        drive.sim.on("mode-sense control=1: sense 2/04/08")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        refused(done, errno.EALREADY, uapi.BUSY, uapi.STAGE_SENSE)
        assert not selects(drive)
        drive.sim.off()
        assert uapi.modify(fd, ERRORS, {RETRIES: 0x20}).error == 0


class TestExpected:
    """Compare-and-set."""

    def test_holds(self, drive, fd):
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20}, expected={RETRIES: 0x10})
        assert done.error == 0
        assert drive.sim.page(ERRORS)[3] == 0x20

    @pytest.mark.parametrize("expected, place", [
        ({RETRIES: 0x30}, (3, 5)),
        ({RETRIES: 0x00}, (3, 4)),
        ({(2, 0x80): 0x80, (8, 0xff): 0x11, (9, 1): 1}, (8, 0)),
        # Bits that can't be changed can be expected all the same.
        ({(0, 0x3f): 0x02}, (0, 1)),
        ({(11, 0xff): 0x01}, (11, 0)),
    ])
    def test_does_not_hold(self, drive, fd, expected, place):
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20}, expected=expected)
        refused(done, errno.ESTALE, uapi.CHANGED_MEANWHILE)
        assert done.place == place
        assert done.before == drive.sim.page(ERRORS)
        assert not selects(drive)

    def test_other_bits_than_those_changed(self, drive, fd):
        expected = {(0, 0x3f): ERRORS, (2, 0xff): 0x80}
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20}, expected=expected)
        assert done.error == 0

    def test_without_a_mask_of_its_own(self, drive, fd):
        """The bits to be changed are those that are expected."""
        mask, value = uapi.bits_of({RETRIES: 0x20})
        for old, error in ((0x14, errno.ESTALE), (0x10, 0)):
            arrays = [(uapi.u8 * 4)(*array) for array in
                      (mask, value, bytes([0xff] * 3 + [old]))]
            where = map(uapi.ctypes.addressof, arrays)
            argument = uapi.Modify(
                size=168, page=ERRORS, length=4,
                **dict(zip(("mask", "value", "expected"), where)))
            assert uapi.call(fd, uapi.MODIFY, argument) == error
        assert drive.sim.page(ERRORS)[3] == 0x20

    @pytest.mark.parametrize("value", [0, 1])
    def test_beyond_the_page(self, drive, fd, value):
        """What is not there holds nothing, not even zeros."""
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20},
                           expected={RETRIES: 0x10, (14, 0xff): value})
        refused(done, errno.ESTALE, uapi.CHANGED_MEANWHILE)
        assert done.place == (14, 7)
        assert not selects(drive)

    def test_highest_bit_beyond_the_page(self, drive, fd):
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20},
                           expected={(12, 0x0c): 0})
        assert (done.error, done.place) == (errno.ESTALE, (12, 3))

    def test_bits_that_can_be_changed_come_first(self, drive, fd):
        done = uapi.modify(fd, ERRORS, {(2, 0x08): 0}, expected={RETRIES: 0})
        assert done.error == errno.EPERM

    def test_same_values_are_no_way_around(self, drive, fd):
        """Nothing would be written, and it is refused."""
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x10}, expected={TB: TB[1]})
        assert done.error == errno.ESTALE


class TestNothingIsWritten:
    def test_dry_run(self, drive, fd):
        before = drive.sim.page(ERRORS)
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x21}, uapi.DRY_RUN)
        assert (done.error, done.result) == (0, 0)
        assert (done.before, done.after) == (before, with_byte(before, 3, 0x21))
        assert set(opcodes(drive)) == {MODE_SENSE_10}
        assert drive.sim.page(ERRORS) == before

    @pytest.mark.parametrize("fields, expected, error", [
        ({(4, 1): 1}, None, errno.EPERM),
        ({RETRIES: 0x20}, {RETRIES: 0x14}, errno.ESTALE),
    ])
    def test_dry_run_finds_what_is_wrong(self, drive, fd, fields, expected,
                                         error):
        done = uapi.modify(fd, ERRORS, fields, uapi.DRY_RUN, expected)
        assert done.error == error

    def test_dry_run_of_saving(self, drive, fd):
        flags = uapi.DRY_RUN | uapi.SAVE
        assert uapi.modify(fd, ERRORS, {RETRIES: 0x20}, flags).error == 0
        done = uapi.modify(fd, 0x08, {(2, 0x01): 1}, flags)
        refused(done, errno.ENOENT, uapi.NO_SUCH_PAGE)
        assert not selects(drive)

    def test_dry_run_with_restore_leaves_nothing_to_restore(self, drive):
        before = drive.sim.page(ERRORS)
        fd = os.open(drive.node, os.O_RDWR)
        uapi.modify(fd, ERRORS, {RETRIES: 0x20}, uapi.DRY_RUN | uapi.RESTORE)
        assert drive.file("holder") == ""
        os.close(fd)
        assert not selects(drive)
        assert drive.sim.page(ERRORS) == before

    @pytest.mark.parametrize("fields", [{}, {RETRIES: 0x10}])
    def test_nothing_to_change(self, drive, fd, fields):
        before = drive.sim.page(ERRORS)
        done = uapi.modify(fd, ERRORS, fields)
        assert (done.error, done.result) == (0, 0)
        assert done.before == done.after == before
        assert set(opcodes(drive)) == {MODE_SENSE_10}

    def test_page_that_is_not_there(self, drive, fd):
        done = uapi.modify(fd, 0x03, {RETRIES: 0x20})
        refused(done, errno.ENOENT, uapi.NO_SUCH_PAGE, uapi.STAGE_SENSE)
        assert done.before is None
        assert not selects(drive)

    def test_page_that_can_not_be_read(self, drive, fd):
        drive.sim.on("mode-sense: sense 2/04/01")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        refused(done, errno.EAGAIN, uapi.BECOMING_READY,
                uapi.STAGE_SENSE)
        assert not selects(drive)

    def test_page_that_came_cut_short(self, drive, fd):
        """What is missing would have to be made up."""
        drive.sim.on("mode-sense page=01: length 12")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        refused(done, errno.EPROTO, uapi.INVALID_RESPONSE, uapi.STAGE_PARSE)
        assert not selects(drive)


class TestSave:
    def test_saved_too(self, drive, fd):
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20}, uapi.SAVE)
        assert (done.error, done.result) == (0, uapi.RESULT_SELECTED)
        select, = selects(drive)
        assert select.cdb[1] == 0x11
        assert drive.sim.page(ERRORS, SAVED)[3] == 0x20

    def test_only_when_asked_to(self, drive, fd):
        saved = drive.sim.page(ERRORS, SAVED)
        uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        assert selects(drive)[0].cdb[1] == 0x10
        assert drive.sim.page(ERRORS, SAVED) == saved

    def test_values_that_are_in_effect_already(self, drive, fd):
        """They may not be saved yet."""
        uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20}, uapi.SAVE)
        assert (done.error, done.result) == (0, uapi.RESULT_SELECTED)
        assert drive.sim.page(ERRORS, SAVED)[3] == 0x20

    def test_page_that_can_not_be_saved(self, drive, fd):
        """Its PS bit says so: nothing is written."""
        before = drive.sim.page(0x08)
        done = uapi.modify(fd, 0x08, {(2, 0x01): 1}, uapi.SAVE)
        refused(done, errno.ENOENT, uapi.NO_SUCH_PAGE)
        assert done.before == before
        assert not selects(drive)

    @pytest.mark.parametrize("sense, error", [
        ("5/24/00", errno.ENOENT),
        ("5/24/00 cdb=1", errno.ENOENT),
        ("5/24/00 cdb=1.0", errno.ENOENT),
        ("5/39/00", errno.EOPNOTSUPP),
    ])
    def test_refused(self, drive, fd, sense, error):
        drive.sim.on(f"mode-select: sense {sense}")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20}, uapi.SAVE)
        refused(done, error, uapi.NO_SUCH_PAGE, uapi.STAGE_SELECT)
        assert len(selects(drive)) == 1

    def test_not_to_be_restored(self, drive, fd):
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20}, uapi.SAVE | uapi.RESTORE)
        refused(done, errno.EINVAL, uapi.INVALID_ARGUMENT)
        assert not opcodes(drive)


class TestSixBytes:
    """Old drives, with the shorter commands only, or for MODE SELECT only."""

    def test_longer_select_is_not_known(self, drive, fd):
        drive.sim.on("mode-select form=10: sense 5/20/00")
        before = drive.sim.page(ERRORS)
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        assert (done.error, done.result) == (0, uapi.RESULT_SELECTED)
        longer, shorter = selects(drive)
        page = with_byte(before, 3, 0x20)
        assert longer.opcode == MODE_SELECT_10
        assert shorter.cdb[:6] == bytes.fromhex("15 10 00 00 10 00")
        assert shorter.received == bytes(4) + bytes([page[0] & 0x7f]) + page[1:]

    def test_neither_is_known(self, drive, fd):
        drive.sim.on("mode-select: sense 5/20/00")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        refused(done, errno.ENOENT, uapi.NO_SUCH_PAGE, uapi.STAGE_SELECT)
        assert [select.opcode for select in selects(drive)] == \
            [MODE_SELECT_10, MODE_SELECT_6]

    def test_shorter_ones_only(self):
        """Nothing else is tried any more, and no block descriptor is sent."""
        with attached("scsi2-reader") as drive:
            drive.sim.clear()
            before = drive.sim.page(ERRORS)
            done = uapi.modify(drive.fd, ERRORS, {RETRIES: 0x20, (2, 1): 1})
            after = with_bits(with_byte(before, 3, 0x20), 2, 1)
            assert (done.error, done.before, done.after) == (0, before, after)
            select, = selects(drive)
            assert select.cdb[:6] == bytes.fromhex("15 10 00 00 0c 00")
            assert select.received == bytes(4) + after
            assert set(opcodes(drive)) == {0x1a, MODE_SELECT_6}


def test_restore_on_close(drive):
    before = drive.sim.page(ERRORS)
    fd = os.open(drive.node, os.O_RDWR)
    done = uapi.modify(fd, ERRORS, {RETRIES: 0x20}, uapi.RESTORE)
    assert done.error == 0
    assert drive.sim.page(ERRORS) == with_byte(before, 3, 0x20)
    os.close(fd)
    assert drive.sim.page(ERRORS) == before


def test_changeable_values_longer_than_the_page(drive, fd):
    """There is no bit to change where the page has none."""
    mask = drive.sim.page(ERRORS, "changeable")
    drive.sim.set_page(ERRORS, bytes([mask[0], mask[1] + 2]) + mask[2:] +
                       b"\xff\xff", "changeable")
    drive.write("refresh", 1)
    done = uapi.modify(fd, ERRORS, {(len(mask), 0x01): 0x01})
    drive.sim.set_page(ERRORS, mask, "changeable")
    drive.write("refresh", 1)
    refused(done, errno.EPERM, uapi.NOT_CHANGEABLE)
    assert done.place == (len(mask), 0)


def test_saved_values_are_not_known_any_more(drive, fd):
    saved, current = 3, 0
    assert uapi.get(fd, ERRORS, saved)[0] == uapi.get(fd, ERRORS)[0] == 0
    assert uapi.modify(fd, ERRORS, {RETRIES: 0x20}).error == 0
    assert uapi.get(fd, ERRORS, saved, flags=uapi.CACHED)[0] == 0
    assert uapi.modify(fd, ERRORS, {RETRIES: 0x24}, uapi.SAVE).error == 0
    assert uapi.get(fd, ERRORS, saved, flags=uapi.CACHED)[0] == errno.ENODATA
    error, _, page = uapi.get(fd, ERRORS, current, flags=uapi.CACHED)
    assert (error, page[3]) == (0, 0x24)
