# SPDX-License-Identifier: MIT
"""
What a drive makes of a page that it was given: it rounds, it has news, it says
yes and does something else.
"""

import errno

import pytest

import uapi
from attached import attached
from changing import (OTHER, ERRORS, RETRIES, WRITE_RETRIES, refused, selects,
                      sensed, with_bits, with_byte)
from changing import drive, fd, shared  # noqa: F401, pylint: disable=unused-import
from drives import wait_until

# pylint: disable=redefined-outer-name

POWER = 0x1a
# The read-back.
AGAIN = "mode-sense page=01 control=0 after=1 times=1"


class TestRounded:
    """1/37/00: the drive has taken another value, and says so."""

    def test_told_with_both_pages(self, drive, fd):
        before = drive.sim.page(ERRORS)
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x23})
        assert (done.error, done.status.code) == (0, uapi.OK)
        assert done.status.stage == 0
        assert done.result == uapi.RESULT_SELECTED | uapi.RESULT_ROUNDED | \
            uapi.RESULT_DIFFERS
        assert sensed(done.status) == (1, 0x37, 0)
        assert (done.before, done.after) == (before, with_byte(before, 3, 0x20))

    def test_a_number_of_four_bytes(self, drive, fd):
        fields = {(4 + i, 0xff): byte for i, byte in
                  enumerate((36001).to_bytes(4, "big"))}
        done = uapi.modify(fd, POWER, fields)
        assert done.error == 0 and done.result & uapi.RESULT_ROUNDED
        assert int.from_bytes(done.after[4:8], "big") == 36000

    def test_something_else_was_rounded(self, drive, fd):
        """What was asked for is as it was asked for."""
        page = with_byte(drive.sim.page(ERRORS), 3, 0x11)
        drive.sim.set_page(ERRORS, page)
        done = uapi.modify(fd, ERRORS, {WRITE_RETRIES: 7})
        assert done.error == 0
        assert done.result == uapi.RESULT_SELECTED | uapi.RESULT_ROUNDED
        assert done.after == with_byte(with_byte(page, 3, 0x10), 8, 7)

    def test_said_without_need(self, drive, fd):
        """And not done, which the page after shows."""
        drive.sim.on("mode-select: sense 1/37/00")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        assert done.error == 0
        assert done.result == uapi.RESULT_SELECTED | uapi.RESULT_ROUNDED | \
            uapi.RESULT_DIFFERS
        assert done.after == done.before

    def test_another_recovered_error(self, drive, fd):
        drive.sim.on("mode-select: sense 1/17/01")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        refused_by_verify(done, drive, (3, 5))
        assert not done.result & uapi.RESULT_ROUNDED


def refused_by_verify(done, drive, place):
    """It said yes, and holds something else."""
    assert (done.error, done.status.code, done.status.stage) == \
        (errno.EIO, uapi.VERIFY_FAILED, uapi.STAGE_VERIFY)
    assert done.result == uapi.RESULT_SELECTED | uapi.RESULT_DIFFERS
    assert done.place == place
    assert done.after == drive.sim.page(ERRORS)
    assert drive.file("last_status").startswith("verify_failed ")


class TestVerify:
    @pytest.mark.parametrize("value, place", [(0x10, (3, 5)), (0x28, (3, 3)),
                                              (0x22, (3, 1))])
    def test_another_value(self, drive, fd, value, place):
        before = drive.sim.page(ERRORS)
        other = with_byte(before, 3, value)
        drive.sim.on(f"{AGAIN}: page 01 current {other.hex(' ')}")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        refused_by_verify(done, drive, place)
        assert (done.before, done.after) == (before, other)

    def test_other_bits_are_not_our_business(self, drive, fd):
        other = with_byte(with_byte(drive.sim.page(ERRORS), 3, 0x20), 11, 0x5a)
        drive.sim.on(f"{AGAIN}: page 01 current {other.hex(' ')}")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        assert (done.error, done.result) == (0, uapi.RESULT_SELECTED)
        assert done.after == other

    def test_nothing_was_done(self):
        """Good status, and the drive has not even looked at it."""
        with attached("dvd-writer") as drive:
            before = drive.sim.page(ERRORS)
            drive.sim.on(f"{AGAIN}: page 01 current {before.hex(' ')}")
            done = uapi.modify(drive.fd, ERRORS, {RETRIES: 0x20, OTHER: OTHER[1]})
            refused_by_verify(done, drive, (2, 6))
            assert done.after == before

    def test_page_has_another_length_now(self, drive, fd):
        other = bytes([0x81, 0x06]) + drive.sim.page(ERRORS)[2:8]
        drive.sim.on(f"{AGAIN}: page 01 current {other.hex(' ')}")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        assert (done.error, done.status.code) == (errno.EIO, uapi.VERIFY_FAILED)
        assert done.result == uapi.RESULT_SELECTED | uapi.RESULT_DIFFERS

    def test_dry_run_is_followed_by_no_check(self, drive, fd):
        drive.sim.on("mode-sense page=01 after=2: sense 4/44/00")
        assert uapi.modify(fd, ERRORS, {RETRIES: 0x20},
                           uapi.DRY_RUN).error == 0

    @pytest.mark.parametrize("action, sense", [
        ("sense 4/44/00", (4, 0x44, 0)),
        ("sense 2/3a/00", (2, 0x3a, 0)),
        ("sense 5/24/00", (5, 0x24, 0)),
        ("zero", None),
        ("short 4", None),
    ])
    def test_can_not_be_read_back(self, drive, fd, action, sense):
        drive.sim.on(f"{AGAIN.replace(' times=1', '')}: {action}")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        assert (done.error, done.status.code, done.status.stage) == \
            (errno.EIO, uapi.VERIFY_FAILED, uapi.STAGE_VERIFY)
        assert (done.result, done.after) == (uapi.RESULT_SELECTED, None)
        assert sensed(done.status) == sense
        assert drive.sim.page(ERRORS)[3] == 0x20

    def test_saved_values_are_refused(self, drive, fd):
        """It is the read-back that was, which has no errno of its own."""
        drive.sim.on(f"{AGAIN}: sense 5/39/00")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        assert (done.error, done.status.code) == (errno.EIO, uapi.VERIFY_FAILED)

    def test_unplugged_before_it_is_read_back(self):
        with attached("dvd-writer") as drive:
            drive.sim.on(f"{AGAIN}: unplug")
            done = uapi.modify(drive.fd, ERRORS, {RETRIES: 0x20})
            assert (done.error, done.status.code, done.status.stage) == \
                (errno.ENODEV, uapi.NO_DEVICE, uapi.STAGE_VERIFY)
            assert (done.result, done.after) == (uapi.RESULT_SELECTED, None)
            wait_until(lambda: not drive.sim.plugged, "it is gone")


