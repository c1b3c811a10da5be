# SPDX-License-Identifier: MIT
"""
A drive that an open file has for itself, by open() with O_EXCL: what others may
still do, who it is, and when it ends.
"""

import contextlib
import errno
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

import drives
import uapi
from attached import attached
from changing import ERRORS, RETRIES, opcodes, selects, with_byte
from changing import drive, fd, shared  # noqa: F401, pylint: disable=unused-import
from drives import read, wait_until
from exclusive import EXCLUSIVE, holding, locked, open_errno

# pylint: disable=redefined-outer-name

CD = 0x0d
def write_errno(drive, name, value):
    try:
        drive.write(name, value)
    except OSError as error:
        return error.errno
    return 0


class TestOpen:
    @pytest.mark.parametrize("flags", [os.O_RDONLY, os.O_RDONLY | os.O_NONBLOCK])
    def test_needs_to_be_for_writing(self, drive, flags):
        assert open_errno(drive, flags | os.O_EXCL) == errno.EPERM
        assert drive.file("holder") == ""

    def test_for_writing_only_will_do(self, drive):
        with locked(drive, os.O_WRONLY | os.O_EXCL):
            assert open_errno(drive) == errno.EBUSY

    def test_one_at_a_time(self, drive):
        with locked(drive):
            assert open_errno(drive) == errno.EBUSY
            assert open_errno(drive) == errno.EBUSY
        assert open_errno(drive) == 0

    def test_others_may_open_it(self, drive):
        with locked(drive):
            assert open_errno(drive, os.O_RDWR) == 0
            assert open_errno(drive, os.O_RDONLY) == 0
        with locked(drive, os.O_RDWR), locked(drive):
            pass

    def test_not_while_somebody_has_something_to_put_back(self, drive, fd):
        assert uapi.modify(fd, ERRORS, {RETRIES: 0x20},
                           uapi.RESTORE).error == 0
        assert open_errno(drive) == errno.EBUSY
        assert uapi.keep(fd)[0] == 0
        assert open_errno(drive) == 0

    @pytest.mark.parametrize("flags", [uapi.RESTORE,
                                       uapi.RESTORE | uapi.DRY_RUN])
    def test_nothing_to_put_back_is_nothing(self, drive, fd, flags):
        """Bits of none, and a page as it was."""
        assert uapi.modify(fd, ERRORS, {}, flags).error == 0
        assert uapi.set_page(fd, drive.sim.page(ERRORS),
                             uapi.RESTORE).error == 0
        assert drive.file("holder") == ""
        assert open_errno(drive) == 0

    def test_who_has_it_may_have_something_to_put_back(self, drive):
        before = drive.sim.page(ERRORS)
        with locked(drive) as own:
            assert uapi.modify(own, ERRORS, {RETRIES: 0x20},
                               uapi.RESTORE).error == 0
            assert open_errno(drive) == errno.EBUSY
        assert drive.sim.page(ERRORS) == before
        assert open_errno(drive) == 0

    def test_nothing_is_sent_for_it(self, drive):
        with locked(drive):
            pass
        assert not opcodes(drive)

    def test_failed_open_ends_nothing(self, drive):
        with locked(drive):
            open_errno(drive)
            open_errno(drive, os.O_RDONLY | os.O_EXCL)
            assert uapi.get(drive.fd, ERRORS)[0] == errno.EBUSY

    def test_another_drive_is_another_matter(self, drive):
        with attached("dvd-reader") as other, locked(drive):
            with locked(other) as own:
                assert uapi.get(own, ERRORS)[0] == 0
            assert other.page(ERRORS) == other.sim.page(ERRORS)

    def test_passive_drive(self):
        """Nothing is sent by anybody; and it can be held."""
        with attached("glucose-meter", max_age_ms=None) as found, locked(found) as own:
            assert open_errno(found) == errno.EBUSY
            assert uapi.modify(own, ERRORS, {RETRIES: 1}).error == \
                errno.EOPNOTSUPP


