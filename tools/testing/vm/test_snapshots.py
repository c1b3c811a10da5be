# SPDX-License-Identifier: MIT
"""
What a drive has answered is kept, and is given to readers of sysfs as long as
it may be. The simulator counts the commands that the drive got.
"""

import contextlib
import errno
import os
import select
import threading
import time

import pytest

import drives
import uapi
from attached import attached
from drives import wait_until
from simulated import TEST_UNIT_READY, sgio, udev_paused
from users import stack

LONG_MS = 600000
MASKS = "changeable"
CHANGED = {"modepages": 0, "changeable": 1, "default": 2, "saved": 3}


@pytest.fixture(scope="module")
def shared():
    with attached("dvd-writer", polled=False) as drive:
        yield drive


@pytest.fixture
def drive(shared):
    """It may be asked whenever somebody reads, and has just been."""
    shared.sim.reset()
    shared.write("max_age_ms", 0)
    # What it is still to be asked for the news of before is asked now.
    shared.write("refresh", 1)
    shared.read(0x01)
    shared.sim.clear()
    yield shared
    shared.sim.off()


def other(page):
    """A page like this, with another last byte."""
    return page[:-1] + bytes([page[-1] ^ 0xff])


def read_all(drive, control="modepages"):
    return {code: drive.read(code, control) for code in drive.files(control)}


@contextlib.contextmanager
def running(*functions):
    """Threads; they are over when this is."""
    threads = [threading.Thread(target=function) for function in functions]
    for thread in threads:
        thread.start()
    try:
        yield threads
    finally:
        for thread in threads:
            thread.join()


def test_a_second_at_first():
    with attached("dvd-reader", max_age_ms=None) as drive:
        assert drive.file("max_age_ms") == "1000\n"


@pytest.mark.parametrize("value", ["-2", "x", "", "1.5", "1 2", "2147483648"])
def test_age_that_is_none(drive, value):
    with pytest.raises(OSError) as failure:
        drive.write("max_age_ms", value + "\n")
    assert failure.value.errno in (errno.EINVAL, errno.ERANGE)
    assert drive.file("max_age_ms") == "0\n"


def test_all_files_cost_one_command(drive):
    drive.write("max_age_ms", LONG_MS)
    drive.write("refresh", 1)
    drive.sim.clear()
    pages = read_all(drive)
    assert drive.asked() == []
    assert pages == {code: drive.sim.page(code) for code in drive.supported()}


@pytest.mark.parametrize("control", ["changeable", "default", "saved"])
def test_other_values_cost_one_command(drive, control):
    """They are asked for on first use, and then kept."""
    drive.write("max_age_ms", LONG_MS)
    drive.write("refresh", 1)
    drive.sim.clear()
    code = drive.files(control)[0]
    assert drive.read(code, control) == drive.sim.page(code, control)
    wait_until(lambda: None not in (drive.sim.page(code, control)
                                    for code in drive.files(control)),
               "the files of pages without such values are gone")
    assert read_all(drive, control) == \
        {code: drive.sim.page(code, control) for code in drive.files(control)}
    assert [entry.cdb.hex()[:20] for entry in drive.asked()] == \
        [f"5a08{CHANGED[control] << 6 | 0x3f:02x}00000000020000"]


@pytest.mark.parametrize("control", ["changeable", "default"])
def test_constant_values_do_not_age(drive, control):
    drive.read(0x01, control)
    drive.sim.clear()
    drive.read(0x01, control)
    assert drive.asked() == []


@pytest.mark.parametrize("control", ["modepages", "saved"])
def test_other_values_age(drive, control):
    drive.read(0x01, control)
    drive.sim.clear()
    drive.read(0x01, control)
    assert len(drive.asked()) == 1


def test_old_values_until_they_are_too_old(drive):
    drive.write("max_age_ms", LONG_MS)
    before = drive.read(0x01)
    drive.sim.set_page(0x01, other(before))
    assert drive.read(0x01) == before
    assert drive.asked() == []
    time.sleep(0.2)
    drive.write("max_age_ms", 100)
    assert drive.read(0x01) == other(before)
    assert len(drive.asked()) == 1


