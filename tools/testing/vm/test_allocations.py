# SPDX-License-Identifier: MIT
"""
Every allocation fails once: what comes of it is ENOMEM, or nothing at all, and
afterwards all is as before. For a kernel with CONFIG_FAILSLAB only.
"""

import contextlib
import errno
import functools
import os
import select
import subprocess

import pytest

import drives
import uapi
from attached import attached
from changing import RETRIES, with_byte
from drives import read, wait_until, without_udev, write
from exclusive import EXCLUSIVE, open_errno
from failslab import (NO_MEMORY, fail_page_alloc, failslab, function_text,
                      number_of, refresh, refusals)
from failslab import drive, refused  # noqa: F401, pylint: disable=unused-import

# pylint: disable=redefined-outer-name

ALL_PAGES = 0x3f
DIRECTORIES = ["modepages", "changeable", "default", "saved"]
OTHER_FILES = ["supported", "generation", "last_status", "quirks",
               "max_age_ms", "holder"]


@pytest.mark.parametrize("flags", [os.O_RDWR, EXCLUSIVE],
                         ids=["shared", "exclusive"])
def test_open(drive, refused, flags):
    """Whom it fails for does not keep others away."""
    def action():
        number = open_errno(drive, flags)
        assert drive.file("holder") == ""
        return number
    refusals(refused.each(action))
    assert action() == 0


@pytest.mark.parametrize("page", [0x01, ALL_PAGES], ids=["one", "all"])
@pytest.mark.parametrize("control", range(4))
def test_get(drive, refused, control, page):
    good = drive.page(page, control)

    def action():
        error, result, data = drive.get(page, control)
        assert (error == errno.ENOMEM) == (result.status.code == NO_MEMORY)
        assert error or data[:result.length] == good
        return error
    refusals(refused.each(action))
    assert action() == 0


def test_large_answer(tmp_path):
    """
    Where there is no room for all that is declared, the first answer counts, which
    has filled its room. A drive is asked for so much once: when it comes.
    """
    profile = tmp_path / "large.profile"
    profile.write_text("[drive]\nlike = dvd-writer\n[faults]\n"
                       "1 = on mode-sense form=10: long 65000\n"
                       "2 = on mode-sense form=10: declare 65000\n")

    def action():
        with attached(str(profile)) as drive:
            error, result, data = drive.get(0x01)
            assert error or data[:result.length] == drive.sim.page(0x01)
            return error
    with without_udev(), \
            fail_page_alloc.below(*function_text("modepages_mode_sense")):
        outcomes = list(fail_page_alloc.each(action))
    assert 0 in outcomes and set(outcomes) <= {0, errno.ENOMEM}
    assert action() == 0


def test_list(drive, refused):
    pages = drive.supported()

    def action():
        # Else it is told what is known.
        number = refresh(drive)
        error, _, table = uapi.entries(drive.fd)
        found = [entry.page for entry in table][:len(pages)]
        assert number or error or found == pages
        return number or error
    refusals(refused.each(action))
    assert action() == 0


@pytest.mark.parametrize("directory", DIRECTORIES)
def test_page_file(drive, refused, directory):
    good = drive.read(0x01, directory)

    def action():
        # What is kept of the constant ones would be given without a question.
        number = refresh(drive)
        data = drive.read(0x01, directory)
        # Without memory for one file a control is without all of them.
        assert data in (good, errno.ENOMEM) or \
            (number, data) == (errno.ENOMEM, errno.ENOENT)
        return number or (0 if data == good else data)
    refusals(refused.each(action))
    assert action() == 0


def test_capabilities(drive, refused):
    names = os.listdir(f"{drive.sysfs}/capabilities")
    good = {name: drive.file(f"capabilities/{name}") for name in names}

    def action(name):
        try:
            assert drive.file(f"capabilities/{name}") == good[name]
        except OSError as error:
            return error.errno
        return 0
    for name in names:
        refusals(refused.each(functools.partial(action, name)))
        assert action(name) == 0


def files(drive):
    return {name: drive.files(name) for name in DIRECTORIES}


def change(drive):
    """Something to tell of, and files to make anew: not all pages are saved."""
    page = drive.sim.page(0x01)
    drive.sim.set_page(0x01, with_byte(page, 3, page[3] ^ 0x30))
    saved = drive.files("saved")
    number = errno.ENOMEM
    while number == errno.ENOMEM:
        number = number_of(lambda: drive.file("saved/01", "rb"))
    assert number == 0
    wait_until(lambda: len(drive.files("saved")) < len(saved),
               "those that it has no saved values of are gone", every=0.01)


