# SPDX-License-Identifier: MIT
"""
Drives that answer anything are told to change pages: whatever is written is what
such a drive has sent, with the bits that were to be changed and no other.
"""

import errno
import hashlib
import random
from dataclasses import dataclass

import pytest

import uapi
from attached import MODE_SENSE_10, MODE_SENSE_6, attached
from drives import without_udev
from exclusive import locked
from simulated import sgio
from test_hostile import REQUEST_SENSE, check_well, values

# pylint: disable=redefined-outer-name

CALLS, LEAST_WRITTEN, LEAST_SPOILT = 400, 50, 20
MODE_SELECT_10, MODE_SELECT_6 = 0x55, 0x15
ERRORS = {
    uapi.NOT_CHANGEABLE: errno.EPERM, uapi.CHANGED_MEANWHILE: errno.ESTALE,
    uapi.VERIFY_FAILED: errno.EIO, uapi.INVALID_MODE_PARAMETERS: errno.ERANGE,
    uapi.INVALID_ARGUMENT: errno.EINVAL,
}

# What is spoilt in a call: a page that could be, so that it is written; any answer
# that has the page, or what it is when read back; what can be changed; or all.
SPOILT = ("mode-sense control=0 times=1: values", "mode-sense control=0: values",
          "mode-sense control=0 times=1: hostile",
          "mode-sense control=0 after=1: hostile",
          "mode-sense control=1: hostile", "mode-sense: hostile")


@pytest.fixture(scope="module", autouse=True)
def quiet():
    """Nobody else sends a command."""
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


@dataclass
class Call:
    """What was to be changed in which page, and what has come of it."""
    code: int
    fields: dict
    page: bytes
    done: uapi.Changed
    entries: list

    @property
    def bits(self):
        return tuple(map(bytes, uapi.bits_of(self.fields)))

    @property
    def written(self):
        """The pages that were sent."""
        return [parameters(entry) for entry in self.entries
                if entry.opcode in (MODE_SELECT_10, MODE_SELECT_6)]

    @property
    def spoilt(self):
        """Those of them that the drive does not have, whatever is changed."""
        mask, _ = self.bits
        kept = bytes(0xff & ~bits for bits in mask).ljust(512, b"\xff")
        return [page for page in self.written
                if masked(page[1:], kept[1:]) !=
                masked((self.page or b"")[1:], kept[1:])]

    def __str__(self):
        done, entries = self.done, self.entries
        return "; ".join([
            f"{self.code:02x} {self.fields}: {done.error} {done.status.code} "
            f"{done.result} {done.before} {done.after}",
            *(f"{entry.cdb.hex()} {entry.received.hex()} {entry.sent.hex()} "
              f"{entry.outcome}" for entry in entries)])


def check(call):
    entries, done = call.entries, call.done
    mask, value = call.bits
    answers = [entry.sent for entry in entries if entry.outcome == "good"]
    written = call.written
    assert {entry.opcode for entry in entries} <= {
        MODE_SENSE_10, MODE_SENSE_6, MODE_SELECT_10, MODE_SELECT_6,
        REQUEST_SENSE}
    for page in written:
        assert page[0] == call.code and len(page) >= len(mask)
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
        assert done.before[0] & 0x3f == call.code
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


def change(drive, fd, rng, seed):
    """One call, of a drive that is spoilt in one way."""
    if rng.random() < 0.8:
        code, byte, bits = rng.choice(drive.bits)
    else:
        code, byte = rng.choice(drive.codes), rng.randrange(2, 8)
        bits = 1 << rng.randrange(8)
    fields = {(byte, bits): rng.choice((0, bits))}
    page = drive.sim.page(code)
    drive.sim.off()
    drive.sim.on(f"{rng.choice(SPOILT)} {seed}")
    drive.sim.clear()
    done = uapi.modify(fd, code, fields, length=300)
    return Call(code, fields, page, done, drive.sim.commands())


def play(name, seed):
    """Calls, and what has come of each, which is looked at."""
    calls = []
    with attached(name, settle=False) as drive:
        sgio.stop_polling(drive.sim.block)
        drive.codes = drive.supported()
        before = values(drive)
        drive.bits = changeable_bits(before)
        rng = random.Random(f"{seed} changes {name}")
        # After news, the module asks by itself, some time later: not now.
        with locked(drive) as fd:
            for number in range(CALLS):
                calls.append(change(drive, fd, rng, f"{seed} {name} {number}"))
                check(calls[-1])
            drive.sim.reset()
        check_well(drive, before)
    return calls


@pytest.mark.parametrize("name", ["bd-writer", "mmc1-reader", "scsi2-reader"])
def test_nonsense(name, seed, say):
    """And the same nonsense again, of the same seed."""
    calls = play(name, seed)
    written = sum(len(call.written) for call in calls)
    spoilt = sum(len(call.spoilt) for call in calls)
    told = [str(call) for call in calls]
    digest = hashlib.sha256("\n".join(told).encode()).hexdigest()
    say(f"{name}: {written} times written, {spoilt} times a page that is "
        f"spoilt; digest {digest[:16]}")
    assert written >= LEAST_WRITTEN and spoilt >= LEAST_SPOILT
    assert [str(call) for call in play(name, seed)] == told
