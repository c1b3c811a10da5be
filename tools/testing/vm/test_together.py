# SPDX-License-Identifier: MIT
"""
Changes by several at once lose nothing, are told once each, and nobody is shown
a value of before.
"""

import contextlib
import errno
import os
import threading

import pytest

import drives
import uapi
from attached import attached
from changing import OTHER, ERRORS, RETRIES, with_bits, with_byte
from changing import drive, fd, shared  # noqa: F401, pylint: disable=unused-import
from uevents import Uevents, codes

# pylint: disable=redefined-outer-name

POWER, CD = 0x1a, 0x0d
# Two timers of page 1Ah, of which the drive takes any value from 50 on.
IDLE, STANDBY = 6, 10
ROUNDS = 200 if not drives.slow() else 50
LONG_MS = 600000


def number_of(page, byte):
    return int.from_bytes(page[byte:byte + 2], "big")


def number(byte, value):
    high, low = value.to_bytes(2, "big")
    return {(byte, 0xff): high, (byte + 1, 0xff): low}


@contextlib.contextmanager
def opened(drive):
    own = os.open(drive.node, os.O_RDWR | os.O_CLOEXEC)
    try:
        yield own
    finally:
        os.close(own)


def in_threads(*functions):
    """All at once; what one of them fails with is what this fails with."""
    failures = []

    def run(function):
        try:
            function()
        except BaseException as failure:  # pylint: disable=broad-except
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(function,))
               for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def test_two_fields_of_a_page(drive):
    """Each is somebody's own, who finds it as he has left it."""
    def count(byte):
        with opened(drive) as own:
            last = number_of(drive.sim.page(POWER), byte)
            for _ in range(ROUNDS):
                done = uapi.modify(own, POWER, number(byte, last + 1))
                assert (done.error, done.result) == (0, uapi.RESULT_SELECTED)
                assert number_of(done.before, byte) == last
                last += 1
                assert number_of(done.after, byte) == last

    before = drive.sim.page(POWER)
    in_threads(lambda: count(IDLE), lambda: count(STANDBY))
    after = drive.sim.page(POWER)
    for byte in (IDLE, STANDBY):
        assert number_of(after, byte) == number_of(before, byte) + ROUNDS
    assert len(drive.sim.commands("mode-select")) == 2 * ROUNDS


def count_by_comparing(own, known):
    """Returns how often somebody else was quicker."""
    rounds = late = 0
    while rounds < ROUNDS:
        done = uapi.modify(own, POWER, number(STANDBY, known + 1),
                           expected=number(STANDBY, known))
        if done.error:
            assert done.error == errno.ESTALE
            late += 1
            known = number_of(done.before, STANDBY)
        else:
            rounds += 1
            known += 1
    return late


def test_counter_of_two_processes(drive):
    """By compare-and-set: each number is given once."""
    before = number_of(drive.sim.page(POWER), STANDBY)
    with opened(drive) as own:
        pid = os.fork()
        if not pid:
            status = 1
            try:
                count_by_comparing(own, before)
                status = 0
            finally:
                os._exit(status)
        late = count_by_comparing(own, before)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert number_of(drive.sim.page(POWER), STANDBY) == before + 2 * ROUNDS
    # Else it would have shown nothing.
    assert late


def test_both_expect_the_same_value(drive):
    """One of them is told."""
    for old in range(20):
        results = []

        def change(new):
            with opened(drive) as own:
                results.append(  # pylint: disable=cell-var-from-loop
                    uapi.modify(own, POWER, number(STANDBY, new),
                                # pylint: disable=cell-var-from-loop
                                expected=number(STANDBY, old)).error)

        page = drive.sim.page(POWER)
        drive.sim.set_page(POWER, page[:STANDBY] + old.to_bytes(2, "big"))
        in_threads(lambda: change(1000), lambda: change(2000))
        assert sorted(results) == [0, errno.ESTALE]


