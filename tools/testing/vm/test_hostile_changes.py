# SPDX-License-Identifier: MIT
"""
Drives that answer anything are told to change pages: whatever is written is what
such a drive has sent, with the bits that were to be changed and no other.
"""

import errno
import random

import pytest

import uapi
from attached import MODE_SENSE_10, MODE_SENSE_6, attached
from drives import without_udev
from simulated import sgio
from test_hostile import REQUEST_SENSE, check_well, values

# pylint: disable=redefined-outer-name

CALLS = 300
MODE_SELECT_10, MODE_SELECT_6 = 0x55, 0x15
ERRORS = {
    uapi.NOT_CHANGEABLE: errno.EPERM, uapi.CHANGED_MEANWHILE: errno.ESTALE,
    uapi.VERIFY_FAILED: errno.EIO, uapi.INVALID_MODE_PARAMETERS: errno.ERANGE,
    uapi.INVALID_ARGUMENT: errno.EINVAL,
}


@pytest.fixture(scope="module", autouse=True)
def quiet():
    """Every command is ours, and the seed says which one gets what."""
    with without_udev():
        yield


def masked(page, mask):
    return bytes(byte & bits for byte, bits in zip(page, mask))


def is_from(page, mask, value, answers):
    """Is it a page of an answer, but for the bits of the mask?"""
    size = len(page)
    kept = bytes(0xff & ~bits for bits in mask.ljust(size, b"\0")[:size])
    wanted = bytearray(masked(page, kept))
    # PS is left out.
    wanted[0] &= 0x7f
    for answer in answers:
        for start in range(4, len(answer) - size + 1):
            found = bytearray(masked(answer[start:start + size], kept))
            found[0] &= 0x7f
            if found == wanted:
                return masked(page, mask) == masked(value, mask[:size])
    return False


def parameters(select):
    """The page that is sent; the rest is as it has to be."""
    six = select.opcode == MODE_SELECT_6
    header = 4 if six else 8
    assert select.cdb[1] == 0x10
    length = select.cdb[4] if six else int.from_bytes(select.cdb[7:9], "big")
    assert length == len(select.received)
    assert select.received[:header] == bytes(header)
    page = select.received[header:]
    assert not page[0] & 0x80 and len(page) == 2 + page[1]
    return page


def check(entries, code, fields, done):
    """Of one call."""
    mask, value = map(bytes, uapi.bits_of(fields))
    answers = [entry.sent for entry in entries if entry.outcome == "good"]
    written = [entry for entry in entries
               if entry.opcode in (MODE_SELECT_10, MODE_SELECT_6)]
    assert {entry.opcode for entry in entries} <= {
        MODE_SENSE_10, MODE_SENSE_6, MODE_SELECT_10, MODE_SELECT_6,
        REQUEST_SENSE}
    for select in written:
        page = parameters(select)
        assert page[0] == code and len(page) >= len(mask)
        assert is_from(page, mask, value, answers)
    if done.result & uapi.RESULT_SELECTED:
        assert written
        assert (done.error, done.status.code) in (
            (0, uapi.OK), (errno.EIO, uapi.VERIFY_FAILED),
            (errno.ENODEV, uapi.NO_DEVICE))
    else:
        assert done.error or not written
    if done.error:
        assert done.status.code
        assert ERRORS.get(done.status.code, done.error) == done.error
    if done.before is not None:
        assert any(done.before in answer for answer in answers)
        assert done.before[0] & 0x3f == code
    if done.error == 0:
        assert done.before and done.after
        if not done.result & uapi.RESULT_ROUNDED:
            assert masked(done.after, mask) == masked(value, mask)


def changeable_bits(before):
    """Page, byte and bit of what can be changed when it is in its senses."""
    return [(code, byte, 1 << bit) for (code, control), page in before.items()
            if control == 1 and isinstance(page, bytes)
            for byte in range(2, len(page)) for bit in range(8)
            if page[byte] & 1 << bit]


def change(drive, rng):
    if rng.random() < 0.8:
        code, byte, bits = rng.choice(drive.bits)
    else:
        code, byte = rng.choice(drive.codes), rng.randrange(2, 8)
        bits = 1 << rng.randrange(8)
    fields = {(byte, bits): rng.choice((0, bits))}
    return code, fields, uapi.modify(drive.fd, code, fields, length=300)


@pytest.mark.parametrize("name", ["bd-writer", "mmc1-reader", "scsi2-reader"])
def test_nonsense(name, seed, say):
    with attached(name, settle=False) as drive:
        sgio.stop_polling(drive.sim.block)
        drive.codes = drive.supported()
        before = values(drive)
        drive.bits = changeable_bits(before)
        drive.sim.on(f"mode-sense: hostile {seed} changes {name}")
        rng = random.Random(f"{seed} changes {name}")
        selects = 0
        for _ in range(CALLS):
            drive.sim.clear()
            code, fields, done = change(drive, rng)
            entries = drive.sim.commands()
            check(entries, code, fields, done)
            selects += sum(entry.opcode in (MODE_SELECT_10, MODE_SELECT_6)
                           for entry in entries)
        say(f"{name}: {selects} times written")
        assert selects
        drive.sim.reset()
        check_well(drive, before)
