# SPDX-License-Identifier: MIT
"""
Changes are told once, by what found them: as events of the drive's device, to
those who poll, and in the generation.
"""

import collections
import contextlib
import errno
import os
import select
import threading
import time

import pytest

import drives
import uapi
from attached import attached, simulator
from drives import wait_until
from uevents import Uevents, codes

LONG_MS = 600000


@pytest.fixture(scope="module")
def shared():
    with attached("dvd-writer", polled=False) as drive:
        yield drive


@pytest.fixture
def drive(shared):
    """Its last answer is kept, and nobody else asks it."""
    shared.sim.reset()
    shared.write("max_age_ms", LONG_MS)
    shared.write("refresh", 1)
    shared.sim.clear()
    return shared


@pytest.fixture
def events(drive):  # pylint: disable=unused-argument
    with Uevents() as found:
        yield found
        assert {event["SUBSYSTEM"] for event in found.seen} <= {"modepages"}


def address(drive):
    return drive.sim.address


def other(page):
    return page[:-1] + bytes([page[-1] ^ 0xff])


def change(drive, code):
    drive.sim.set_page(code, other(drive.sim.page(code)))


def only_change(events, drive):
    """The one change that there was, when it is quiet."""
    events.wait(address(drive), "change")
    events.quiet()
    event, = events.of(address(drive))
    assert event["ACTION"] == "change"
    # It is sent after all is up to date.
    assert codes(event["MODEPAGES_SUPPORTED"]) == drive.supported()
    assert int(event["MODEPAGES_GENERATION"]) == drive.generation()
    return codes(event["MODEPAGES_CHANGED"]), event["MODEPAGES_CAUSE"]


def nothing(events, drive):
    events.quiet()
    assert events.of(address(drive)) == []


def test_add_and_remove_tell_of_the_pages():
    with Uevents() as events:
        with attached("bd-writer") as drive:
            name = address(drive)
            event, = events.wait(name, "add")
            assert codes(event["MODEPAGES_SUPPORTED"]) == drive.supported()
            assert int(event["MODEPAGES_GENERATION"]) <= drive.generation()
            assert not {"MODEPAGES_CHANGED", "MODEPAGES_CAUSE"} & set(event)
            assert event["DEVNAME"] == f"modepages/{name}"
        assert events.wait(name, "remove")
        events.quiet()
        # And one by the rule that comes when sr is there.
        assert [event["ACTION"] for event in events.of(name)
                if "SYNTH_UUID" not in event] == ["add", "remove"]


def test_uevent_file(drive):
    lines = drive.file("uevent").splitlines()
    pages = " ".join(f"{code:02x}" for code in drive.supported())
    assert f"MODEPAGES_SUPPORTED={pages}" in lines
    assert f"MODEPAGES_GENERATION={drive.generation()}" in lines
    flags = next(line.partition("=")[2] for line in lines
                 if line.startswith("MODEPAGES_CAPABILITIES="))
    assert flags[0] == flags[-1] == ":"
    assert set(flags[1:-1].split(":")) == \
        {name for name in os.listdir(f"{drive.sysfs}/capabilities")
         if drive.file(f"capabilities/{name}") == "1\n"}
    assert not [line for line in lines if line.startswith(
        ("MODEPAGES_CHANGED", "MODEPAGES_CAUSE"))]


def test_refresh(drive, events):
    change(drive, 0x01)
    change(drive, 0x0d)
    drive.write("refresh", 1)
    assert only_change(events, drive) == ([0x01, 0x0d], "refresh")


def test_refresh_that_finds_nothing(drive, events):
    before = drive.generation()
    for _ in range(3):
        drive.write("refresh", 1)
    nothing(events, drive)
    assert drive.generation() == before


def test_read(drive, events):
    change(drive, 0x0e)
    drive.write("max_age_ms", 0)
    assert drive.read(0x01) == drive.sim.page(0x01)
    assert only_change(events, drive) == ([0x0e], "read")