def test_never_ask(drive):
    """Not even when there is nothing to show, or news."""
    before = drive.read(0x01)
    drive.sim.set_page(0x01, other(before))
    drive.write("refresh", 1)
    drive.sim.on("mode-sense times=1: sense 6/28/00")
    drive.page(0x0e)
    drive.sim.clear()
    drive.write("max_age_ms", -1)
    assert drive.read(0x01) == other(before)
    with attached("dvd-writer", max_age_ms=-1) as fresh:
        fresh.sim.clear()
        assert fresh.read(0x01, MASKS) == errno.ENODATA
        assert fresh.read(0x01) == fresh.sim.page(0x01)
        assert fresh.asked() == []
    assert drive.asked() == []


def test_rest_of_a_page_is_of_the_same_answer(drive):
    """Whatever the age: a reader with a small buffer gets one page."""
    fd = os.open(f"{drive.sysfs}/modepages/01", os.O_RDONLY)
    whole = drive.sim.page(0x01)
    first = os.read(fd, 5)
    drive.sim.set_page(0x01, other(whole))
    drive.sim.clear()
    assert first + os.read(fd, 100) == whole
    assert drive.asked() == []
    os.close(fd)


def test_readers_of_one_stale_page_cost_one_command(drive):
    """Those who come while the drive is asked, too, for longer than a second."""
    drive.write("max_age_ms", 1000)
    time.sleep(1.1)
    drive.sim.on("mode-sense times=1: late 3")
    page, got = drive.sim.page(0x01), []
    with running(*[lambda: got.append(drive.read(0x01))] * 32):
        wait_until(drive.asked, "the drive is asked")
        time.sleep(1.5)
        with running(*[lambda: got.append(drive.read(0x01))] * 32):
            pass
    assert got == [page] * 64
    assert len(drive.asked()) == 1


def test_readers_who_want_values_of_now(drive):
    """They do not get what was asked for before they came."""
    drive.sim.on("mode-sense times=1: late 2")
    before, got = drive.sim.page(0x01), []
    with running(lambda: got.append(drive.read(0x01))):
        wait_until(drive.asked, "the drive is asked")
        drive.sim.set_page(0x01, other(before))
        late = []
        with running(*[lambda: late.append(drive.read(0x01))] * 16):
            pass
    assert got == [before]
    assert late == [other(before)] * 16
    assert len(drive.asked()) == 2


def recent(drive, page, **members):
    """(errno, was it known?, the bytes)"""
    error, result, data = drive.get(page, flags=uapi.RECENT, **members)
    return (error, bool(result.result & uapi.RESULT_CACHED),
            data[:result.length] if not error else b"")


class TestRecent:
    """GET of what a reader of the file would get."""

    def test_young_enough(self, drive):
        drive.write("max_age_ms", LONG_MS)
        page = drive.page(0x01)
        drive.sim.clear()
        assert recent(drive, 0x01) == (0, True, page)
        assert not drive.asked()

    def test_too_old(self, drive):
        drive.write("max_age_ms", 0)
        drive.sim.set_page(0x01, other(drive.page(0x01)))
        drive.sim.clear()
        assert recent(drive, 0x01) == (0, False, drive.sim.page(0x01))
        assert len(drive.asked()) == 1

    def test_all_pages(self, drive):
        drive.write("max_age_ms", LONG_MS)
        whole = drive.page(0x3f)
        drive.sim.clear()
        assert recent(drive, 0x3f) == (0, True, whole)
        assert not drive.asked()

    def test_all_pages_after_another_answer(self, drive):
        """Who has seen the new page does not get the old one."""
        drive.write("max_age_ms", LONG_MS)
        drive.page(0x3f)
        drive.sim.set_page(0x01, other(drive.sim.page(0x01)))
        page = drive.page(0x01)
        error, known, whole = recent(drive, 0x3f)
        assert (error, known) == (0, False) and page in whole

    def test_drive_that_is_left_alone(self, drive):
        page = drive.page(0x01)
        drive.write("max_age_ms", -1)
        drive.sim.set_page(0x01, other(page))
        drive.sim.clear()
        assert recent(drive, 0x01) == (0, True, page)
        assert not drive.asked()

    def test_nothing_is_known(self, drive):
        drive.write("max_age_ms", -1)
        assert recent(drive, 0x3e, control=3) == (errno.ENODATA, False, b"")
        assert recent(drive, 0x01, subpage=1) == (errno.ENODATA, False, b"")

    def test_page_that_is_not_there(self, drive):
        drive.write("max_age_ms", 0)
        assert recent(drive, 0x3e) == (errno.ENOENT, False, b"")


