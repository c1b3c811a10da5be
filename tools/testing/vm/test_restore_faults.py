# SPDX-License-Identifier: MIT
"""
A file is closed that has something to put back, and the drive does not go along:
one message in the kernel's log, last_status, and never a wait without an end.
"""

import contextlib
import os
import threading
import time

import pytest

import uapi
from attached import attached
from drives import wait_until
from restoring import (AUDIO, ERRORS, OFFLINE, PER, RETRIES, VOLUME, WARNING,
                       Child, Closing, Messages, begin, change, opened,
                       selects, with_field)

FAILED = "can not put back values of mode pages "
ON_PAGE = f"page={ERRORS:02x}"
# What a restore may take, and a command; beside the work of the kernel for it.
LIMIT, LEAST, SLACK = 60, 30, 15


@pytest.fixture(scope="module")
def shared():
    """It rounds numbers."""
    with attached("dvd-writer", polled=False) as drive:
        yield drive


@pytest.fixture
def drive(shared):
    yield begin(shared)
    shared.sim.off()
    assert shared.file("holder") == ""


def close(drive, *rules, page=ERRORS, fields=None):
    """Of a file with a change, by then with these rules; the messages of it."""
    fd = opened(drive)
    change(fd, page, fields or {PER: 0x04})
    for rule in rules:
        drive.sim.on(rule)
    with Messages() as messages:
        os.close(fd)
        return messages.of(drive.sim.address)


REFUSALS = [
    # rule, outcome
    ("mode-select: sense 5/26/00 field=10", "invalid_mode_parameters 05/26/00"),
    ("mode-select: sense 5/26/01", "invalid_mode_parameters 05/26/01"),
    ("mode-select: sense 7/27/00", "write_protected 07/27/00"),
    ("mode-select: sense 4/44/00", "fail 04/44/00"),
    ("mode-select: host 07", "fail 00/00/00"),
    (f"mode-sense {ON_PAGE}: sense 4/44/00", "fail 04/44/00"),
    (f"mode-sense {ON_PAGE}: sense 2/3a/00", "no_media 02/3a/00"),
    (f"mode-sense {ON_PAGE}: sense 5/24/00", "no_such_page 05/24/00"),
    (f"mode-sense {ON_PAGE}: data 00 06 00 00 00 00 00 00",
     "no_such_page 00/00/00"),
    # After it is written: what failed is to look at it.
    (f"mode-sense {ON_PAGE} after=1: sense 4/44/00", "fail 04/44/00"),
]


@pytest.mark.parametrize("rule, outcome", REFUSALS,
                         ids=[row[0] for row in REFUSALS])
def test_drive_that_refuses(drive, rule, outcome):
    began = time.monotonic()
    assert close(drive, rule) == [(WARNING, f"{FAILED}01: {outcome}")]
    assert drive.file("last_status") == outcome + "\n"
    assert time.monotonic() - began < LEAST


def test_page_that_is_gone(drive):
    drive.sim.remove_page(AUDIO)
    drive.sim.reset()
    fd = opened(drive)
    change(fd, AUDIO, {VOLUME: 0x10})
    drive.sim.remove_page(AUDIO)
    with Messages() as messages:
        os.close(fd)
        (level, text), = messages.of(drive.sim.address)
    assert level == WARNING
    assert text.startswith(f"{FAILED}0e: no_such_page ")


def test_page_that_is_shorter_by_now(drive):
    """What there is of it is put back."""
    page = drive.sim.page(ERRORS)
    fd = opened(drive)
    change(fd, ERRORS, {RETRIES: 0x40, (8, 0xff): 0x44})
    shorter = bytes([page[0], 4]) + drive.sim.page(ERRORS)[2:6]
    drive.sim.set_page(ERRORS, shorter)
    with Messages() as messages:
        os.close(fd)
        assert messages.of(drive.sim.address) == []
    assert drive.sim.page(ERRORS) == with_field(shorter, RETRIES, page[3])


def test_old_value_that_is_rounded(drive):
    """The drive got it from elsewhere, and does not take it from us."""
    before = with_field(drive.sim.page(ERRORS), RETRIES, 0x11)
    drive.sim.set_page(ERRORS, before)
    assert close(drive, fields={RETRIES: 0x20}) == \
        [(WARNING, f"{FAILED}01: verify_failed 01/37/00")]
    assert drive.file("last_status") == "verify_failed 01/37/00\n"
    assert drive.sim.page(ERRORS) == with_field(before, RETRIES, 0x10)


