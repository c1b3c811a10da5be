# SPDX-License-Identifier: MIT
"""
Several files that have changed the same bits with RESTORE: in whatever order they
are closed, the values in effect are those of the last one that is left, and at the
end those of the beginning.

What is tried at random follows from a seed. It is in the output, and MODEPAGES_SEED
in the environment sets it.
"""

import itertools
import os
import random
import signal

import pytest

import uapi
from attached import MODE_SENSE_10
from restoring import (DCR, ERRORS, OFFLINE, PER, READ_REALLOC, RETRIES,
                       WRITE_REALLOC, Child, change, opened, selects,
                       with_field)
from restoring import drive, shared  # noqa: F401, pylint: disable=unused-import

# pylint: disable=redefined-outer-name

FIRST, SECOND, THIRD = 0x21, 0x42, 0x83


@pytest.fixture
def files(drive):
    """Four open files; a test closes them by closed()."""
    found = [opened(drive) for _ in range(4)]
    yield found
    for fd in found:
        os.close(fd)


def closed(drive, files, number):
    """
    Closes one of them; returns how many pages had to be written for that, or None
    if the drive has not even been asked.
    """
    drive.sim.clear()
    os.close(files[number])
    count = len(selects(drive)) if drive.sim.commands(MODE_SENSE_10) else None
    files[number] = opened(drive)
    return count


def retries(drive):
    return drive.sim.page(ERRORS)[RETRIES[0]]


@pytest.mark.parametrize("order", itertools.permutations(range(2)), ids=str)
def test_two_of_the_same_bits(drive, files, order):
    before = drive.sim.page(ERRORS)
    values = [FIRST, SECOND]
    for fd, value in zip(files, values):
        change(fd, ERRORS, {RETRIES: value})
    # Below the top: nothing is sent.
    top = order[0] == 1
    assert closed(drive, files, order[0]) == (1 if top else None)
    assert retries(drive) == (FIRST if top else SECOND)
    assert closed(drive, files, order[1]) == 1
    assert drive.sim.page(ERRORS) == before


@pytest.mark.parametrize("order", itertools.permutations(range(3)), ids=str)
def test_three_of_the_same_bits(drive, files, order):
    before = drive.sim.page(ERRORS)
    values = [FIRST, SECOND, THIRD]
    for fd, value in zip(files, values):
        change(fd, ERRORS, {RETRIES: value})
    left = list(range(3))
    for number in order:
        top = number == left[-1]
        left.remove(number)
        assert closed(drive, files, number) == (1 if top else None)
        if left:
            assert retries(drive) == values[left[-1]]
    assert drive.sim.page(ERRORS) == before


@pytest.mark.parametrize("order", itertools.permutations(range(3)), ids=str)
def test_three_of_different_bits(drive, files, order):
    before = drive.sim.page(ERRORS)
    fields = [(PER, 0x04), (WRITE_REALLOC, 0), (RETRIES, FIRST)]
    for fd, (field, value) in zip(files, fields):
        change(fd, ERRORS, {field: value})
    left = dict(enumerate(fields))
    for number in order:
        del left[number]
        assert closed(drive, files, number) == 1
        expected = before
        for field, value in left.values():
            expected = with_field(expected, field, value)
        assert drive.sim.page(ERRORS) == expected


@pytest.mark.parametrize("order", itertools.permutations(range(2)), ids=str)
def test_two_that_have_some_bits_in_common(drive, files, order):
    before = drive.sim.page(ERRORS)
    wanted = [{PER: 0x04, DCR: 0x01}, {DCR: 0, READ_REALLOC: 0x40}]
    for fd, fields in zip(files, wanted):
        change(fd, ERRORS, fields)
    assert drive.sim.page(ERRORS)[2] & 0x45 == 0x44
    assert closed(drive, files, order[0]) == 1
    rest = with_field(before, READ_REALLOC, 0x40)
    if order[0]:
        rest = with_field(with_field(before, PER, 0x04), DCR, 0x01)
    assert drive.sim.page(ERRORS) == rest
    closed(drive, files, order[1])
    assert drive.sim.page(ERRORS) == before


def test_two_programs_of_which_one_is_killed(drive):
    before = drive.sim.page(ERRORS)
    fd = opened(drive)
    change(fd, ERRORS, {RETRIES: FIRST})

    def upper():
        change(opened(drive), ERRORS, {RETRIES: SECOND})
        signal.pause()

    child = Child(upper, without=[fd])
    while retries(drive) != SECOND:
        pass
    child.kill()
    child.wait()
    assert retries(drive) == FIRST
    os.close(fd)
    assert drive.sim.page(ERRORS) == before


# One file again and again.

def test_the_same_bits_twice(drive, files):
    before = drive.sim.page(ERRORS)
    change(files[0], ERRORS, {RETRIES: FIRST})
    change(files[0], ERRORS, {RETRIES: SECOND})
    assert closed(drive, files, 0) == 1
    assert drive.sim.page(ERRORS) == before