def test_failure_is_not_repeated(drive):
    page = drive.sim.page(0x01)
    drive.sim.on("mode-sense: sense 4/44/00")
    drive.write("max_age_ms", 0)
    assert drive.read(0x01) == errno.EIO
    assert len(drive.asked()) == 1
    drive.write("max_age_ms", LONG_MS)
    assert [drive.read(code) for code in drive.files()] == \
        [errno.EIO] * len(drive.files())
    assert len(drive.asked()) == 1
    # The last good answer, for those who can't have a better one.
    drive.write("max_age_ms", -1)
    assert drive.read(0x01) == page
    error, result, data = drive.get(0x01, flags=uapi.CACHED)
    assert (error, data[:result.length]) == (0, page)
    assert len(drive.asked()) == 1
    drive.sim.off()
    drive.write("max_age_ms", 0)
    assert drive.read(0x01) == page


def test_news_without_end_are_a_failure_too(drive):
    """Not repeated for each reader, though news end what was kept."""
    drive.sim.on("mode-sense: sense 6/28/00")
    assert drive.read(0x01, MASKS) == errno.EIO
    # Current values are asked for once more, by whom news tell to.
    tries = len(drive.asked(control=1))
    drive.write("max_age_ms", LONG_MS)
    assert drive.read(0x01, MASKS) == drive.read(0x0e, MASKS) == errno.EIO
    assert len(drive.asked(control=1)) == tries


def test_answer_without_the_page_is_a_failure():
    """As long as it is not repeated, the last good one is still known."""
    with attached("mmc1-reader") as drive:
        good, wrong = drive.read(0x01), drive.sim.page(0x0e)
        size = (len(wrong) + 6).to_bytes(2, "big")
        drive.sim.on(f"mode-sense: data {(size + bytes(6) + wrong).hex()}")
        assert drive.read(0x01) == errno.EPROTO
        drive.write("max_age_ms", -1)
        assert drive.read(0x01) == good


def test_failure_of_masks_is_not_kept_for_ever(drive):
    drive.write("refresh", 1)
    drive.sim.on("mode-sense control=1: sense 4/44/00")
    assert drive.read(0x01, MASKS) == errno.EIO
    drive.sim.off()
    assert drive.read(0x01, MASKS) == drive.sim.page(0x01, MASKS)


def test_answer_of_before_is_not_of_now(drive):
    """The drive was asked before all was forgotten, and answers after that."""
    drive.sim.on("mode-sense times=1: late 2")
    drive.sim.on("mode-sense after=1: sense 4/44/00")
    results = []

    def refresh():
        wait_until(drive.asked, "the drive is asked")
        try:
            drive.write("refresh", 1)
        except OSError as error:
            results.append(error.errno)

    with running(refresh, lambda: results.append(drive.read(0x01))):
        pass
    assert drive.sim.page(0x01) in results
    assert drive.get(0x01, flags=uapi.CACHED)[0] == errno.ENODATA


@pytest.mark.parametrize("attention", ["28/00", "29/00", "2a/01", "3f/01"])
def test_news_end_what_was_kept(drive, attention):
    drive.write("max_age_ms", LONG_MS)
    page, mask = drive.read(0x01), drive.read(0x01, MASKS)
    drive.sim.set_page(0x01, other(page))
    drive.sim.set_page(0x01, other(mask), MASKS)
    drive.sim.clear()
    drive.sim.on(f"mode-sense times=1: sense 6/{attention}")
    drive.page(0x0e)
    drive.looked_at_anew()
    # The question, once more after the news, and then for all there is.
    assert len(drive.asked()) == 4
    assert drive.read(0x01) == other(page)
    assert drive.read(0x01, MASKS) == other(mask)
    assert len(drive.asked()) == 5


# Of the kernels that this runs on, 7.3 counts them for all drivers of a device.
COUNTED = int(os.uname().release.split(".", maxsplit=1)[0]) >= 7