def test_drive_that_does_not_do_it(drive):
    """It says that all is well."""
    assert close(drive, "mode-select: late 0; sense 1/00/00") == \
        [(WARNING, f"{FAILED}01: verify_failed 01/00/00")]


def test_one_message_for_all_pages(drive):
    """And those that can be put back are."""
    before = {page: drive.sim.page(page) for page in (ERRORS, OFFLINE, AUDIO)}
    fd = opened(drive)
    change(fd, ERRORS, {PER: 0x04})
    change(fd, OFFLINE, {(3, 0x0f): 0x09})
    change(fd, AUDIO, {VOLUME: 0x10})
    for page in (ERRORS, AUDIO):
        drive.sim.on(f"mode-select page={page:02x}: sense 5/26/00")
    with Messages() as messages:
        os.close(fd)
        assert messages.of(drive.sim.address) == [
            (WARNING, f"{FAILED}01 0e: invalid_mode_parameters 05/26/00")]
    assert drive.sim.page(OFFLINE) == before[OFFLINE]
    assert drive.sim.page(ERRORS) != before[ERRORS]


MOMENTS = [
    "any times=3: sense 2/04/01", "any times=3: sense 2/04/07",
    "any times=3: sense 2/04/08", "any times=2: sense 2/04/04",
    "mode-select times=2: sense 2/04/01", "any times=3: status 08",
    "mode-select times=1: sense 6/28/00", "any times=4: sense 6/3f/01",
    "mode-select times=7: sense 6/2a/01", "any times=3: sense 3/0c/09 deferred",
]


@pytest.mark.parametrize("rule", MOMENTS)
def test_drive_that_is_ready_in_a_moment(drive, rule):
    before = drive.sim.page(ERRORS)
    assert close(drive, rule.replace("any", f"mode-sense {ON_PAGE}")) == []
    assert drive.sim.page(ERRORS) == before


def test_news_between_look_and_write(drive):
    """What they have changed is not overwritten."""
    before = drive.sim.page(ERRORS)
    other = with_field(with_field(before, PER, 0x04), (8, 0xff), 0x66)
    assert close(drive, f"mode-select times=1: page 01 current {other.hex()}; "
                        "attention 2a/01") == []
    assert drive.sim.page(ERRORS) == with_field(other, PER, 0)


# Pulled.

def pulled(drive):
    return not os.path.exists(drive.sysfs)


@pytest.mark.parametrize("rule", [
    None, f"mode-sense {ON_PAGE}: unplug", "mode-select: unplug",
    f"mode-sense {ON_PAGE} after=1: unplug", "mode-select: late 1; unplug"])
def test_drive_that_is_pulled(rule):
    """There are no values any more, and nothing to say."""
    with attached("dvd-writer") as drive, Messages() as messages:
        fd = opened(drive)
        change(fd, ERRORS, {PER: 0x04})
        change(fd, OFFLINE, {(3, 0x0f): 0x09})
        if rule:
            drive.sim.on(rule)
        else:
            drive.sim.unplug()
            wait_until(lambda: pulled(drive), "it is let go")
        closing = Closing(fd)
        assert closing.wait() < LEAST
        wait_until(lambda: pulled(drive) and not drive.sim.plugged,
                   "it is let go")
        assert messages.of(drive.sim.address) == []


# Slow ones, all at once.

class Slow:
    """A file of a drive of its own that is closed, and what has come of it."""

    def __init__(self, drive, *rules, seconds=None, change_too=False,
                 later=0):
        self.drive = drive
        self.later = later
        self.before = drive.sim.page(ERRORS)
        self.fd = opened(drive)
        change(self.fd, ERRORS, {PER: 0x04})
        change(self.fd, OFFLINE, {(3, 0x0f): 0x09})
        drive.sim.clear()
        for rule in rules:
            drive.sim.on(rule)
        self.error = None
        self.closing = None
        self.seconds = seconds
        self.holder = None
        self.thread = threading.Thread(target=self._run, args=(change_too,))

    def _run(self, change_too):
        time.sleep(self.later)
        if change_too:
            self.error = uapi.modify(self.fd, ERRORS, {PER: 0}, uapi.RESTORE,
                                     timeout_ms=1).error
        self.closing = Closing(self.fd)
        time.sleep(self.seconds or 2)
        self.holder = self.drive.file("holder")
        if self.seconds:
            self.drive.sim.off()
        self.closing.wait()

    @property
    def took(self):
        return self.closing.took

    def put_back(self):
        return self.drive.sim.page(ERRORS) == self.before