def test_refresh(drive, refused):
    """What there was stays, but for files; the next one brings them back."""
    pages, good = drive.supported(), files(drive)

    def action():
        change(drive)
        number = refresh(drive)
        assert drive.supported() == pages
        if number:
            drive.write("refresh", 1)
        assert files(drive) == good
        return number
    outcomes = list(refused.each(action))
    refusals(outcomes)
    # Its files are many.
    assert len(outcomes) > 50
    assert action() == 0


def test_epoll(drive, refused):
    """It keeps something for each file, and has us begin that."""
    def action():
        with select.epoll() as found:
            return number_of(lambda: found.register(drive.fd, select.EPOLLPRI))
    refusals(refused.each(action))
    assert action() == 0


def test_what_allocates_nothing(drive, refused):
    """There is nothing that could fail."""
    drive.page(0x01)
    fd = os.open(drive.node, os.O_RDWR)
    assert uapi.modify(fd, 0x01, {RETRIES: 0x20}, uapi.RESTORE).error == 0
    poll = select.poll()
    poll.register(drive.fd, select.POLLPRI)

    refused.refuse(1)
    assert uapi.info(drive.fd)[0] == 0
    assert uapi.entries(drive.fd, flags=uapi.CACHED)[0] == 0
    assert drive.get(0x01, flags=uapi.CACHED)[0] == 0
    assert poll.poll(0) == []
    for name in OTHER_FILES:
        assert drive.file(name)
    assert uapi.keep(fd)[0] == 0
    os.close(fd)
    assert not refused.refused()

    # It was meant: the next one that allocates comes upon it.
    assert drive.get(0x01)[0] == errno.ENOMEM
    assert refused.refused()
    assert drive.page(0x01)[3] == 0x20


def test_uevent(drive, refused):
    """
    The node has no other name without memory: only what kmemleak notes of each
    allocation is refused here, and for that it has a reserve.
    """
    def action():
        assert f"DEVNAME=modepages/{drive.sim.address}\n" in drive.file("uevent")
    assert list(refused.each(action))


@contextlib.contextmanager
def kernel_messages():
    """A function that tells whether one with some words has come since."""
    log = os.open("/dev/kmsg", os.O_RDONLY | os.O_NONBLOCK)
    os.lseek(log, 0, os.SEEK_END)

    def has_come(words):
        with contextlib.suppress(BlockingIOError):
            while True:
                if words in os.read(log, 8192).decode():
                    return True
        return False
    yield has_come
    os.close(log)


def test_whole_life(refused):
    """
    From the scan to the removal. The drive may not be there, or without its
    pages: the next one is whole.
    """
    with drives.scsi_debug() as address, kernel_messages() as has_come:
        device = f"/sys/class/scsi_device/{address}/device"
        host = f"/sys/class/scsi_host/host{address.split(':')[0]}"
        path = f"/sys/class/modepages/{address}"
        pages = read(f"{path}/supported")
        write(f"{device}/delete", 1)

        def come_and_go():
            write(f"{host}/scan", "- - -")
            wait_until(lambda: os.path.exists(f"{path}/supported") or
                       has_come("can not "), "it is attached to, or not")
            found = None
            # Where it could not be added as a whole, it goes again meanwhile.
            with contextlib.suppress(OSError):
                found = read(f"{path}/supported")
            write(f"{device}/delete", 1)
            assert not os.path.exists(path)
            # No node is left, nor one that was made at a wrong place.
            assert not os.path.exists(f"/dev/modepages/{address}")
            assert not os.path.exists(f"/dev/{address}")
            return found

        found = list(refused.each(come_and_go))
        assert {pages, "\n", None} <= set(found)
        # One that refused page 3Fh, for want of memory of its own, has fewer.
        assert all(set(codes.split()) <= set(pages.split())
                   for codes in found if codes)
        # Its files are many.
        assert len(found) > 50
        assert come_and_go() == pages


def load():
    return subprocess.run(["modprobe", "modepages"],
                          capture_output=True, text=True)


def test_load():
    """It is there, if not for every drive, or not at all."""
    addresses = os.listdir("/sys/class/modepages")

    def come_and_go():
        done = load()
        if done.returncode:
            assert "Cannot allocate memory" in done.stderr
            assert not os.path.exists("/sys/module/modepages")
            return errno.ENOMEM
        subprocess.run(["rmmod", "modepages"], check=True)
        return 0

    subprocess.run(["rmmod", "modepages"], check=True)
    with without_udev(), failslab.below(*function_text("do_one_initcall")):
        refusals(failslab.each(come_and_go))
    assert load().returncode == 0
    wait_until(lambda: set(os.listdir("/sys/class/modepages")) ==
               set(addresses), "every drive is attached to")
