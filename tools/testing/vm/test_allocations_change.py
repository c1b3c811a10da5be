# SPDX-License-Identifier: MIT
"""
Every allocation fails once while pages are changed, put back, put in force again,
and told. For a kernel with CONFIG_FAILSLAB only.
"""

import errno
import os
import select

import pytest

import uapi
from changing import RETRIES, selects, with_bits, with_byte
from drives import without_udev
from failslab import NO_MEMORY, failslab, function_text, refresh, refusals
from failslab import drive, refused  # noqa: F401, pylint: disable=unused-import
from restoring import Messages
from uevents import Uevents

# pylint: disable=redefined-outer-name

AUDIO = 0x0e
DCR = (2, 0x01)


def other(page):
    """Another value of the read retry count, which the drive takes as it is."""
    return 0x20 if page[3] != 0x20 else 0x10


def modify(drive, fd, flags=0):
    return uapi.modify(fd, 0x01, {RETRIES: other(drive.sim.page(0x01))}, flags)


def modify_expected(drive, fd, flags=0):
    page = drive.sim.page(0x01)
    return uapi.modify(fd, 0x01, {RETRIES: other(page)}, flags,
                       expected={RETRIES: page[3]})


def set_page(drive, fd, flags=0):
    page = bytearray(drive.sim.page(0x01))
    page[3] = other(page)
    return uapi.set_page(fd, page, flags)


@pytest.mark.parametrize("change", [modify, modify_expected, set_page])
def test_change(drive, refused, change):
    """Made, or not made; or it is said that nobody could look."""
    unseen = []

    def action():
        before = drive.sim.page(0x01)
        done = change(drive, drive.fd)
        if done.status.stage == uapi.STAGE_VERIFY:
            assert (done.error, done.status.code) == (errno.EIO,
                                                      uapi.VERIFY_FAILED)
            unseen.append(done)
            return errno.ENOMEM
        assert done.status.code == (NO_MEMORY if done.error else uapi.OK)
        assert (drive.sim.page(0x01) == before) == bool(done.error)
        return done.error
    refusals(refused.each(action))
    assert unseen and action() == 0


def test_dry_run(drive, refused):
    """What would come of it is told as a whole, or not at all."""
    before = drive.sim.page(0x01)
    after = with_byte(before, 3, other(before))

    def action():
        done = modify(drive, drive.fd, uapi.DRY_RUN)
        assert done.status.code == (NO_MEMORY if done.error else uapi.OK)
        assert done.after == (None if done.error else after)
        return done.error
    drive.sim.clear()
    refusals(refused.each(action))
    assert action() == 0
    assert selects(drive) == [] and drive.sim.page(0x01) == before


@pytest.mark.parametrize("change", [modify, set_page])
def test_restore(drive, refused, change):
    """Whatever it was that there was no memory for, all is put back."""
    before = drive.sim.page(0x01)

    def action():
        try:
            fd = os.open(drive.node, os.O_RDWR)
        except OSError as error:
            return error.errno
        done = change(drive, fd, uapi.RESTORE)
        os.close(fd)
        assert drive.sim.page(0x01) == before
        return errno.ENOMEM if done.error else 0
    refusals(refused.each(action))
    assert action() == 0


def lose(drive, before):
    """A reset, of which it will tell whoever comes next."""
    drive.sim.set_page(0x01, before)
    drive.sim.attention(0x29, 0)


def test_in_force_again(drive):
    """If not at once, then the next time that the drive is looked at."""
    before, fd = drive.sim.page(0x01), os.open(drive.node, os.O_RDWR)
    assert modify(drive, fd, uapi.RESTORE).error == 0
    ours = drive.sim.page(0x01)

    def action():
        lose(drive, before)
        drive.page(AUDIO)
        drive.write("refresh", 1)
        at_once = drive.sim.page(0x01) == ours
        drive.write("refresh", 1)
        assert drive.sim.page(0x01) == ours
        return at_once
    with without_udev(), Messages() as messages, \
            failslab.below(*function_text("modepages_image_put")):
        assert False in list(failslab.each(action))
        assert messages.of(drive.sim.address) == []
    assert action()
    os.close(fd)
    assert drive.sim.page(0x01) == before


def test_change_before_it_is_in_force_again(drive, refused):
    """It goes on top, or comes to nothing; what was there before is not lost."""
    before, fd = drive.sim.page(0x01), os.open(drive.node, os.O_RDWR)
    assert modify(drive, fd, uapi.RESTORE).error == 0
    ours = drive.sim.page(0x01)

    def action():
        lose(drive, before)
        done = uapi.modify(drive.fd, 0x01, {DCR: DCR[1]})
        if done.error != errno.ENOMEM:
            assert not done.error or done.status.stage == uapi.STAGE_VERIFY
            assert drive.sim.page(0x01) == with_bits(ours, *DCR)
            return errno.ENOMEM if done.error else 0
        assert drive.sim.page(0x01) in (before, ours)
        # The first one may be the first to hear of the reset.
        for _ in range(2):
            drive.write("refresh", 1)
        assert drive.sim.page(0x01) == ours
        return done.error
    refusals(refused.each(action))
    assert action() == 0
    os.close(fd)
    assert drive.sim.page(0x01) == with_bits(before, *DCR)


def by_read(drive, page):
    drive.sim.set_page(0x01, page)
    return drive.get(0x01)[0]


def by_refresh(drive, page):
    drive.sim.set_page(0x01, page)
    return refresh(drive)


def by_select(drive, page):
    return uapi.modify(drive.fd, 0x01, {RETRIES: page[3]}).error


def heard(events, address, count):
    """False where the kernel only says that some of them were missed."""
    try:
        return events.wait(address, "change", count)[-1]
    except OSError as error:
        assert error.errno == errno.ENOBUFS
        return False


@pytest.mark.parametrize("way, cause", [(by_read, "read"), (by_select, "select"),
                                        (by_refresh, "refresh")])
def test_event(drive, way, cause):
    """Told later, but told, and once; who polls the node is woken meanwhile."""
    told, poll = [], select.poll()
    poll.register(drive.fd, select.POLLPRI)

    def action():
        page = drive.sim.page(0x01)
        uapi.info(drive.fd)
        number = way(drive, with_byte(page, 3, other(page)))
        assert poll.poll(0) == [(drive.fd, select.POLLPRI)]
        event = heard(events, drive.sim.address, told.count(True) + 1)
        told.append(bool(event))
        assert not event or \
            (event["MODEPAGES_CHANGED"], event["MODEPAGES_CAUSE"]) == ("01", cause)
        return number
    with without_udev(), Uevents() as events, \
            failslab.below(*function_text("kobject_uevent_env")):
        outcomes = list(failslab.each(action))
        events.quiet()
        assert len(events.of(drive.sim.address)) == told.count(True)
    # Of all that it takes, the last is that of the one listener.
    assert set(outcomes) <= {0, errno.ENOMEM}
    assert told.count(False) < len(outcomes)