@pytest.fixture(scope="module", autouse=True)
def begun(request):
    """They begin with the first test, and are looked at after the others."""
    if not any("slow" in item.fixturenames for item in request.session.items):
        yield None
        return
    with slow_ones() as tried:
        yield tried


@contextlib.contextmanager
def slow_ones():
    """
    Two are quiet: without them the host would wait for one that hangs. Those time
    out when the busy ones are through: the host refuses all commands meanwhile.
    """
    with attached(*["dvd-writer"] * 8, polled=False) as found, \
            Messages() as messages:
        never = f"mode-sense form=10 {ON_PAGE}: never"
        tried = {
            "hangs": Slow(found[2], never, later=5),
            "hangs in the change": Slow(found[3], "mode-select: never",
                                        change_too=True, later=LEAST + 5),
            "busy": Slow(found[4], "mode-sense form=10: status 08"),
            "busy in words": Slow(found[5], "mode-sense form=10: "
                                            "sense 2/04/08"),
            "busy for 2 s": Slow(found[6], "mode-sense form=10: status 08",
                                 seconds=2),
            "busy in words for 2 s": Slow(found[7], "mode-select: "
                                                    "sense 2/04/07",
                                          seconds=2),
        }
        for one in tried.values():
            one.thread.start()
        yield tried, messages
        for one in tried.values():
            one.thread.join(300)


@pytest.fixture(scope="module")
def slow(begun):
    tried, messages = begun
    for one in tried.values():
        one.thread.join(300)
    said = {name: messages.of(one.drive.sim.address)
            for name, one in tried.items()}
    return tried, said


def outcome(slow, name):
    """What has come of one, and what has been said of it."""
    tried, said = slow
    return tried[name], said[name]


def test_hangs(slow):
    """One command, one time-out; the other page is not tried."""
    one, said = outcome(slow, "hangs")
    assert said == [(WARNING, f"{FAILED}01 0d: timeout 00/00/00")]
    assert LEAST <= one.took < LIMIT + SLACK
    assert one.holder
    assert one.drive.file("holder") == ""
    assert one.drive.file("last_status") == "timeout 00/00/00\n"
    assert len(one.drive.asked(page=ERRORS)) == 1
    assert one.drive.asked(page=OFFLINE) == []


def test_hangs_in_the_change(slow):
    """After its time-out the kernel has given the drive up."""
    one, said = outcome(slow, "hangs in the change")
    assert one.error
    assert said == [(WARNING, f"{FAILED}01 0d: no_device 00/00/00")]
    assert one.took < SLACK
    assert one.drive.file("last_status") == "no_device 00/00/00\n"


@pytest.mark.parametrize("name, said_of_it", [
    ("busy", "busy 00/00/00"), ("busy in words", "busy 02/04/08")])
def test_busy_for_good(slow, name, said_of_it):
    one, said = outcome(slow, name)
    assert said == [(WARNING, f"{FAILED}01 0d: {said_of_it}")]
    assert LIMIT - 5 <= one.took < LIMIT + SLACK
    assert one.holder
    assert one.drive.file("last_status") == said_of_it + "\n"
    assert selects(one.drive) == []


@pytest.mark.parametrize("name", ["busy for 2 s", "busy in words for 2 s"])
def test_busy_for_a_while(slow, name):
    one, said = outcome(slow, name)
    assert said == []
    assert 2 <= one.took < LEAST
    assert one.put_back()


def test_out_of_reach_of_a_kill(drive):
    """A process that is killed while its drive is busy is there until the end."""
    before = drive.sim.page(ERRORS)

    def victim():
        change(opened(drive), ERRORS, {PER: 0x04})
        time.sleep(600)

    child = Child(victim)
    wait_until(lambda: selects(drive), "it has changed the page")
    wait_until(lambda: drive.file("holder") and
               drive.sim.page(ERRORS) != before, "it is changed")
    drive.sim.on(f"mode-sense form=10 {ON_PAGE}: sense 2/04/07")
    child.kill()
    time.sleep(2)
    assert os.waitpid(child.pid, os.WNOHANG) == (0, 0)
    child.kill()
    drive.sim.off()
    child.wait()
    assert drive.sim.page(ERRORS) == before