class TestOthers:
    """What those can do who do not have it."""

    @pytest.fixture
    def held(self, drive):
        """All is known of it, of whatever age."""
        for name in ("changeable", "default", "saved"):
            drive.read(ERRORS, name)
        drive.read(ERRORS)
        uapi.entries(drive.fd)
        drive.sim.clear()
        with locked(drive) as own:
            drive.own = own
            yield drive

    @pytest.mark.parametrize("number, ask", [
        ("GET", lambda fd: uapi.get(fd, ERRORS)[:2]),
        ("GET changeable", lambda fd: uapi.get(fd, ERRORS, 1)[:2]),
        ("MODIFY", lambda fd: (lambda done: (done.error, done.argument))(
            uapi.modify(fd, ERRORS, {RETRIES: 0x20}))),
        ("DRY_RUN", lambda fd: (lambda done: (done.error, done.argument))(
            uapi.modify(fd, ERRORS, {RETRIES: 0x20}, uapi.DRY_RUN))),
        ("SET", lambda fd: (lambda done: (done.error, done.argument))(
            uapi.set_page(fd, bytes([1, 10]) + bytes(10)))),
    ], ids=lambda value: value if isinstance(value, str) else "")
    def test_commands(self, held, number, ask):
        error, argument = ask(held.fd)
        assert (error, argument.status.code, argument.status.stage) == \
            (errno.EBUSY, uapi.LOCKED, uapi.STAGE_CHECK), number
        assert argument.status.flags == 0
        assert not opcodes(held)

    def test_list(self, drive):
        """It would have to ask, the first time: it tells what is known."""
        with locked(drive):
            error, argument, table = uapi.entries(drive.fd)
            assert (error, argument.status.code) == (0, uapi.OK)
            assert {entry.page for entry in table} == set(drive.supported())
            assert {entry.controls for entry in table} == {1}
        error, _, table = uapi.entries(drive.fd)
        assert error == 0 and {entry.controls for entry in table} != {1}

    def test_what_is_known(self, held):
        assert uapi.info(held.fd)[0] == 0
        error, argument, table = uapi.entries(held.fd, flags=uapi.CACHED)
        assert error == 0 and argument.count == len(held.supported())
        assert {entry.page for entry in table} == set(held.supported())
        for control, name in enumerate(("current", "changeable")):
            error, argument, data = uapi.get(held.fd, ERRORS, control,
                                             flags=uapi.CACHED)
            assert error == 0
            assert data[:argument.length] == held.sim.page(ERRORS, name)
        assert not opcodes(held)

    def test_files_show_what_is_known(self, held):
        """Though it is too old."""
        page = held.sim.page(ERRORS)
        held.sim.set_page(ERRORS, with_byte(page, 3, 0x40))
        assert held.read(ERRORS) == page
        assert held.read(ERRORS, "saved") == held.sim.page(ERRORS, "saved")
        assert held.read(ERRORS, "changeable") == \
            held.sim.page(ERRORS, "changeable")
        for name in ("supported", "generation", "quirks", "last_status"):
            assert held.file(name)
        assert not opcodes(held)
        assert uapi.get(held.own, ERRORS)[0] == 0
        assert held.read(ERRORS) == with_byte(page, 3, 0x40)

    def test_files_of_what_is_not_known(self):
        """What nobody has ever asked for."""
        with attached("dvd-writer") as found:
            with locked(found):
                for name in ("changeable", "default", "saved"):
                    assert found.read(ERRORS, name) == errno.ENODATA
                assert found.read(ERRORS) == found.sim.page(ERRORS)
            for name in ("changeable", "default", "saved"):
                assert found.read(ERRORS, name) == found.sim.page(ERRORS, name)

    def test_refresh(self, held):
        assert write_errno(held, "refresh", 1) == errno.EBUSY
        assert not opcodes(held)

    def test_refresh_by_the_holder(self, held):
        """A file of sysfs does not know who that is."""
        assert write_errno(held, "refresh", 1) == errno.EBUSY

    def test_keep(self, held, fd):
        """It sends nothing."""
        assert uapi.keep(fd)[0] == 0

    def test_holder_is_not_in_his_own_way(self, held):
        own = held.own
        done = uapi.modify(own, ERRORS, {RETRIES: 0x20})
        assert done.error == 0
        assert uapi.set_page(own, done.before).error == 0
        assert uapi.get(own, ERRORS)[0] == 0
        assert uapi.entries(own)[0] == 0

    def test_pollers_are_told_of_his_changes(self, held):
        before = uapi.info(held.fd)[1].generation
        assert uapi.modify(held.own, ERRORS, {RETRIES: 0x20}).error == 0
        assert uapi.info(held.fd)[1].generation > before
        error, argument, data = uapi.get(held.fd, ERRORS, flags=uapi.CACHED)
        assert error == 0
        assert data[:argument.length] == held.sim.page(ERRORS)


