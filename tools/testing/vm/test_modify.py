# SPDX-License-Identifier: MIT
"""
Changing pages by MODIFY: what is sent, what is refused before anything is, and
what comes of it.
"""

import errno
import os

import pytest

import uapi
from attached import attached

# Page 01 of the profile dvd-writer. The byte is the read retry count, of which
# it takes multiples of 4.
ERRORS, RETRIES = 0x01, (3, 0xff)
TB, RC, DTE = (2, 0x20), (2, 0x10), (2, 0x02)


@pytest.fixture(scope="module")
def shared():
    with attached("dvd-writer") as drive:
        yield drive


@pytest.fixture
def drive(shared):
    shared.sim.reset()
    shared.sim.clear()
    return shared


@pytest.fixture
def fd(drive):
    number = os.open(drive.node, os.O_RDWR)
    yield number
    os.close(number)


def with_byte(page, byte, value):
    return page[:byte] + bytes([value]) + page[byte + 1:]


def selects(drive):
    return drive.sim.commands("mode-select")


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
    assert select.cdb == bytes.fromhex("55 10 00 00 00 00 00 00 14 00")


def test_bit_that_can_not_be_changed(drive, fd):
    done = uapi.modify(fd, ERRORS, {RETRIES: 0x20, (2, 0x28): 0x28})
    assert done.error == errno.EPERM
    assert done.status.code == uapi.NOT_CHANGEABLE
    assert done.status.stage == uapi.STAGE_CHECK
    assert done.place == (2, 5)
    assert not selects(drive)


def test_restore_on_close(drive):
    before = drive.sim.page(ERRORS)
    fd = os.open(drive.node, os.O_RDWR)
    done = uapi.modify(fd, ERRORS, {RETRIES: 0x20}, uapi.RESTORE)
    assert done.error == 0
    assert drive.sim.page(ERRORS) == with_byte(before, 3, 0x20)
    os.close(fd)
    assert drive.sim.page(ERRORS) == before
