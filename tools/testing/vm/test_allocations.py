# SPDX-License-Identifier: MIT
"""
Every allocation fails once: what comes of it is ENOMEM, or nothing at all, and
afterwards all is as before. For a kernel with CONFIG_FAILSLAB only.
"""

import contextlib
import errno
import os
import subprocess

import pytest

import drives
import uapi
from attached import attached
from drives import read, wait_until, without_udev, write
from failslab import (NO_MEMORY, fail_page_alloc, failslab, function_text,
                      number_of, refresh, refusals)
from failslab import drive, refused  # noqa: F401, pylint: disable=unused-import

# pylint: disable=redefined-outer-name

OTHER_FILES = ["supported", "generation", "last_status", "quirks",
               "max_age_ms"]


def test_open(drive, refused):
    def action():
        with contextlib.closing(os.fdopen(os.open(drive.node, os.O_RDWR),
                                          "rb", buffering=0)):
            pass
    refusals(refused.each(lambda: number_of(action)))


@pytest.mark.parametrize("control", range(4))
def test_get(drive, refused, control):
    good = drive.page(0x01, control)

    def action():
        error, result, data = drive.get(0x01, control)
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


@pytest.mark.parametrize("directory", ["modepages", "changeable", "default",
                                       "saved"])
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


def test_info_and_other_files(drive, refused):
    """There is nothing that could fail: they allocate nothing."""
    refused.refuse(1)
    assert uapi.info(drive.fd)[0] == 0
    for name in OTHER_FILES:
        assert drive.file(name)
    assert not refused.refused()


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
            wait_until(lambda: os.path.exists(path) or has_come("can not "),
                       "it is attached to, or not")
            found = read(f"{path}/supported") if os.path.exists(path) else None
            write(f"{device}/delete", 1)
            assert not os.path.exists(path)
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
