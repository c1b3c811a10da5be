# SPDX-License-Identifier: MIT
"""
Changes with RESTORE: what is put back when the last one closes the file, what is
not, and what is told of it.
"""

import ctypes
import errno
import os
import signal
import socket

import pytest

import drives
import uapi
from attached import attached
from drives import read, wait_until
from restoring import (AUDIO, DCR, ERRORS, INACTIVITY, MORE_RETRIES, OFFLINE,
                       PER, READ_REALLOC, RETRIES, VOLUME, WRITE_REALLOC, Child,
                       Closing, by_sg_io, change, opened, selects,
                       with_field)
from restoring import drive, shared  # noqa: F401, pylint: disable=unused-import
from uevents import Uevents, codes

# pylint: disable=redefined-outer-name


# What is put back.

def test_exactly_the_changed_bits(drive):
    before = drive.sim.page(ERRORS)
    fd = opened(drive)
    change(fd, ERRORS, {PER: 0x04, WRITE_REALLOC: 0})
    assert drive.sim.page(ERRORS)[2] == 0x04
    others = with_field(with_field(drive.sim.page(ERRORS), READ_REALLOC, 0x40),
                        RETRIES, 0x77)
    by_sg_io(drive, others)
    drive.sim.clear()
    os.close(fd)
    expected = with_field(with_field(before, READ_REALLOC, 0x40), RETRIES, 0x77)
    assert drive.sim.page(ERRORS) == expected
    select, = selects(drive)
    assert select.received == bytes(8) + expected
    assert not select.cdb[1] & 1


def test_bits_that_somebody_else_has_changed(drive):
    """They are his now; the others of the same change are put back."""
    before = drive.sim.page(ERRORS)
    fd = opened(drive)
    change(fd, ERRORS, {PER: 0x04, DCR: 0x01, RETRIES: 0x55})
    by_sg_io(drive, with_field(drive.sim.page(ERRORS), PER, 0))
    by_sg_io(drive, with_field(drive.sim.page(ERRORS), (3, 0x01), 0))
    os.close(fd)
    assert drive.sim.page(ERRORS) == with_field(before, (3, 0x01), 0)
    # That is a bit that is the same before and after.
    assert before[3] & 0x01 == 0


def test_bit_that_somebody_else_has_given_a_third_value(drive):
    """Each bit is looked at for itself."""
    before = drive.sim.page(ERRORS)
    assert before[2] & PER[1] == 0 and before[2] & WRITE_REALLOC[1]
    fd = opened(drive)
    change(fd, ERRORS, {PER: 0x04, WRITE_REALLOC: 0x80})
    # One that has kept its value counts as changed, too.
    by_sg_io(drive, with_field(drive.sim.page(ERRORS), WRITE_REALLOC, 0))
    os.close(fd)
    assert drive.sim.page(ERRORS) == with_field(before, WRITE_REALLOC, 0)


def test_value_of_before_is_there_already(drive):
    before = drive.sim.page(ERRORS)
    fd = opened(drive)
    change(fd, ERRORS, {PER: 0x04})
    by_sg_io(drive, before)
    drive.sim.clear()
    os.close(fd)
    assert selects(drive) == []
    assert drive.sim.page(ERRORS) == before


def test_change_that_is_none(drive):
    fd = opened(drive)
    change(fd, ERRORS, {WRITE_REALLOC: 0x80})
    os.close(fd)
    assert selects(drive) == []


def test_several_changes_of_a_page_at_once(drive):
    before = drive.sim.page(ERRORS)
    fd = opened(drive)
    change(fd, ERRORS, {PER: 0x04})
    change(fd, ERRORS, {RETRIES: 0x11})
    change(fd, ERRORS, {MORE_RETRIES: 0x22, RETRIES: 0x33})
    drive.sim.clear()
    os.close(fd)
    assert drive.sim.page(ERRORS) == before
    assert len(selects(drive)) == 1


def test_several_pages(drive):
    fields = {ERRORS: {PER: 0x04}, OFFLINE: {INACTIVITY: 0x09},
              AUDIO: {VOLUME: 0x80}}
    before = {page: drive.sim.page(page) for page in fields}
    fd = opened(drive)
    for _ in range(2):
        for page, wanted in fields.items():
            change(fd, page, wanted)
    drive.sim.clear()
    os.close(fd)
    assert {page: drive.sim.page(page) for page in fields} == before
    assert sorted(entry.received[8] for entry in selects(drive)) == \
        sorted(fields)