def test_read_of_another_control(drive, events):
    drive.write("max_age_ms", 0)
    drive.read(0x01, "changeable")
    mask = drive.sim.page(0x05, "changeable")
    drive.sim.set_page(0x05, other(mask), "changeable")
    assert drive.page(0x05, 1) == other(mask)
    assert only_change(events, drive) == ([0x05], "read")


def test_same_bytes_again(drive, events):
    drive.write("max_age_ms", 0)
    for _ in range(5):
        drive.read(0x01)
        drive.page(0x0e)
    nothing(events, drive)


def test_bytes_of_before_another_answer(drive, events):
    """What was found to be gone is a change when it is there again."""
    drive.write("max_age_ms", 0)
    before, generation = drive.page(0x0e), drive.generation()
    for there, asked in ((other(before), 0x3f), (before, 0x0e)):
        drive.sim.set_page(0x0e, there)
        drive.page(asked)
        assert only_change(events, drive) == ([0x0e], "read")
        generation += 1
        assert drive.generation() == generation
        events.seen.clear()


def test_readers_are_told_of_once_in_max_age(drive, events):
    """And then of all that has changed meanwhile."""
    drive.write("max_age_ms", 2000)
    began = time.monotonic()
    for code in (0x01, 0x0e, 0x0d, 0x01, 0x0d) * 10:
        change(drive, code)
        drive.page(code)
    told = []

    def last_is_told():
        told[:] = events.of(address(drive))
        return told and \
            int(told[-1]["MODEPAGES_GENERATION"]) == drive.generation()

    wait_until(last_is_told, "the last change is told")
    assert len(told) <= (time.monotonic() - began) / 2 + 1
    assert {event["MODEPAGES_CAUSE"] for event in told} == {"read"}
    assert {code for event in told
            for code in codes(event["MODEPAGES_CHANGED"])} == \
        {0x01, 0x0d, 0x0e}


@pytest.mark.parametrize("attention", ["28/00", "29/00", "2a/01", "3f/01"])
def test_unit_attention(drive, events, attention):
    """
    Whatever page it was about: the drive is looked at anew, and what was found
    until then is told with the rest.
    """
    change(drive, 0x01)
    change(drive, 0x1a)
    drive.sim.on(f"mode-sense times=1: sense 6/{attention}")
    assert drive.page(0x01) == drive.sim.page(0x01)
    assert only_change(events, drive) == ([0x01, 0x1a], "unit_attention")


def test_fresh_readers_are_told_of_ten_times_a_second(drive, events):
    """Though each of them has the drive asked: who reads on events would be told
    of what he finds for ever."""
    drive.write("max_age_ms", 0)
    began = time.monotonic()
    for _ in range(100):
        change(drive, 0x01)
        drive.read(0x01)
    wait_until(lambda: (found := events.of(address(drive))) and
               int(found[-1]["MODEPAGES_GENERATION"]) == drive.generation(),
               "the last change is told")
    assert len(events.of(address(drive))) <= (time.monotonic() - began) * 10 + 1


def test_unit_attention_that_is_about_something_else(drive, events):
    before = drive.generation()
    change(drive, 0x01)
    drive.sim.on("mode-sense times=1: sense 6/2a/09")
    drive.page(0x0e)
    nothing(events, drive)
    assert drive.generation() == before
    assert len(drive.asked()) == 2


def test_unit_attention_after_which_all_is_as_before(drive, events):
    """Those who poll are told, since something may have been another for a while."""
    before = drive.generation()
    drive.sim.on("mode-sense times=1: sense 6/29/00")
    drive.page(0x0e)
    wait_until(lambda: drive.asked(page=0x3f), "it is looked at anew")
    nothing(events, drive)
    assert drive.generation() > before


def test_news_without_end(drive, events):
    """A drive that has some for each question is not asked for ever."""
    for number in range(0, 40, 2):
        drive.sim.on(f"mode-sense page=3f after={number} times=1: "
                     "sense 6/2a/01")
    assert drive.get(0x3f)[0] == 0
    wait_until(lambda: len(drive.asked(page=0x3f)) >= 4, "it is looked at anew")
    events.quiet(3)
    # The question and the discovery, each once more after the news.
    assert len(drive.asked(page=0x3f)) == 4