class TestDiscovery:
    def test_is_put_off(self, drive):
        """News that the holder was told; all is found out when he has gone."""
        page = bytes.fromhex("2006aabbccddeeff")
        with locked(drive) as own:
            drive.sim.set_page(0x20, page)
            drive.sim.attention(0x2a, 0x01)
            assert uapi.get(own, ERRORS)[0] == 0
            drive.sim.clear()
            time.sleep(3)
            assert not opcodes(drive)
            assert 0x20 not in drive.supported()
        wait_until(lambda: 0x20 in drive.supported(), "it is looked at anew")
        assert drive.read(0x20) == page

    def test_only_if_there_were_news(self, drive):
        with locked(drive) as own:
            uapi.get(own, ERRORS)
        drive.sim.clear()
        time.sleep(3)
        assert not opcodes(drive)


class TestEnd:
    """It goes with the open file description, however many refer to it."""

    def test_dup(self, drive):
        own = os.open(drive.node, EXCLUSIVE)
        other = os.dup(own)
        os.close(own)
        assert open_errno(drive) == errno.EBUSY
        assert uapi.get(other, ERRORS)[0] == 0
        os.close(other)
        assert open_errno(drive) == 0

    def test_fork(self, drive):
        """A child has it, too, and keeps it as long as it lives."""
        own = os.open(drive.node, EXCLUSIVE)
        inside, outside = os.pipe()
        pid = os.fork()
        if not pid:
            os.close(outside)
            os.read(inside, 1)
            os._exit(uapi.get(own, ERRORS)[0])
        os.close(inside)
        os.close(own)
        assert open_errno(drive) == errno.EBUSY
        # Still who has opened it.
        assert drive.file("holder").startswith(f"{os.getpid()} ")
        os.close(outside)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        assert open_errno(drive) == 0

    @pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGKILL])
    def test_killed(self, drive, signal_number):
        with holding(drive) as process:
            assert open_errno(drive) == errno.EBUSY
            process.send_signal(signal_number)
            process.wait(timeout=20)
            assert open_errno(drive) == 0

    def test_drive_that_goes(self):
        with attached("dvd-writer") as found, locked(found) as own:
            found.sim.unplug()
            wait_until(lambda: uapi.info(own)[0] == errno.ENODEV, "it is gone")


class TestWait:
    """Who opens it exclusively waits for the command that is under way."""

    @contextlib.contextmanager
    def asked(self, drive):
        drive.sim.on("mode-sense page=0d times=1: late 5")
        asker = threading.Thread(target=lambda: uapi.get(drive.fd, CD))
        asker.start()
        wait_until(lambda: drive.asked(page=CD), "it is asked")
        yield asker
        asker.join()

    def test_until_it_has_ended(self, drive):
        with self.asked(drive) as asker, locked(drive):
            asker.join(timeout=1)
            assert not asker.is_alive()
            assert uapi.get(drive.fd, CD)[0] == errno.EBUSY

    def test_can_be_killed(self, drive):
        with self.asked(drive) as asker:
            with subprocess.Popen(
                    [sys.executable, "-c", "import os, sys;"
                     "os.open(sys.argv[1], os.O_RDWR | os.O_EXCL)",
                     drive.node]) as process:
                wait_until(lambda: "modepages_" in
                           read(f"/proc/{process.pid}/stack"), "it waits")
                process.kill()
                assert process.wait(timeout=3) == -signal.SIGKILL
            assert asker.is_alive()
        assert drive.file("holder") == ""
        assert open_errno(drive) == 0

    def test_two_who_want_it(self, drive):
        """One gets it, the other one is told."""
        own, results = [], []

        def try_it():
            try:
                own.append(os.open(drive.node, EXCLUSIVE))
            except OSError as error:
                results.append(error.errno)

        with self.asked(drive):
            threads = [threading.Thread(target=try_it) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert (len(own), results) == (1, [errno.EBUSY] * 3)
        os.close(own[0])

    def test_commands_that_wait_are_sent_no_more(self, drive):
        """They were there first, and come second."""
        answers = []
        with self.asked(drive):
            with contextlib.ExitStack() as stack:
                opener = threading.Thread(
                    target=lambda: stack.enter_context(locked(drive)))
                opener.start()
                opener.join()
                answers.append(uapi.modify(drive.fd, ERRORS,
                                           {RETRIES: 0x20}).error)
                assert not selects(drive)
        assert answers == [errno.EBUSY]


def test_other_programs_are_not_kept_away(drive):
    """As documented: who sends commands of his own does so still."""
    with locked(drive):
        drive.sim.clear()
        done = subprocess.run(
            ["sg_raw", "-R", "-b", "-r", "512", drive.sim.block,
             *"5a 08 01 00 00 00 00 02 00 00".split()],
            capture_output=True, check=True, timeout=60)
        assert drives.cut(done.stdout) == drive.sim.page(ERRORS)