def test_set(drive):
    """The bits in which the page differs from the one before."""
    before = drive.sim.page(ERRORS)
    wanted = with_field(with_field(before, PER, 0x04), RETRIES, 0x44)
    fd = opened(drive)
    assert uapi.set_page(fd, wanted, uapi.RESTORE).error == 0
    assert drive.sim.page(ERRORS) == wanted
    by_sg_io(drive, with_field(wanted, MORE_RETRIES, 0x66))
    os.close(fd)
    assert drive.sim.page(ERRORS) == with_field(before, MORE_RETRIES, 0x66)


def test_without_restore(drive):
    fd = opened(drive)
    change(fd, ERRORS, {PER: 0x04}, flags=0)
    drive.sim.clear()
    os.close(fd)
    assert drive.sim.commands("mode-sense", page=ERRORS) == []
    assert drive.sim.page(ERRORS)[2] & PER[1]


# Changes that fail, and what is to be put back of them.

def test_refused_change(drive):
    """There is nothing to put back, and that is known."""
    drive.sim.on("mode-select times=1: sense 5/26/00")
    fd = opened(drive)
    assert uapi.modify(fd, ERRORS, {PER: 0x04}, uapi.RESTORE).error
    assert drive.file("holder") == ""
    drive.sim.clear()
    os.close(fd)
    assert drive.sim.commands("mode-sense", page=ERRORS) == []


def test_change_that_could_not_be_looked_at(drive):
    before = drive.sim.page(ERRORS)
    fd = opened(drive)
    # The mask is known from now on: the next but one is of the page after.
    change(fd, ERRORS, {DCR: 0x01}, flags=uapi.DRY_RUN)
    drive.sim.on("mode-sense page=01 after=1 times=1: sense 4/44/00")
    done = uapi.modify(fd, ERRORS, {PER: 0x04}, uapi.RESTORE)
    assert done.status.code == uapi.VERIFY_FAILED
    assert drive.sim.page(ERRORS) == with_field(before, PER, 0x04)
    os.close(fd)
    assert drive.sim.page(ERRORS) == before


def test_change_whose_answer_got_lost(drive):
    """Whether the drive has done it is not known: it is put back if it has."""
    before = drive.sim.page(ERRORS)
    for done in (False, True):
        fd = opened(drive)
        drive.sim.on("mode-select times=1: host 07")
        assert uapi.modify(fd, ERRORS, {PER: 0x04}, uapi.RESTORE).error
        if done:
            drive.sim.set_page(ERRORS, with_field(before, PER, 0x04))
        drive.sim.clear()
        os.close(fd)
        assert drive.sim.page(ERRORS) == before
        assert len(selects(drive)) == done


def test_caller_that_could_not_be_told(drive):
    """EFAULT, when all is done."""
    before = drive.sim.page(ERRORS)
    fd = opened(drive)
    mask, value = (bytearray(4), bytearray(4))
    mask[2] = value[2] = PER[1]
    arrays = [(uapi.u8 * 4).from_buffer(array) for array in (mask, value)]
    argument = uapi.Modify(
        size=ctypes.sizeof(uapi.Modify), flags=uapi.RESTORE, page=ERRORS,
        length=4, after=8, mask=ctypes.addressof(arrays[0]),
        value=ctypes.addressof(arrays[1]))
    assert uapi.call(fd, uapi.MODIFY, argument) == errno.EFAULT
    assert drive.sim.page(ERRORS) == with_field(before, PER, 0x04)
    os.close(fd)
    assert drive.sim.page(ERRORS) == before


# Whose the file is.

def test_child_that_has_inherited_it(drive):
    before = drive.sim.page(ERRORS)
    fd = opened(drive)
    change(fd, ERRORS, {PER: 0x04})
    child = Child(signal.pause)
    os.close(fd)
    assert drive.sim.page(ERRORS) == with_field(before, PER, 0x04)
    child.kill()
    assert child.wait() == -signal.SIGKILL
    assert drive.sim.page(ERRORS) == before


def test_duplicate(drive):
    before = drive.sim.page(ERRORS)
    fd = opened(drive)
    other = os.dup(fd)
    change(other, ERRORS, {PER: 0x04})
    os.close(other)
    assert drive.sim.page(ERRORS) == with_field(before, PER, 0x04)
    os.close(fd)
    assert drive.sim.page(ERRORS) == before


def test_file_that_was_passed_on(drive):
    """By SCM_RIGHTS; while it is under way nobody has it open."""
    before = drive.sim.page(ERRORS)
    sender, receiver = socket.socketpair()
    with sender, receiver:
        fd = opened(drive)
        change(fd, ERRORS, {PER: 0x04})
        socket.send_fds(sender, [b"x"], [fd])
        os.close(fd)
        assert drive.sim.page(ERRORS) == with_field(before, PER, 0x04)
        _, (fd,), _, _ = socket.recv_fds(receiver, 1, 1)
        assert drive.sim.page(ERRORS) == with_field(before, PER, 0x04)
        os.close(fd)
    assert drive.sim.page(ERRORS) == before


