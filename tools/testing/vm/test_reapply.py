# SPDX-License-Identifier: MIT
"""
Changes with RESTORE in a drive that is reset, or has slept: they are put in force
again, and what was before is put back in the end all the same.
"""

import os

import pytest

import uapi
from attached import attached
from drives import wait_until
from restoring import (AUDIO, DCR, ERRORS, OFFLINE, PER, RETRIES, VOLUME,
                       WARNING, Messages, begin, change, opened, selects,
                       with_field)
from simulated import TEST_UNIT_READY, sgio
from test_power import suspend_drivers
from test_snapshots import COUNTED
from uevents import Uevents, codes

FAILED = "can not put in force again values of mode pages "
FIRST, SECOND = 0x21, 0x42


@pytest.fixture(scope="module")
def shared():
    """sr does not ask it, and so does not learn of its news."""
    with attached("bd-writer", polled=False) as drive:
        yield drive


@pytest.fixture
def drive(shared):
    yield begin(shared)
    shared.sim.off()
    assert shared.file("holder") == ""


def lose(drive, asc=0x29, pages=(ERRORS,)):
    """As a reset does: values as at the beginning, and news of it."""
    for page in pages:
        drive.sim.set_page(page, drive.sim.page(page, "default"))
    drive.sim.attention(asc, 0)


def lose_unseen(drive):
    """Whoever comes first gets the news, and that is not we."""
    with sgio.Device(drive.sim.block) as device:
        lose(drive)
        assert device.execute(TEST_UNIT_READY).codes == (6, 0x29, 0)


def told(events, drive):
    events.quiet()
    return [(codes(event["MODEPAGES_CHANGED"]), event["MODEPAGES_CAUSE"])
            for event in events.of(drive.sim.address, "change")]


# The midlayer of newer kernels counts those that others were told of.
RESETS = ["seen", "counted"] if COUNTED else ["seen"]


def again(drive, page):
    wait_until(lambda: drive.sim.page(ERRORS) == page, "it is in force again")
    drive.looked_at_anew()


@pytest.mark.parametrize("how", [*RESETS, "slept"])
def test_in_force_again(drive, how):
    """With one event, of one cause."""
    before = drive.sim.page(ERRORS)
    fd = opened(drive)
    change(fd, ERRORS, {PER: 0x04, RETRIES: FIRST})
    ours = drive.sim.page(ERRORS)
    with Uevents() as events, Messages() as messages:
        events.quiet()
        events.seen.clear()
        drive.sim.clear()
        if how == "slept":
            drive.sim.set_page(ERRORS, before)
            suspend_drivers()
        else:
            (lose_unseen if how == "counted" else lose)(drive)
            drive.page(AUDIO)
            drive.get(AUDIO, flags=uapi.CACHED)
        again(drive, ours)
        assert told(events, drive) == [([ERRORS], "restore")]
        assert len(selects(drive)) == 1
        assert messages.of(drive.sim.address) == []
    os.close(fd)
    assert drive.sim.page(ERRORS) == before


def test_several_files_and_pages(drive):
    """Of the same bits, the last one counts."""
    before = {page: drive.sim.page(page) for page in (ERRORS, AUDIO)}
    files = [opened(drive) for _ in range(3)]
    change(files[0], ERRORS, {RETRIES: FIRST, PER: 0x04})
    change(files[1], ERRORS, {RETRIES: SECOND})
    change(files[2], AUDIO, {VOLUME: 0x11})
    ours = {page: drive.sim.page(page) for page in before}
    with Uevents() as events:
        events.quiet()
        events.seen.clear()
        drive.sim.clear()
        lose(drive, pages=before)
        drive.page(OFFLINE)
        again(drive, ours[ERRORS])
        assert told(events, drive) == [([ERRORS, AUDIO], "restore")]
    assert len(selects(drive)) == 2
    assert {page: drive.sim.page(page) for page in before} == ours
    os.close(files[1])
    assert drive.sim.page(ERRORS) == with_field(ours[ERRORS], RETRIES, FIRST)
    for fd in files[0], files[2]:
        os.close(fd)
    assert {page: drive.sim.page(page) for page in before} == before


def test_nothing_was_lost(drive):
    fd = opened(drive)
    change(fd, ERRORS, {PER: 0x04})
    with Uevents() as events:
        events.quiet()
        events.seen.clear()
        drive.sim.clear()
        drive.sim.attention(0x29, 0)
        drive.page(AUDIO)
        drive.looked_at_anew()
        assert told(events, drive) == []
    assert selects(drive) == []
    os.close(fd)