class TestNothingOldIsShown:
    """In the files of sysfs, after a change is through."""

    @pytest.fixture
    def kept(self, drive):
        """What is known is never too old."""
        drive.write("max_age_ms", LONG_MS)
        yield drive
        drive.write("max_age_ms", 0)

    def test_reads_that_were_under_way(self, kept, fd):
        """Each asks for all pages, and is as old as its question."""
        done = threading.Event()

        def read_others():
            while not done.is_set():
                kept.read(CD)
                kept.read(0x0e)

        def change():
            try:
                for value in range(ROUNDS):
                    changed = uapi.modify(fd, POWER, number(STANDBY, value))
                    assert changed.error == 0
                    assert number_of(kept.read(POWER), STANDBY) == value
            finally:
                done.set()

        in_threads(change, read_others, read_others)

    def test_read_that_began_before(self, kept, fd):
        """Its answer came late, and the change waited for it."""
        kept.write("max_age_ms", 0)
        kept.sim.on("mode-sense page=3f times=1: late 2")
        kept.sim.clear()
        shown = []
        reader = threading.Thread(target=lambda: shown.append(kept.read(CD)))
        reader.start()
        drives.wait_until(kept.asked, "the reader asks")
        changed = uapi.modify(fd, POWER, number(STANDBY, 77))
        assert changed.error == 0
        kept.write("max_age_ms", LONG_MS)
        assert number_of(kept.read(POWER), STANDBY) == 77
        reader.join()
        assert shown == [kept.sim.page(CD)]
        assert number_of(kept.read(POWER), STANDBY) == 77

    def test_other_pages_are_asked_for_again(self, kept, fd):
        """A drive may change one page with another."""
        kept.read(CD)
        kept.sim.clear()
        assert kept.read(CD) == kept.sim.page(CD) and not kept.asked()
        kept.sim.set_page(CD, with_byte(kept.sim.page(CD), 3, 0x0a))
        assert uapi.modify(fd, ERRORS, {RETRIES: 0x20}).error == 0
        assert kept.read(CD) == kept.sim.page(CD)
        assert uapi.get(fd, 0x0e, flags=uapi.CACHED)[0] == 0

    def test_same_answer_as_before_is_of_now(self, kept, fd):
        """Of a page that a change elsewhere has left alone, and nobody else asks."""
        assert uapi.get(fd, CD)[0] == 0
        generation = kept.generation()
        assert uapi.set_page(fd, kept.sim.page(ERRORS)).error == 0
        assert uapi.get(fd, CD)[0] == 0
        assert kept.generation() == generation
        kept.sim.clear()
        assert kept.read(CD) == kept.sim.page(CD) and not kept.asked()

    def test_what_is_known(self, kept, fd):
        """Of the page, its new values; of others what was known, that is no news."""
        kept.read(CD)
        assert uapi.modify(fd, ERRORS, {RETRIES: 0x20}).error == 0
        kept.sim.clear()
        for code in (ERRORS, CD):
            error, result, data = uapi.get(fd, code, flags=uapi.CACHED)
            assert error == 0
            assert data[:result.length] == kept.sim.page(code)
        assert not kept.asked()

    def test_what_does_not_change_is_kept(self, kept, fd):
        for name in ("changeable", "default", "saved"):
            kept.read(ERRORS, name)
        kept.sim.clear()
        assert uapi.modify(fd, ERRORS, {RETRIES: 0x20}).error == 0
        for name in ("changeable", "default"):
            assert kept.read(ERRORS, name) == kept.sim.page(ERRORS, name)
        assert not [command for command in kept.asked()
                    if command.cdb[2] >> 6]

    def test_saved_values_are_asked_for_again(self, kept, fd):
        before = kept.read(ERRORS, "saved")
        assert uapi.modify(fd, ERRORS, {RETRIES: 0x20}, uapi.SAVE).error == 0
        assert kept.read(ERRORS, "saved") == with_byte(before, 3, 0x20)

    def test_dry_run_ends_nothing(self, kept, fd):
        kept.read(CD)
        assert uapi.modify(fd, ERRORS, {RETRIES: 0x20}, uapi.DRY_RUN).error == 0
        assert uapi.get(fd, CD, flags=uapi.CACHED)[0] == 0