def test_file_that_nobody_has_received(drive):
    before = drive.sim.page(ERRORS)
    sender, receiver = socket.socketpair()
    with sender:
        with receiver:
            fd = opened(drive)
            change(fd, ERRORS, {PER: 0x04})
            socket.send_fds(sender, [b"x"], [fd])
            os.close(fd)
    wait_until(lambda: drive.sim.page(ERRORS) == before, "it is put back")
    wait_until(lambda: drive.file("holder") == "", "nobody holds it")


# What is told.

def causes(events, address):
    return [(codes(event["MODEPAGES_CHANGED"]), event["MODEPAGES_CAUSE"])
            for event in events.of(address, "change")]


def test_events(drive):
    with Uevents() as events:
        fd = opened(drive)
        change(fd, ERRORS, {PER: 0x04})
        events.quiet()
        assert causes(events, drive.sim.address) == [([ERRORS], "select")]
        change(fd, AUDIO, {VOLUME: 0x04})
        events.quiet()
        events.seen.clear()
        os.close(fd)
        events.quiet()
        assert causes(events, drive.sim.address) == \
            [([ERRORS, AUDIO], "restore")]


def test_no_event_when_nothing_changes(drive):
    fd = opened(drive)
    change(fd, ERRORS, {PER: 0x04})
    by_sg_io(drive, with_field(drive.sim.page(ERRORS), PER, 0))
    drive.page(ERRORS)
    with Uevents() as events:
        events.quiet()
        events.seen.clear()
        generation = drive.generation()
        os.close(fd)
        events.quiet()
        assert events.of(drive.sim.address) == []
        assert drive.generation() == generation


def test_holder_until_it_is_over(drive):
    who = f"{os.getpid()} {read('/proc/self/comm')}"
    before = drive.sim.page(ERRORS)
    fd = opened(drive)
    assert drive.file("holder") == ""
    change(fd, ERRORS, {PER: 0x04})
    assert drive.file("holder") == who
    change(fd, ERRORS, {DCR: 0x01})
    assert drive.file("holder") == who
    other = opened(drive)
    change(other, ERRORS, {READ_REALLOC: 0x40})
    assert drive.file("holder") == 2 * who
    os.close(other)
    assert drive.file("holder") == who

    drive.sim.on("mode-select: late 1")
    closing = Closing(fd)
    while closing.took is None:
        holder, page = drive.file("holder"), drive.sim.page(ERRORS)
        assert holder == who or page == before
    assert closing.wait() >= 1
    assert drive.file("holder") == ""


def test_restore_waits_for_others(drive):
    """Who is in the middle of a command ends it first."""
    before = drive.sim.page(ERRORS)
    fd = opened(drive)
    change(fd, ERRORS, {PER: 0x04})
    drive.sim.on(f"mode-sense page={AUDIO:02x} times=1: late 1")
    drive.sim.clear()
    child = Child(lambda: drive.page(AUDIO), without=[fd])
    wait_until(lambda: drive.asked(page=AUDIO), "it is asked")
    os.close(fd)
    assert drive.sim.page(ERRORS) == before
    assert child.wait() == 0


# Other drives.

@pytest.mark.parametrize("kind", ["virtio", "usb"])
def test_drive_of_qemu(kind):
    drive = drives.of_kind(kind)
    before, _ = drives.raw_page(drive, 0, 0x08)
    fd = os.open(drive.node, os.O_RDWR)
    change(fd, 0x08, {(2, 0x04): ~before[2] & 0x04})
    assert drives.raw_page(drive, 0, 0x08)[0][2] == before[2] ^ 0x04
    os.close(fd)
    assert drives.raw_page(drive, 0, 0x08)[0] == before


@pytest.mark.parametrize("page", [0x0a, 0x1c])
def test_drive_of_scsi_debug(page):
    """Which has news after each change."""
    with drives.scsi_debug() as address:
        path = f"/sys/class/modepages/{address}"
        drives.write(f"{path}/max_age_ms", 0)
        before = read(f"{path}/modepages/{page:02x}", "rb")
        fd = os.open(f"/dev/modepages/{address}", os.O_RDWR)
        change(fd, page, {(2, 0x04): ~before[2] & 0x04})
        assert read(f"{path}/modepages/{page:02x}", "rb")[2] == \
            before[2] ^ 0x04
        os.close(fd)
        assert read(f"{path}/modepages/{page:02x}", "rb") == before
        assert read(f"{path}/holder") == ""