def test_the_same_bits_again_after_another_file(drive, files):
    before = drive.sim.page(ERRORS)
    for number, value in (0, FIRST), (1, SECOND), (0, THIRD):
        change(files[number], ERRORS, {RETRIES: value})
    assert closed(drive, files, 0) == 1
    assert retries(drive) == SECOND
    assert closed(drive, files, 1) == 1
    assert drive.sim.page(ERRORS) == before


def test_the_same_bits_again_after_a_file_that_goes(drive, files):
    before = drive.sim.page(ERRORS)
    for number, value in (0, FIRST), (1, SECOND), (0, THIRD):
        change(files[number], ERRORS, {RETRIES: value})
    assert closed(drive, files, 1) is None
    assert retries(drive) == THIRD
    assert closed(drive, files, 0) == 1
    assert drive.sim.page(ERRORS) == before


def test_refused_change_leaves_those_before(drive, files):
    before = drive.sim.page(ERRORS)
    change(files[0], ERRORS, {RETRIES: FIRST})
    change(files[1], ERRORS, {RETRIES: SECOND})
    drive.sim.on("mode-select times=1: sense 5/26/00")
    assert uapi.modify(files[0], ERRORS, {RETRIES: THIRD}, uapi.RESTORE).error
    assert closed(drive, files, 1) == 1
    assert retries(drive) == FIRST
    assert closed(drive, files, 0) == 1
    assert drive.sim.page(ERRORS) == before


@pytest.mark.parametrize("value", [SECOND, FIRST], ids=["other", "same"])
def test_plain_change_ends_it(drive, files, value):
    """Also one that is none, since the bits have this value."""
    change(files[0], ERRORS, {RETRIES: FIRST, PER: 0x04})
    change(files[0], ERRORS, {RETRIES: value}, flags=0)
    expected = with_field(drive.sim.page(ERRORS), PER, 0)
    assert closed(drive, files, 0) == 1
    assert drive.sim.page(ERRORS) == expected
    assert retries(drive) == value


def test_plain_change_below_the_top(drive, files):
    """Whoever is above puts back what is to stay, though it was his value, too."""
    change(files[0], ERRORS, {RETRIES: FIRST})
    change(files[1], ERRORS, {RETRIES: SECOND})
    change(files[0], ERRORS, {RETRIES: SECOND}, flags=0)
    assert closed(drive, files, 1) == 0
    assert closed(drive, files, 0) is None
    assert retries(drive) == SECOND


def test_whole_page_ends_all_of_it(drive, files):
    """Also of bits that have the value that is written already."""
    change(files[0], ERRORS, {RETRIES: FIRST})
    assert uapi.set_page(files[0], drive.sim.page(ERRORS)).error == 0
    assert not closed(drive, files, 0)
    assert retries(drive) == FIRST


def test_plain_change_of_another_file(drive, files):
    """It is as if somebody else had made it."""
    change(files[0], ERRORS, {RETRIES: FIRST})
    change(files[1], ERRORS, {RETRIES: ~FIRST & 0xff}, flags=0)
    assert closed(drive, files, 1) is None
    assert closed(drive, files, 0) == 0
    assert retries(drive) == ~FIRST & 0xff


def test_refused_plain_change_ends_nothing(drive, files):
    before = drive.sim.page(ERRORS)
    change(files[0], ERRORS, {RETRIES: FIRST})
    drive.sim.on("mode-select times=1: sense 5/26/00")
    assert uapi.modify(files[0], ERRORS, {RETRIES: SECOND}).error
    assert uapi.modify(files[0], ERRORS, {RETRIES: SECOND},
                       uapi.DRY_RUN).error == 0
    closed(drive, files, 0)
    assert drive.sim.page(ERRORS) == before


def test_keep(drive, files):
    change(files[0], ERRORS, {RETRIES: FIRST})
    change(files[0], OFFLINE, {(3, 0x0f): 0x09})
    kept = drive.sim.page(ERRORS), drive.sim.page(OFFLINE)
    drive.sim.clear()
    assert uapi.keep(files[0])[0] == 0
    assert drive.sim.commands() == []
    assert drive.file("holder") == ""
    assert closed(drive, files, 0) is None
    assert (drive.sim.page(ERRORS), drive.sim.page(OFFLINE)) == kept


def test_keep_under_another_file(drive, files):
    """The other one puts back what was there before it, and that is kept."""
    change(files[0], ERRORS, {RETRIES: FIRST})
    change(files[1], ERRORS, {RETRIES: SECOND})
    uapi.keep(files[0])
    assert closed(drive, files, 0) is None
    assert closed(drive, files, 1) == 1
    assert retries(drive) == FIRST


def test_keep_on_top_of_another_file(drive, files):
    """It is not what the other one has given, so it stays."""
    change(files[0], ERRORS, {RETRIES: FIRST})
    change(files[1], ERRORS, {RETRIES: ~FIRST & 0xff})
    uapi.keep(files[1])
    assert closed(drive, files, 1) is None
    assert closed(drive, files, 0) == 0
    assert retries(drive) == ~FIRST & 0xff


def test_after_keep_anew(drive, files):
    change(files[0], ERRORS, {RETRIES: FIRST})
    uapi.keep(files[0])
    change(files[0], ERRORS, {RETRIES: SECOND})
    assert closed(drive, files, 0) == 1
    assert retries(drive) == FIRST