def test_reset_in_the_middle_of_a_discovery(drive, events):
    """It has nobody's settings to put in force again: one discovery is enough."""
    drive.sim.on("mode-sense times=1: sense 6/29/00")
    drive.write("refresh", 1)
    assert len(drive.asked()) == 3
    events.quiet(4)
    assert len(drive.asked()) == 3


def test_news_in_the_middle_of_a_discovery(drive):
    """Of pages that are asked for one by one: what was answered before is old."""
    drive.sim.on("mode-sense page=3f: sense 5/24/00")
    drive.sim.on("mode-sense page=0e times=1: sense 6/2a/01")
    drive.write("refresh", 1)
    asked = collections.Counter(command.cdb[2] for command in drive.asked())
    # Page 2Ah is also what a discovery begins with.
    assert {code: times for code, times in asked.items() if times > 1} == \
        {0x01: 2, 0x03: 2, 0x05: 2, 0x07: 2, 0x08: 2, 0x0d: 2, 0x0e: 2, 0x2a: 3}


def test_all_pages_are_refused_by_who_has_listed_them(drive, events):
    """By a drive in another mood: none of them has gone, none has changed."""
    files, flags = drive.files(), os.listdir(f"{drive.sysfs}/capabilities")
    drive.sim.on("mode-sense page=3f control=0: sense 5/24/00")
    drive.write("max_age_ms", 0)
    assert drive.read(0x01) == drive.sim.page(0x01)
    assert drive.get(0x3f)[0] == errno.ENOENT
    assert drive.read(0x0e) == drive.sim.page(0x0e)
    drive.write("refresh", 1)
    nothing(events, drive)
    assert drive.files() == files
    assert os.listdir(f"{drive.sysfs}/capabilities") == flags


def test_reader_comes_upon_another_set_of_pages(drive, events):
    drive.sim.set_page(0x20, bytes.fromhex("2006aabbccddeeff"))
    drive.write("max_age_ms", 0)
    drive.read(0x01)
    assert only_change(events, drive) == ([0x20], "read")
    assert 0x20 in drive.files()


def test_reader_of_a_drive_that_never_tells_all(drive, events):
    """What he finds is told as his, and does not have it asked all the time."""
    drive.sim.on("mode-sense page=3f: sense 2/04/01")
    drive.write("max_age_ms", 0)
    with pytest.raises(BlockingIOError):
        drive.write("refresh", 1)
    began = time.monotonic()
    for _ in range(20):
        drive.page(0x0e)
        time.sleep(0.1)
    # Three times by itself, and once in two seconds for who reads.
    assert len(drive.asked(page=0x3f)) <= 4 + (time.monotonic() - began) / 2
    change(drive, 0x0d)
    drive.page(0x0d)
    assert only_change(events, drive) == ([0x0d], "read")


def test_answer_has_a_drive_asked_that_was_not_ready_for_long(drive):
    """Whoever it answers, who need not open it for that."""
    drive.sim.on("mode-sense: sense 2/04/01")
    with pytest.raises(BlockingIOError):
        drive.write("refresh", 1)
    wait_until(lambda: len(drive.asked()) == 4, "it is asked no more")
    drive.sim.off()
    drive.sim.set_page(0x20, bytes.fromhex("2006aabbccddeeff"))
    wait_until(lambda: drive.get(0x01)[0] == 0 and 0x20 in drive.supported(),
               "it has told all")


def test_page_appears_and_goes(drive, events):
    page = bytes.fromhex("2006aabbccddeeff")
    drive.sim.set_page(0x20, page)
    drive.write("refresh", 1)
    assert only_change(events, drive) == ([0x20], "refresh")
    assert drive.read(0x20) == page
    events.seen.clear()
    drive.sim.remove_page(0x20)
    drive.write("refresh", 1)
    assert only_change(events, drive) == ([0x20], "refresh")
    assert 0x20 not in drive.files()