@pytest.mark.parametrize("asc", [0x28, 0x3f])
def test_other_news(drive, asc):
    """Whoever has changed it had his reason."""
    fd = opened(drive)
    change(fd, ERRORS, {PER: 0x04})
    drive.sim.clear()
    lose(drive, asc)
    drive.page(AUDIO)
    drive.looked_at_anew()
    assert selects(drive) == []
    assert drive.sim.page(ERRORS)[2] & PER[1] == 0
    os.close(fd)


def test_after_keep(drive):
    """It is not in anybody's care any more."""
    fd = opened(drive)
    change(fd, ERRORS, {PER: 0x04})
    uapi.keep(fd)
    drive.sim.clear()
    lose(drive)
    drive.page(AUDIO)
    drive.looked_at_anew()
    assert selects(drive) == []
    os.close(fd)


@pytest.mark.parametrize("how", RESETS)
@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=str)
def test_change_before_it_is_in_force_again(drive, how, order):
    """It goes on top."""
    before = drive.sim.page(ERRORS)
    files = [opened(drive), opened(drive)]
    change(files[0], ERRORS, {RETRIES: FIRST, PER: 0x04})
    (lose_unseen if how == "counted" else lose)(drive)
    done = change(files[1], ERRORS, {RETRIES: SECOND, DCR: 0x01})
    assert (done.before[3], done.before[2] & PER[1]) == (FIRST, PER[1])
    ours = drive.sim.page(ERRORS)
    assert (ours[3], ours[2] & 0x05) == (SECOND, 0x05)
    drive.looked_at_anew()
    assert drive.sim.page(ERRORS) == ours
    os.close(files[order[0]])
    assert drive.sim.page(ERRORS)[3] == (FIRST if order[0] else SECOND)
    os.close(files[order[1]])
    assert drive.sim.page(ERRORS) == before


def test_close_before_it_is_in_force_again(drive):
    """The values of the reset are not ours, they stay; no others come later."""
    fd = opened(drive)
    change(fd, ERRORS, {PER: 0x04})
    other = opened(drive)
    change(other, ERRORS, {RETRIES: FIRST})
    reset = with_field(drive.sim.page(ERRORS), PER, 0)
    lose(drive)
    os.close(fd)
    again(drive, reset)
    os.close(other)
    assert drive.sim.page(ERRORS) == with_field(
        reset, RETRIES, drive.sim.page(ERRORS, "default")[3])


def test_drive_that_is_not_ready_after_it(drive):
    before = drive.sim.page(ERRORS)
    fd = opened(drive)
    change(fd, ERRORS, {PER: 0x04})
    ours = drive.sim.page(ERRORS)
    lose(drive)
    with Messages() as messages:
        assert drive.page(AUDIO)
        number = drive.sim.on("mode-sense form=10: sense 2/04/01")
        wait_until(lambda: len(drive.asked(page=ERRORS)) > 1, "it is tried")
        drive.sim.off(number)
        again(drive, ours)
        assert messages.of(drive.sim.address) == []
    os.close(fd)
    assert drive.sim.page(ERRORS) == before


def test_refused(drive):
    """It is said once, and nothing is to be put back then."""
    fd = opened(drive)
    change(fd, ERRORS, {PER: 0x04})
    change(fd, AUDIO, {VOLUME: 0x11})
    ours = drive.sim.page(AUDIO)
    with Messages() as messages:
        drive.sim.on(f"mode-select page={ERRORS:02x}: sense 5/26/00")
        lose(drive, pages=(ERRORS, AUDIO))
        drive.page(OFFLINE)
        wait_until(lambda: drive.sim.page(AUDIO) == ours, "the other is again")
        wait_until(lambda: messages.of(drive.sim.address), "it is said")
        drive.looked_at_anew()
        assert messages.of(drive.sim.address) == [
            (WARNING, f"{FAILED}01: invalid_mode_parameters 05/26/00")]
        before = drive.sim.page(ERRORS)
        os.close(fd)
        assert len(messages.of(drive.sim.address)) == 1
    assert drive.sim.page(ERRORS) == before
    assert drive.sim.page(AUDIO) == drive.sim.page(AUDIO, "default")


def test_exclusive(drive):
    """Who has the drive for himself has the changes, too."""
    before = drive.sim.page(ERRORS)
    drive_fd = os.open(drive.node, os.O_RDWR | os.O_EXCL)
    change(drive_fd, ERRORS, {PER: 0x04})
    ours = drive.sim.page(ERRORS)
    lose(drive)
    assert uapi.get(drive_fd, AUDIO)[0] == 0
    wait_until(lambda: drive.sim.page(ERRORS) == ours, "it is in force again")
    os.close(drive_fd)
    assert drive.sim.page(ERRORS) == before
