# SPDX-License-Identifier: MIT
"""A drive whose pages are changed, as fixtures, and words for what comes of it."""

import os

import pytest

import uapi
from attached import attached

# Page 01 of the profile dvd-writer; it can be saved. The byte is the read retry
# count, of which it takes multiples of 4.
ERRORS, RETRIES = 0x01, (3, 0xff)
TB, RC, DTE = (2, 0x20), (2, 0x10), (2, 0x02)
# And a bit that somebody else may want.
OTHER, WRITE_RETRIES = (2, 0x40), (8, 0xff)


@pytest.fixture(scope="module")
def shared():
    with attached("dvd-writer", polled=False) as found:
        yield found


@pytest.fixture
def drive(shared):  # pylint: disable=redefined-outer-name
    """As at the beginning, and nothing is known of it but its current pages."""
    shared.sim.reset()
    shared.write("refresh", 1)
    shared.sim.clear()
    return shared


@pytest.fixture
def fd(drive):  # pylint: disable=redefined-outer-name
    number = os.open(drive.node, os.O_RDWR | os.O_CLOEXEC)
    yield number
    os.close(number)


def with_byte(page, byte, value):
    return page[:byte] + bytes([value]) + page[byte + 1:]


def with_bits(page, byte, bits):
    return with_byte(page, byte, page[byte] | bits)


def selects(drive):  # pylint: disable=redefined-outer-name
    """The MODE SELECT commands that it has got."""
    return drive.sim.commands("mode-select")


def opcodes(drive):  # pylint: disable=redefined-outer-name
    return [command.opcode for command in drive.sim.commands()]


def sensed(status):
    """Key, code and qualifier of the sense data; None where there are none."""
    if not status.flags & uapi.STATUS_SENSE:
        return None
    return status.sense_key, status.asc, status.ascq


def refused(done, error, code, stage=uapi.STAGE_CHECK):
    """It came to nothing, for this reason."""
    assert (done.error, done.status.code, done.status.stage) == \
        (error, code, stage)
    assert (done.result, done.after) == (0, None)