def test_synthetic_event_tells_of_no_change(drive, events):
    """As a rule of udev sends it."""
    drive.write("uevent", "change")
    event, = events.wait(address(drive), "change")
    assert codes(event["MODEPAGES_SUPPORTED"]) == drive.supported()
    assert not {"MODEPAGES_CHANGED", "MODEPAGES_CAUSE"} & set(event)
    assert drive.asked() == []


@contextlib.contextmanager
def polled(path):
    """A function that waits until somebody is told of news of a file."""
    fd = os.open(path, os.O_RDONLY)
    poll = select.poll()
    poll.register(fd, select.POLLPRI | select.POLLERR)

    def told(timeout_ms):
        found = poll.poll(timeout_ms)
        os.lseek(fd, 0, os.SEEK_SET)
        return bool(found), int(os.read(fd, 64))

    os.read(fd, 64)
    yield told
    os.close(fd)


def test_storm(drive, events):
    """Of a thousand changes the last state is told, to whom it may concern."""
    rounds = 1000 if not drives.slow() else 200
    first = drive.generation()
    with polled(f"{drive.sysfs}/generation") as told:
        for _ in range(rounds):
            change(drive, 0x01)
            drive.write("refresh", 1)
        last = drive.generation()
        assert last == first + rounds
        assert told(0) == (True, last)
        assert told(0) == (False, last)
    events.quiet()
    seen = events.of(address(drive), "change")
    assert 1 <= len(seen) <= rounds
    assert {event["MODEPAGES_CHANGED"] for event in seen} == {"01"}
    generations = [int(event["MODEPAGES_GENERATION"]) for event in seen]
    assert generations == sorted(generations)
    assert generations[-1] == last


def test_changes_at_the_same_time(drive, events):
    """By everybody who can find one; each is told, and the last state is."""
    pages = [0x01, 0x0d, 0x0e, 0x1a]
    drive.write("max_age_ms", 0)

    def work(code):
        for _ in range(10):
            change(drive, code)
            uapi.get(drive.fd, code)
            drive.read(code)

    threads = [threading.Thread(target=work, args=(code,)) for code in pages]
    for thread in threads:
        thread.start()
    for _ in range(5):
        drive.write("refresh", 1)
    for thread in threads:
        thread.join()
    events.quiet()
    seen = events.of(address(drive), "change")
    assert {code for event in seen
            for code in codes(event["MODEPAGES_CHANGED"])} == set(pages)
    assert int(seen[-1]["MODEPAGES_GENERATION"]) == drive.generation()
    for code in pages:
        assert drive.read(code) == drive.sim.page(code)


def test_only_our_device_has_events_of_ours(drive):
    with Uevents("scsi") as scsi, Uevents("block") as block, \
            Uevents() as ours:
        change(drive, 0x01)
        drive.write("refresh", 1)
        ours.wait(address(drive), "change")
        ours.quiet()
        assert scsi.of(address(drive)) == []
        name = os.path.basename(drive.sim.block)
        assert block.of(name) == []


def test_events_are_complete_when_many_come():
    """Each is compared with the files, at a moment when nothing else changes."""
    with Uevents() as events:
        with contextlib.ExitStack() as stack:
            names = ["dvd-writer", "bd-writer", "mmc1-reader", "cd-writer"]
            found = simulator().add_all(*names * 3)
            stack.callback(lambda: [sim.unplug() for sim in found])
            for sim in found:
                event, = events.wait(sim.address, "add")
                path = f"/sys/class/modepages/{sim.address}"
                assert event["MODEPAGES_SUPPORTED"] == \
                    drives.read(f"{path}/supported").strip()
                assert event["DEVPATH"] == \
                    os.path.realpath(path).removeprefix("/sys")
        for sim in found:
            sim.wait_gone()
            assert events.wait(sim.address, "remove")