@pytest.mark.parametrize("asc", [0x28, 0x29], ids=["28", "29"])
def test_news_that_somebody_else_was_told(drive, asc):
    """Older kernels can't tell us; the rule of udev is there for them."""
    page, before = drive.read(0x01), drive.generation()
    drive.write("max_age_ms", LONG_MS)
    drive.sim.set_page(0x01, other(page))
    drives.settle()
    # Which reacts to news, and would be the somebody else.
    with udev_paused(), sgio.Device(drive.sim.block) as device:
        drive.sim.attention(asc, 0)
        assert device.execute(TEST_UNIT_READY).codes == (6, asc, 0)
    drive.sim.clear()
    assert drive.read(0x01) == (other(page) if COUNTED else page)
    assert (drive.generation() > before) == COUNTED
    drive.looked_at_anew()
    assert bool(drive.asked()) == COUNTED
    drive.write("refresh", 1)
    assert drive.read(0x01) == other(page)


def test_busy_drive_is_left_alone():
    """With a command of somebody else, who may be burning a disc."""
    with attached("dvd-writer") as drive, \
            sgio.Device(drive.sim.block) as device:
        sgio.stop_polling(drive.sim.block)
        drives.settle()
        page = drive.read(0x01)
        drive.sim.set_page(0x01, other(page))
        drive.sim.on("test-unit-ready times=1: late 4")
        drive.sim.clear()
        with running(lambda: device.execute(TEST_UNIT_READY)):
            wait_until(lambda: drive.sim.commands(0x00), "it is busy")
            assert drive.read(0x01) == page
            assert drive.read(0x01, MASKS) == errno.ENODATA
            assert drive.asked() == []
            # With a descriptor of one's own, one may.
            assert drive.page(0x01) == other(page)
        assert drive.read(0x01) == other(page)
        assert drive.read(0x01, MASKS) == drive.sim.page(0x01, MASKS)


def test_command_takes_what_is_young(drive):
    """And asks when it is told to, or when that is all there is."""
    page = drive.read(0x01)
    drive.write("max_age_ms", LONG_MS)
    drive.sim.clear()
    words = ("show", drive.node, "01", "--raw")
    assert drives.modepages(*words) == (0, page, [])
    assert drive.asked() == []
    assert drives.modepages(*words, "--fresh") == (0, page, [])
    assert len(drive.asked()) == 1
    status, out, errors = drives.modepages("show", drive.node, "3a")
    assert (status, out, len(errors)) == (1, b"", 1)
    assert len(drive.asked()) == 2


class TestFiles:
    """For each page that a drive has values of, and for no other."""

    def test_as_current_until_asked(self):
        with attached("dvd-writer") as drive:
            assert all(drive.files(name) == drive.supported()
                       for name in CHANGED)

    @pytest.mark.parametrize("control", ["changeable", "default", "saved"])
    def test_those_that_came_back(self, control):
        with attached("dvd-writer") as drive:
            there = [code for code in drive.supported()
                     if drive.sim.page(code, control)]
            missing = next((code for code in drive.supported()
                            if code not in there), None)
            if missing is not None:
                assert drive.read(missing, control) == errno.ENODATA
            assert drive.read(there[0], control) == \
                drive.sim.page(there[0], control)
            wait_until(lambda: drive.files(control) == there,
                       "files of the others are gone")
            assert missing is None or \
                drive.read(missing, control) == errno.ENOENT
            assert drive.files() == drive.supported()

    def test_refused_control_has_no_directory(self):
        with attached("dvd-reader") as drive:
            assert drive.read(0x01, "saved") == errno.ENODATA
            wait_until(lambda: drive.files("saved") is None, "it is gone")
            assert drive.files() == drive.files("default") == \
                drive.supported()
            drive.sim.clear()
            assert drive.read(0x01, "saved") == errno.ENOENT
            assert drive.asked() == []

    def test_page_by_page(self):
        """A drive that does not know page 3Fh is asked for each."""
        with attached("mmc1-reader") as drive:
            pages = drive.supported()
            drive.sim.on("mode-sense page=0d control=1: sense 5/24/00")
            assert drive.read(0x0d, MASKS) == errno.ENODATA
            wait_until(lambda: drive.files(MASKS) ==
                       [code for code in pages if code != 0x0d],
                       "its file is gone")
            assert drive.read(0x01, MASKS) == drive.sim.page(0x01, MASKS)
            drive.sim.off()
            assert drive.get(0x0d, 1)[0] == 0
            wait_until(lambda: drive.files(MASKS) == pages, "it is back")

    def test_open_file_lives_through_updates_of_others(self):
        with attached("dvd-writer") as drive:
            fd = os.open(f"{drive.sysfs}/modepages/01", os.O_RDONLY)
            saved = os.open(f"{drive.sysfs}/saved/01", os.O_RDONLY)
            gone = os.open(f"{drive.sysfs}/saved/05", os.O_RDONLY)
            drive.read(0x01, "saved")
            wait_until(lambda: len(drive.files("saved")) <
                       len(drive.supported()), "files are gone")
            assert os.pread(fd, 4096, 0) == drive.sim.page(0x01)
            assert os.pread(saved, 4096, 0) == drive.sim.page(0x01, "saved")
            with pytest.raises(OSError) as failure:
                os.pread(gone, 4096, 0)
            assert failure.value.errno == errno.ENODEV
            for open_file in (fd, saved, gone):
                os.close(open_file)


