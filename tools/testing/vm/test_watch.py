# SPDX-License-Identifier: MIT
"""
"modepages watch", and the library's monitor: what they tell of changes and of
drives that come and go, and that they sleep otherwise.
"""

import asyncio
import contextlib
import ctypes
import json
import os
import signal
import subprocess
import threading
import time

import pytest

import drives
from attached import attached
from drives import modepages_without, wait_until, write
from test_life import load, unload

COMMAND = "/usr/bin/modepages"
NOBODY = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"]
LONG_MS = 600000
POLL = "7"

# What --json prints, in each event and for each page of one.
EVENT = ["event", "device", "node", "block", "vendor", "model", "revision", "via",
         "cause", "generation", "pages"]
PAGE = ["page", "subpage", "name", "acronym", "before", "after", "error"]


class Watch:
    """The command, from when it has begun to wait; what it has printed so far."""

    def __init__(self, *arguments, before=()):
        self.process = subprocess.Popen(
            [*before, COMMAND, "watch", *arguments], text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        self.lines = []
        self.thread = threading.Thread(target=self._listen)
        self.thread.start()
        wait_until(self.sleeps, "it waits for events")

    def _listen(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def sleeps(self):
        assert self.process.poll() is None, self.process.stderr.read()
        path = f"/proc/{self.process.pid}/syscall"
        return drives.read(path).split()[0] == POLL

    def events(self):
        return [json.loads(line) for line in self.lines]

    def wait(self, count):
        """The first events, when there are so many."""
        wait_until(lambda: len(self.lines) >= count, f"{count} lines")
        return self.events()

    def quiet(self):
        """When udev is through, and some time has passed without anything new."""
        drives.settle()
        count = None
        while count != len(self.lines):
            count = len(self.lines)
            time.sleep(1)
        return self.events()

    def end(self, number=signal.SIGTERM):
        """Its exit status, and what it had to say on stderr."""
        self.process.send_signal(number)
        return self.ended()

    def ended(self):
        status = self.process.wait(60)
        self.thread.join()
        with self.process.stderr as errors:
            return status, errors.read().splitlines()


@contextlib.contextmanager
def watching(*arguments, **options):
    """It ends well, and has never complained."""
    watch = Watch(*arguments, **options)
    try:
        yield watch
    finally:
        status, errors = watch.end()
    assert (status, errors) == (0, [])


# These two come first: later on a node is open, and the module in use.


def test_module_that_comes_later():
    assert unload().returncode == 0
    try:
        watch = Watch("--json")
    finally:
        load()
    addresses = {drive.address for drive in drives.find()}
    watch.wait(len(addresses))
    events = watch.quiet()
    status, errors = watch.end()
    assert status == 0
    assert len(errors) == 1 and "module" in errors[0]
    assert {event["device"] for event in events
            if event["event"] == "added"} == addresses


def test_module_that_goes():
    addresses = {drive.address for drive in drives.find()}
    with watching("--json") as watch:
        try:
            assert unload().returncode == 0
            events = watch.wait(len(addresses))
        finally:
            load()
    assert {event["device"] for event in events
            if event["event"] == "removed"} == addresses


@pytest.fixture(scope="module")
def shared():
    with attached("dvd-writer", polled=False) as drive:
        yield drive


@pytest.fixture
def drive(shared):
    """Nobody else asks it, and what reading finds is told at once."""
    shared.sim.reset()
    shared.write("max_age_ms", 0)
    shared.write("refresh", 1)
    drives.settle()
    shared.sim.clear()
    return shared


def other(page):
    return page[:-1] + bytes([page[-1] ^ 0xff])


def change(drive, code):
    """Returns the bytes before and after."""
    before = drive.sim.page(code)
    drive.sim.set_page(code, other(before))
    return before, other(before)


def texts(*pages):
    return [None if page is None else page.hex() for page in pages]


def values(event):
    """Of an event: code, bytes before and after of each page."""
    return [(page["page"], page["before"], page["after"])
            for page in event["pages"]]


def test_change(drive):
    with watching("--json") as watch:
        before, after = change(drive, 0x01)
        drive.write("refresh", 1)
        event, = watch.wait(1)
        assert watch.quiet() == [event]
    assert list(event) == EVENT
    assert (event["event"], event["cause"]) == ("changed", "refresh")
    assert (event["device"], event["node"], event["block"], event["via"]) == \
        (drive.sim.address, drive.node, drive.sim.block, "module")
    assert event["generation"] == drive.generation()
    page, = event["pages"]
    assert list(page) == PAGE
    assert page == dict(zip(PAGE, [
        "01", "00", "Read/write error recovery", "rw",
        *texts(before, after), None]))


def test_each_change_begins_where_the_last_one_ended(drive):
    with watching("--json") as watch:
        steps = [change(drive, 0x01)]
        drive.write("refresh", 1)
        watch.wait(1)
        steps.append(change(drive, 0x01))
        drive.write("refresh", 1)
        watch.wait(2)
        assert [values(event) for event in watch.quiet()] == \
            [[("01", *texts(*step))] for step in steps]


def test_change_found_by_a_reader(drive):
    with watching("--json") as watch:
        before, after = change(drive, 0x0e)
        drive.page(0x0e)
        event, = watch.wait(1)
        assert watch.quiet() == [event]
    assert event["cause"] == "read"
    assert values(event) == [("0e", *texts(before, after))]


def test_change_of_other_values(drive):
    """Those that can be changed: the current ones stay as they are."""
    drive.page(0x05, 1)
    with watching("--json") as watch:
        mask = drive.sim.page(0x05, "changeable")
        drive.sim.set_page(0x05, other(mask), "changeable")
        drive.page(0x05, 1)
        event, = watch.wait(1)
    page = drive.sim.page(0x05)
    assert values(event) == [("05", *texts(page, page))]


def test_another_disc(drive):
    with watching("--json") as watch:
        steps = [change(drive, code) for code in (0x01, 0x1a)]
        drive.sim.on("mode-sense times=1: sense 6/28/00")
        drive.page(0x0e)
        event = watch.wait(1)[0]
    assert event["cause"] == "unit_attention"
    assert values(event) == [("01", *texts(*steps[0])),
                             ("1a", *texts(*steps[1]))]


def test_page_appears_and_goes(drive):
    page = bytes.fromhex("2006aabbccddeeff")
    with watching("--json") as watch:
        drive.sim.set_page(0x20, page)
        drive.write("refresh", 1)
        watch.wait(1)
        drive.sim.remove_page(0x20)
        drive.write("refresh", 1)
        watch.wait(2)
        events = watch.quiet()
    assert [values(event) for event in events] == \
        [[("20", *texts(None, page))], [("20", *texts(page, None))]]
    assert {page["error"] for event in events for page in event["pages"]} == \
        {None}


def test_drives_come_and_go():
    with watching("--json") as watch:
        with attached("dvd-reader", "bd-writer") as found:
            watch.wait(2)
            pages = [[(f"{code:02x}", *texts(None, drive.sim.page(code)))
                      for code in drive.supported()] for drive in found]
        watch.wait(4)
        events = watch.quiet()
    for drive, expected in zip(found, pages):
        added, removed = (event for event in events
                          if event["device"] == drive.sim.address)
        assert list(added) == list(removed) == EVENT
        assert (added["event"], added["cause"]) == ("added", None)
        assert added["generation"] > 0
        assert values(added) == expected
        assert (removed["event"], removed["cause"], removed["generation"],
                removed["pages"]) == ("removed", None, None, [])
        for name in ("vendor", "model", "block"):
            assert added[name] and removed[name] == added[name]


def test_two_drives(drive):
    with attached("bd-writer") as second, watching("--json") as watch:
        steps = [change(found, 0x01) for found in (drive, second)]
        for found in (drive, second):
            found.write("refresh", 1)
        watch.wait(2)
        events = watch.quiet()
    assert {event["device"]: values(event) for event in events} == {
        found.sim.address: [("01", *texts(*step))]
        for found, step in zip((drive, second), steps)}
    assert len(events) == 2


@pytest.mark.parametrize("name", ["address", "node", "block"])
def test_one_drive(name):
    """As long as it is named by what it has; also when it has been away."""
    with attached("dvd-reader", "bd-writer") as (wanted, unwanted):
        word = {"address": wanted.sim.address, "node": wanted.node,
                "block": wanted.sim.block}[name]
        with watching(word, "--json") as watch:
            for found in (unwanted, wanted):
                change(found, 0x01)
                found.write("refresh", 1)
            watch.wait(1)
            unwanted.sim.unplug()
            unwanted.sim.wait_gone()
            wanted.sim.unplug()
            watch.wait(2)
            wanted.sim.replug()
            watch.wait(3)
            events = watch.quiet()
    assert [event["event"] for event in events] == \
        ["changed", "removed", "added"]
    assert {event["device"] for event in events} == {wanted.sim.address}


def test_without_libudev(drive):
    """It alone needs it, and says so."""
    status, out, errors = modepages_without("libudev.so.1", "watch")
    assert (status, out, len(errors)) == (1, "", 1)
    assert "libudev" in errors[0]
    status, out, errors = modepages_without("libudev.so.1", "show", drive.node,
                                            "01", "--hex")
    assert (status, errors) == (0, [])
    assert bytes.fromhex(out) == drive.sim.page(0x01)


def test_no_such_drive():
    status, out, errors = drives.modepages("watch", "77:0:0:0")
    assert (status, out) == (1, b"")
    assert len(errors) == 1 and "77:0:0:0" in errors[0]
    status, out, errors = drives.modepages("watch", "sr0")
    assert (status, out, len(errors)) == (2, b"", 1)


def line_of(page):
    return " ".join(f"{byte:02x}" for byte in page)


def test_text(drive):
    with watching(drive.sim.address) as watch:
        before, after = change(drive, 0x01)
        drive.sim.set_page(0x20, bytes.fromhex("20021234"))
        drive.write("refresh", 1)
        wait_until(lambda: len(watch.lines) >= 7, "it has printed all")
        assert watch.lines == [
            f"{drive.sim.address}  {drive.sim.block}  changed by refresh, "
            f"generation {drive.generation()}",
            "    01  Read/write error recovery (rw)",
            f"        before: {line_of(before)}",
            f"        after:  {line_of(after)}",
            "    20  Unknown page",
            "        before: not there",
            "        after:  20 02 12 34"]


def test_text_of_drives_that_come_and_go():
    with watching() as watch:
        with attached("dvd-reader") as drive:
            name = f"{drive.sim.address}  {drive.sim.block}"
            pages = drive.file("supported").strip()
            listed = json.loads(drives.modepages("list", "--json")[1])
            found, = (entry for entry in listed["drives"]
                      if entry["device"] == drive.sim.address)
        wait_until(lambda: len(watch.lines) >= 2, "it is told")
    assert watch.lines == [
        f"{name}  added: {found['vendor']} {found['model']}, pages {pages}",
        f"{name}  removed"]


def test_as_nobody(drive, udev):  # pylint: disable=unused-argument
    with watching("--json", before=NOBODY) as watch:
        before, after = change(drive, 0x01)
        drive.write("refresh", 1)
        assert values(watch.wait(1)[0]) == [("01", *texts(before, after))]


def test_costs_no_command(drive):
    """As long as what the module has learnt is young enough for readers."""
    drive.write("max_age_ms", LONG_MS)
    change(drive, 0x01)
    drive.write("refresh", 1)
    without = len(drive.asked())
    assert without > 0
    drive.sim.clear()
    with watching("--json") as watch:
        change(drive, 0x01)
        drive.write("refresh", 1)
        watch.wait(1)
        watch.quiet()
    assert len(drive.asked()) == without


def test_synthetic_events_are_no_news(drive):
    """As "udevadm trigger" and the rules of udev write them."""
    with watching("--json") as watch:
        change(drive, 0x01)
        drive.write("refresh", 1)
        event, = watch.wait(1)
        for action in ("change", "add"):
            drive.write("uevent", action)
        assert watch.quiet() == [event]


def test_it_sleeps(drive, tmp_path):
    """No other call than that which waits, and no command."""
    log = tmp_path / "strace"
    strace = subprocess.Popen(
        ["strace", "-f", "-tt", "-o", log, COMMAND, "watch", "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_until(lambda: log.exists() and " poll(" in log.read_text()[-200:],
               "it waits for events")
    drives.settle()
    drive.sim.clear()
    called = log.read_text()
    time.sleep(10)
    assert log.read_text() == called
    assert drive.sim.commands() == []
    # Of what it has done before, nothing has set up something that wakes it.
    assert called.splitlines()[-1].endswith("-1")
    assert len({line.split()[0] for line in called.splitlines()}) == 1
    for name in ("timerfd", "timer_", "setitimer", "alarm(", "clone", "fork"):
        assert name not in called

    change(drive, 0x01)
    drive.write("refresh", 1)
    assert json.loads(strace.stdout.readline())["cause"] == "refresh"
    os.kill(int(called.split()[0]), signal.SIGTERM)
    assert strace.wait(60) == 0
    strace.stdout.close()
    strace.stderr.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ends_by_signals(drive, number):
    watch = Watch("--json")
    change(drive, 0x01)
    drive.write("refresh", 1)
    watch.wait(1)
    assert watch.end(number) == (0, [])
    assert len(watch.events()) == 1


def test_ends_when_nobody_reads(drive):  # pylint: disable=unused-argument
    """At once, not with the next event."""
    read_end, write_end = os.pipe()
    process = subprocess.Popen([COMMAND, "watch"], stdout=write_end,
                               stderr=subprocess.PIPE, text=True)
    os.close(write_end)
    time.sleep(1)
    assert process.poll() is None
    os.close(read_end)
    assert process.wait(60) == 0
    with process.stderr as errors:
        assert errors.read() == ""


@pytest.mark.parametrize("where", ["/dev/full", "&-"])
def test_output_that_can_not_be_written(drive, where):
    process = subprocess.Popen(["sh", "-c", f"exec {COMMAND} watch >{where}"],
                               stderr=subprocess.PIPE, text=True)
    time.sleep(1)
    change(drive, 0x01)
    drive.write("refresh", 1)
    assert process.wait(60) == 1
    with process.stderr as errors:
        line, = errors.read().splitlines()
    assert line.startswith("modepages: can not write the output")


def overflow(drive, count=1000):
    """More events than are kept for who does not take them."""
    for _ in range(count):
        drive.write("uevent", "change")
    drives.settle()


def test_lost_events(drive, udev):  # pylint: disable=unused-argument
    """
    Who does not take them for too long still learns how it ended. (For root far
    more are kept.)
    """
    # The rules of udev read the capabilities for each.
    drive.write("max_age_ms", LONG_MS)
    # Of QEMU's drives one has a page with other bytes whenever it is asked.
    others = [found.address for found in drives.find()
              if found.address != drive.sim.address]
    with watching("--json", before=NOBODY) as watch:
        watch.process.send_signal(signal.SIGSTOP)
        overflow(drive)
        steps = []
        for code in (0x01, 0x0e):
            steps.append((f"{code:02x}", *texts(*change(drive, code))))
            drive.write("refresh", 1)
        with attached("dvd-reader") as gone:
            assert gone.supported()
        with attached("bd-writer") as there:
            drives.settle()
            watch.process.send_signal(signal.SIGCONT)
            watch.wait(2)
            events = [event for event in watch.quiet()
                      if event["device"] not in others]
            assert sorted((event["event"], event["device"], event["cause"])
                          for event in events) == [
                ("added", there.sim.address, None),
                ("changed", drive.sim.address, "unknown")]
    event, = (event for event in events if event["event"] == "changed")
    assert event["generation"] == drive.generation()
    assert values(event) == steps


def library():
    lib = ctypes.CDLL("libmodepages.so.0")
    for name in ("event_get_info", "event_get_before", "event_get_after"):
        getattr(lib, f"libmodepages_{name}").restype = ctypes.c_void_p
    lib.libmodepages_info_get_address.restype = ctypes.c_char_p
    lib.libmodepages_page_get_data.restype = ctypes.POINTER(ctypes.c_uint8)
    return lib


class Monitor:
    """The library's, in a main loop that is not ours."""

    def __init__(self):
        self.lib = library()
        self.handle = ctypes.c_void_p()
        assert self.lib.libmodepages_monitor_new(
            ctypes.byref(self.handle)) == 0

    def fd(self):
        return self.lib.libmodepages_monitor_get_fd(self.handle)

    def close(self):
        self.lib.libmodepages_monitor_free(self.handle)

    def data(self, page):
        if not page:
            return None
        size = ctypes.c_size_t()
        data = self.lib.libmodepages_page_get_data(ctypes.c_void_p(page),
                                                   ctypes.byref(size))
        return bytes(data[:size.value])

    def receive(self):
        """Address and pages of an event; None when there is none."""
        event = ctypes.c_void_p()
        error = self.lib.libmodepages_monitor_receive(self.handle,
                                                      ctypes.byref(event))
        if error:
            assert error == -11
            return None
        lib = self.lib
        info = ctypes.c_void_p(lib.libmodepages_event_get_info(event))
        address = lib.libmodepages_info_get_address(info).decode()
        pages = [(lib.libmodepages_event_get_code(event, index),
                  self.data(lib.libmodepages_event_get_before(event, index)),
                  self.data(lib.libmodepages_event_get_after(event, index)))
                 for index in range(lib.libmodepages_event_get_count(event))]
        lib.libmodepages_event_free(event)
        return address, pages


def test_library_in_a_main_loop(drive):
    async def first(monitor):
        loop = asyncio.get_running_loop()
        readable = asyncio.Event()
        loop.add_reader(monitor.fd(), readable.set)
        found = None
        while found is None:
            await asyncio.wait_for(readable.wait(), 60)
            readable.clear()
            found = monitor.receive()
        loop.remove_reader(monitor.fd())
        return found

    monitor = Monitor()
    assert monitor.receive() is None
    before, after = change(drive, 0x01)
    write(f"{drive.sysfs}/refresh", 1)
    assert asyncio.run(first(monitor)) == \
        (drive.sim.address, [(0x01, before, after)])
    assert monitor.receive() is None
    monitor.close()