NEWS = ["28/00", "29/00", "29/04", "2a/01", "3f/01"]


class TestNews:
    """Unit attentions: what was read before tells nothing any more."""

    @pytest.mark.parametrize("attention", NEWS)
    def test_of_another_host_between_look_and_leap(self, drive, fd, attention):
        """He has set a bit of the same page: it stays."""
        before = drive.sim.page(ERRORS)
        other = with_bits(before, 2, OTHER[1])
        drive.sim.on(f"mode-select times=1: page 01 current {other.hex(' ')}; "
                     f"attention {attention}")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        assert (done.error, done.result) == (0, uapi.RESULT_SELECTED)
        assert done.before == other
        assert done.after == drive.sim.page(ERRORS) == with_byte(other, 3, 0x20)
        assert len(selects(drive)) == 2

    @pytest.mark.parametrize("attention", NEWS)
    def test_expected_value_is_looked_at_again(self, drive, fd, attention):
        other = with_byte(drive.sim.page(ERRORS), 3, 0x40)
        drive.sim.on(f"mode-select times=1: page 01 current {other.hex(' ')}; "
                     f"attention {attention}")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20}, expected={RETRIES: 0x10})
        refused(done, errno.ESTALE, uapi.CHANGED_MEANWHILE)
        assert done.place == (3, 6)
        assert drive.sim.page(ERRORS) == other

    @pytest.mark.parametrize("attention", NEWS)
    def test_before_the_first_look(self, drive, fd, attention):
        drive.sim.on(f"mode-sense times=1: sense 6/{attention}")
        assert uapi.modify(fd, ERRORS, {RETRIES: 0x20}).error == 0
        assert len(selects(drive)) == 1

    def test_before_what_can_be_changed_is_told(self, drive, fd):
        """Between the look at the page, and the one at what can be changed."""
        drive.sim.on("mode-sense control=1 times=1: attention 2a/01")
        assert uapi.modify(fd, ERRORS, {RETRIES: 0x20}).error == 0
        assert drive.sim.page(ERRORS)[3] == 0x20

    def test_while_what_can_be_changed_is_told(self, drive, fd):
        """The page has been looked at before the news: that does not count."""
        before = drive.sim.page(ERRORS)
        other = with_bits(before, 2, OTHER[1])
        drive.sim.on("mode-sense control=1 times=1: "
                     f"page 01 current {other.hex(' ')}; attention 2a/01")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        assert done.error == 0
        assert drive.sim.page(ERRORS) == with_byte(other, 3, 0x20)

    def test_of_something_else(self, drive, fd):
        """The page is as it was: it is sent again, and no more."""
        drive.sim.on("mode-select times=1: sense 6/2a/09")
        assert uapi.modify(fd, ERRORS, {RETRIES: 0x20}).error == 0
        one, other = selects(drive)
        assert one.received == other.received
        assert len(drive.asked(control=0)) == 2

    def test_after_it_was_done(self, drive, fd):
        """A new disc, say: the page after is what it is then."""
        drive.sim.on(f"{AGAIN}: sense 6/28/00")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        assert (done.error, done.after) == (0, drive.sim.page(ERRORS))

    def test_reset_after_it_was_done(self, drive, fd):
        """The value is gone again, and that is told."""
        before = drive.sim.page(ERRORS)
        drive.sim.on(f"{AGAIN}: page 01 current {before.hex(' ')}; "
                     "attention 29/00")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        refused_by_verify(done, drive, (3, 5))

    def test_without_end(self, drive, fd):
        before = drive.sim.page(ERRORS)
        drive.sim.on("mode-select: sense 6/2a/01")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        refused(done, errno.EALREADY, uapi.BUSY)
        assert 2 <= len(selects(drive)) <= 8
        assert drive.sim.page(ERRORS) == before

    def test_of_something_else_without_end(self, drive, fd):
        drive.sim.on("mode-select: sense 6/2e/00")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        refused(done, errno.EIO, uapi.FAIL, uapi.STAGE_SELECT)
        assert sensed(done.status) == (6, 0x2e, 0)
        assert 2 <= len(selects(drive)) <= 8

    def test_what_was_known_is_forgotten(self, drive, fd):
        drive.read(0x0e)
        before = uapi.info(fd)[1].generation
        drive.sim.on("mode-select times=1: sense 6/3f/01")
        assert uapi.modify(fd, ERRORS, {RETRIES: 0x20}).error == 0
        assert uapi.info(fd)[1].generation > before