def without(pages, code):
    """The answer to page 3Fh, with one page less."""
    body = b"".join(page for key, page in pages.items() if key != code)
    return (len(body) + 6).to_bytes(2, "big") + bytes(6) + body


class TestRefresh:
    """Forgets what is known, and asks what pages there are."""

    @pytest.mark.parametrize("value", ["0", "2", "", "11", "y"])
    def test_other_values(self, drive, value):
        with pytest.raises(OSError) as failure:
            drive.write("refresh", value + "\n")
        assert failure.value.errno == errno.EINVAL
        assert drive.asked() == []

    @pytest.mark.parametrize("value", ["1", "1\n"])
    def test_two_commands(self, drive, value):
        before = drive.generation()
        drive.write("refresh", value)
        assert [entry.cdb.hex()[:20] for entry in drive.asked()] == \
            ["5a002a00000000008000", "5a083f00000000020000"]
        assert drive.generation() == before

    def test_forgets(self, drive):
        drive.write("max_age_ms", LONG_MS)
        drive.read(0x01, MASKS)
        assert drive.get(0x01, 1, flags=uapi.CACHED)[0] == 0
        drive.write("refresh", 1)
        assert drive.get(0x01, 1, flags=uapi.CACHED)[0] == errno.ENODATA
        assert drive.get(0x01, flags=uapi.CACHED)[0] == 0

    def test_sees_what_has_changed(self, drive):
        before = drive.generation()
        drive.sim.set_page(0x01, other(drive.sim.page(0x01)))
        drive.write("refresh", 1)
        assert drive.generation() > before

    def test_files_are_as_before_anything_was_asked(self):
        """A drive may have got a disc with which it has other values."""
        with attached("dvd-reader") as drive:
            assert drive.read(0x01, "saved") == errno.ENODATA
            wait_until(lambda: drive.files("saved") is None, "it is gone")
            drive.write("refresh", 1)
            assert drive.files("saved") == drive.supported()

    def test_drive_that_fails_everything(self, drive):
        """But for page 2Ah, which is asked for first."""
        drive.sim.on("mode-sense dbd=1: sense 4/44/00")
        with pytest.raises(OSError) as failure:
            drive.write("refresh", 1)
        assert failure.value.errno == errno.EIO
        drive.sim.off()
        drive.write("refresh", 1)

    def test_nonsense_takes_no_page_away(self):
        with attached("bd-writer") as drive:
            pages = drive.supported()
            drive.sim.on("mode-sense page=3f: zero")
            drive.write("refresh", 1)
            assert drive.supported() == drive.files() == pages

    def test_page_that_is_new(self):
        with attached("dvd-reader") as drive:
            pages, before = drive.supported(), drive.generation()
            drive.sim.set_page(0x1c, bytes.fromhex("1c0a0008") + bytes(8))
            drive.write("refresh", 1)
            assert drive.supported() == sorted([*pages, 0x1c])
            assert all(drive.files(name) == drive.supported()
                       for name in CHANGED)
            assert drive.generation() > before
            assert drive.read(0x1c) == drive.sim.page(0x1c)

    def test_page_that_is_gone(self):
        with attached("dvd-reader") as drive:
            pages = {code: drive.sim.page(code) for code in drive.supported()}
            before = drive.generation()
            data = without(pages, 0x0d)
            drive.sim.on(f"mode-sense page=3f: data {data.hex()}")
            # A reader gets no other page for it, and the list stays.
            assert drive.read(0x0d) == errno.ENODATA
            assert drive.supported() == sorted(pages)
            drive.write("refresh", 1)
            assert drive.supported() == drive.files() == \
                [code for code in sorted(pages) if code != 0x0d]
            assert drive.generation() > before

    @pytest.mark.parametrize("sense, error", [
        ("2/04/08", errno.EALREADY), ("2/04/01", errno.EAGAIN),
        ("4/3e/02", errno.ETIMEDOUT)])
    def test_failure_takes_no_page_away(self, drive, sense, error):
        pages = drive.supported()
        drive.sim.on(f"mode-sense: sense {sense}")
        with pytest.raises(OSError) as failure:
            drive.write("refresh", 1)
        assert failure.value.errno == error
        assert drive.supported() == drive.files() == pages
        drive.sim.off()
        drive.write("refresh", 1)
        assert drive.supported() == pages

    def test_by_many_at_once(self, drive):
        """Each returns when a discovery that began after it is over."""
        before = drive.sim.page(0x01)
        drive.sim.set_page(0x01, other(before))
        drive.write("max_age_ms", LONG_MS)
        got = []

        def refresh():
            drive.write("refresh", 1)
            got.append(drive.read(0x01))

        with running(*[refresh] * 16):
            pass
        assert got == [other(before)] * 16
        assert len(drive.asked()) <= 32