class TestEvents:
    @pytest.fixture
    def events(self, drive):
        """Nobody else asks the drive, and all is known of it."""
        drive.write("max_age_ms", LONG_MS)
        with Uevents() as found:
            yield found
        drive.write("max_age_ms", 0)

    @staticmethod
    def told(events, drive):
        events.quiet()
        return [(event["ACTION"], codes(event["MODEPAGES_CHANGED"]),
                 event["MODEPAGES_CAUSE"], int(event["MODEPAGES_GENERATION"]))
                for event in events.of(drive.sim.address)]

    def test_each_change_once(self, drive, fd, events):
        generations = []
        for value in (0x20, 0x24, 0x28):
            done = uapi.modify(fd, ERRORS, {RETRIES: value})
            generations.append(done.argument.generation)
            assert done.argument.generation == drive.generation()
        page = with_byte(drive.sim.page(POWER), 11, 0x55)
        generations.append(uapi.set_page(fd, page).argument.generation)
        assert generations == sorted(set(generations))
        assert self.told(events, drive) == [
            ("change", [page], "select", generation) for page, generation in
            zip([ERRORS, ERRORS, ERRORS, POWER], generations)]

    def test_event_is_there_when_the_call_returns(self, drive, fd, events):
        for value in range(0x20, 0x60, 4):
            assert uapi.modify(fd, ERRORS, {RETRIES: value}).error == 0
            assert events.of(drive.sim.address)[-1]["MODEPAGES_GENERATION"] == \
                str(drive.generation())

    @pytest.mark.parametrize("flags", [0, uapi.DRY_RUN, uapi.SAVE,
                                       uapi.RESTORE])
    def test_nothing_was_changed(self, drive, fd, events, flags):
        """Whether it was written or not."""
        before = drive.generation()
        assert uapi.modify(fd, ERRORS, {RETRIES: 0x10}, flags).error == 0
        assert uapi.set_page(fd, drive.sim.page(ERRORS)).error == 0
        assert drive.generation() == before
        assert self.told(events, drive) == []

    def test_refused(self, drive, fd, events):
        before = drive.generation()
        drive.sim.on("mode-select: sense 5/26/00")
        assert uapi.modify(fd, ERRORS, {RETRIES: 0x20}).error
        assert drive.generation() == before
        assert self.told(events, drive) == []

    def test_not_what_was_written(self, drive, fd, events):
        """Changed is changed."""
        other = with_byte(drive.sim.page(ERRORS), 3, 0x44)
        drive.sim.on("mode-sense page=01 control=0 after=1 times=1: "
                     f"page 01 current {other.hex(' ')}")
        done = uapi.modify(fd, ERRORS, {RETRIES: 0x20})
        assert done.status.code == uapi.VERIFY_FAILED
        assert [event[1:3] for event in self.told(events, drive)] == \
            [([ERRORS], "select")]

    def test_what_somebody_else_had_changed_before(self, drive, fd, events):
        """The look before the leap finds it, which is no change of ours."""
        drive.sim.set_page(ERRORS, with_bits(drive.sim.page(ERRORS), 2, OTHER[1]))
        before = drive.generation()
        assert uapi.modify(fd, ERRORS, {RETRIES: 0x20}).error == 0
        assert drive.generation() == before + 2
        told = self.told(events, drive)
        assert {code for _, changed, _, _ in told for code in changed} == {ERRORS}
        assert told[-1][2:] == ("select", drive.generation())

    def test_poll(self, drive, fd, events):  # pylint: disable=unused-argument
        """Others are told, and so is who has done it."""
        with opened(drive) as other:
            for number_ in (fd, other):
                uapi.info(number_)
            assert uapi.modify(fd, ERRORS, {RETRIES: 0x20}).error == 0
            for number_ in (fd, other):
                assert uapi.info(number_)[1].generation == drive.generation()

    def test_drive_that_tells_of_it_itself(self):
        """By 2A/01, to who has made the change."""
        with attached("scsi-debug", max_age_ms=LONG_MS, polled=False) as found, \
                Uevents() as events:
            assert uapi.modify(found.fd, 0x0a, {(2, 2): 0}).error == 0
            events.wait(found.sim.address, "change")
            drives.wait_until(lambda: found.asked(page=0x3f),
                              "it is looked at anew")
            assert [event[1:3] for event in self.told(events, found)] == \
                [([0x0a], "select")]

    def test_capabilities_follow(self):
        """A file of what page 2Ah says, by a drive that lets it be changed."""
        with attached("dvd-writer", max_age_ms=LONG_MS) as found:
            mask = bytearray(found.sim.page(0x2a, "changeable"))
            mask[6] = 0x02
            found.sim.set_page(0x2a, mask, "changeable")
            assert found.file("capabilities/lock_state") == "0\n"
            assert uapi.modify(found.fd, 0x2a, {(6, 2): 2}).error == 0
            assert found.file("capabilities/lock_state") == "1\n"