# At random, against a model.

BITS = [(page, byte, 1 << bit) for page, byte, bits in (
    (ERRORS, 2, (7, 6, 2)), (ERRORS, 3, (0, 5)), (OFFLINE, 3, (0, 3)))
    for bit in bits]


class Model:
    """
    What is promised, bit by bit: each has a stack of (file, value before, value
    given), the oldest first.
    """

    def __init__(self, values):
        self.values = values
        self.stacks = {bit: [] for bit in values}

    def _end(self, bit, file):
        """
        What the file has to put back of a bit, if it is the top one; else the one
        above it has that from now on.
        """
        stack = self.stacks[bit]
        place = [owner for owner, _, _ in stack].index(file)
        _, before, given = stack.pop(place)
        if place == len(stack):
            return before if self.values[bit] == given else None
        owner, _, given = stack[place]
        stack[place] = owner, before, given
        return None

    def holds(self, file):
        return any(file in [owner for owner, _, _ in stack]
                   for stack in self.stacks.values())

    def change(self, file, wanted, restore):
        """Returns the number of MODE SELECT commands."""
        different = any(self.values[bit] != wanted[bit] for bit in wanted)
        for bit, value in wanted.items():
            stack = self.stacks[bit]
            held = file in [owner for owner, _, _ in stack]
            if restore:
                stack.append((file, self.values[bit], value))
                if held:
                    self._end(bit, file)
            elif held:
                self._settle(bit, file, value)
            self.values[bit] = value
        return int(different)

    def _settle(self, bit, file, value):
        """The value is to stay, whoever has changed the bit since."""
        stack = self.stacks[bit]
        place = [owner for owner, _, _ in stack].index(file)
        if place + 1 < len(stack):
            owner, _, given = stack[place + 1]
            stack[place + 1] = owner, value, given
        self._forget(bit, file)

    def _forget(self, bit, file):
        self.stacks[bit] = [entry for entry in self.stacks[bit]
                            if entry[0] != file]

    def keep(self, file):
        for bit in self.stacks:
            self._forget(bit, file)
        return 0

    def close(self, file):
        pages = set()
        for bit, stack in self.stacks.items():
            if file not in [owner for owner, _, _ in stack]:
                continue
            value = self._end(bit, file)
            if value not in (None, self.values[bit]):
                self.values[bit] = value
                pages.add(bit[0])
        return len(pages)


class Play:
    """The same moves for the model and for the drive."""

    def __init__(self, drive, seed):
        self.drive = drive
        self.random = random.Random(seed)
        self.files = [opened(drive) for _ in range(4)]
        self.model = Model(self.values())
        self.moves = []

    def values(self):
        pages = {page: self.drive.sim.page(page) for page, _, _ in BITS}
        return {bit: bool(pages[bit[0]][bit[1]] & bit[2]) for bit in BITS}

    def change(self, number):
        page = self.random.choice([ERRORS, OFFLINE])
        bits = [bit for bit in BITS if bit[0] == page]
        bits = self.random.sample(bits, self.random.randint(1, len(bits)))
        wanted = {bit: self.random.random() < 0.5 for bit in bits}
        restore = self.random.random() < 0.8
        self.moves.append(("change", number, wanted, restore))
        change(self.files[number], page,
               {bit[1:]: bit[2] * value for bit, value in wanted.items()},
               flags=uapi.RESTORE if restore else 0)
        return self.model.change(number, wanted, restore)

    def keep(self, number):
        self.moves.append(("keep", number))
        assert uapi.keep(self.files[number])[0] == 0
        return self.model.keep(number)

    def close(self, number):
        self.moves.append(("close", number))
        os.close(self.files[number])
        self.files[number] = opened(self.drive)
        return self.model.close(number)

    def foreign(self, _):
        page, byte, mask = bit = self.random.choice(BITS)
        self.moves.append(("foreign", bit))
        value = self.model.values[bit] = not self.model.values[bit]
        self.drive.sim.set_page(page, with_field(
            self.drive.sim.page(page), (byte, mask), mask * value))
        return 0

    def move(self):
        kinds = [self.change] * 12 + [self.close] * 5 + \
            [self.foreign] * 2 + [self.keep]
        self.drive.sim.clear()
        count = self.random.choice(kinds)(self.random.randrange(4))
        assert len(selects(self.drive)) == count
        assert self.values() == self.model.values
        held = sum(map(self.model.holds, range(4)))
        assert len(self.drive.file("holder").splitlines()) == held

    def end(self):
        for number, fd in enumerate(self.files):
            os.close(fd)
            self.model.close(number)
        assert self.values() == self.model.values
        assert not any(self.model.stacks.values())


@pytest.mark.parametrize("part", range(4))
def test_as_the_model_says(drive, say, seed, part):
    play = Play(drive, f"{seed}.{part}")
    try:
        for _ in range(100):
            play.move()
        play.end()
    except AssertionError:
        say(f"MODEPAGES_SEED={seed}")
        for words in play.moves[-40:]:
            say(str(words))
        raise