def polled(poller):
    return [events for _, events in poller.poll(0)]


class TestPoll:
    def test_generation_in_sysfs(self, drive):
        with open(f"{drive.sysfs}/generation") as file:
            before = file.read()
            poller = select.poll()
            poller.register(file, select.POLLPRI)
            assert polled(poller) == []
            drive.sim.set_page(0x01, other(drive.sim.page(0x01)))
            drive.read(0x01)
            assert poller.poll(30000)
            file.seek(0)
            assert file.read() != before
            assert polled(poller) == []

    def test_node(self, drive):
        poller = select.poll()
        poller.register(drive.fd, select.POLLPRI)
        uapi.info(drive.fd)
        assert polled(poller) == []
        drive.sim.set_page(0x01, other(drive.sim.page(0x01)))
        drive.read(0x01)
        assert poller.poll(30000) == [(drive.fd, select.POLLPRI)]
        assert polled(poller) == [select.POLLPRI]
        uapi.info(drive.fd)
        assert polled(poller) == []

    def test_nothing_new_before_the_first_info(self, drive):
        """Of what happened before it was opened, a descriptor is not told."""
        fd = os.open(drive.node, os.O_RDONLY)
        poller = select.poll()
        poller.register(fd, select.POLLPRI)
        assert polled(poller) == []
        os.close(fd)

    def test_drive_that_goes(self):
        with attached("dvd-reader") as drive:
            poller = select.poll()
            poller.register(drive.fd, 0)
            assert polled(poller) == []
            waiting = []
            # Not one with a time-out: that looks once more when it is over.
            one = threading.Thread(
                target=lambda: waiting.extend(poller.poll()), daemon=True)
            one.start()
            wait_until(lambda: "sys_poll" in
                       stack(os.getpid(), one.native_id), "it sleeps")
            drive.sim.unplug()
            wait_until(lambda: waiting, "it is woken")
            assert [events for _, events in waiting] == \
                [select.POLLHUP | select.POLLERR]


class TestPassive:
    """Devices that must not be sent anything, and drives that are not to."""

    def test_device_of_the_list(self):
        with attached("glucose-meter", max_age_ms=None) as drive:
            assert drive.quirks() == ["passive"]
            assert drive.supported() == drive.files() == []
            error, info = uapi.info(drive.fd)
            assert (error, info.quirks) == (0, 1 << 11)
            for page in (0x01, 0x2a, 0x3f):
                error, result, _ = drive.get(page)
                assert (error, result.status.code, result.status.stage) == \
                    (errno.EOPNOTSUPP, uapi.OK, uapi.STAGE_CHECK)
                assert drive.get(page, flags=uapi.CACHED)[0] == errno.ENODATA
            assert uapi.entries(drive.fd)[0] == errno.EOPNOTSUPP
            assert uapi.entries(drive.fd, flags=uapi.CACHED)[0] == 0
            with pytest.raises(OSError) as failure:
                drive.write("refresh", 1)
            assert failure.value.errno == errno.EOPNOTSUPP
            for words in (["show"], ["show", "--fresh"]):
                status, out, errors = drives.modepages(
                    words[0], drive.node, "2a", *words[1:])
                assert (status, out, len(errors)) == (1, b"", 1)
                assert "take harm" in errors[0]
            # sr has its own, of the other form.
            assert drive.sim.commands(0x5a) == []
