# SPDX-License-Identifier: MIT
"""
Every allocation fails once while pages are changed, put back, put in force again,
and told. For a kernel with CONFIG_FAILSLAB only.
"""

import errno
import os

import pytest

import uapi
from failslab import refusals
from failslab import drive, refused  # noqa: F401, pylint: disable=unused-import

# pylint: disable=redefined-outer-name


def other(page):
    """Another value of the read retry count, which the drive takes as it is."""
    return 0x20 if page[3] != 0x20 else 0x10


def modify(drive, fd, flags=0):
    return uapi.modify(fd, 0x01, {(3, 0xff): other(drive.sim.page(0x01))}, flags)


def set_page(drive, fd, flags=0):
    page = bytearray(drive.sim.page(0x01))
    page[3] = other(page)
    return uapi.set_page(fd, page, flags)


@pytest.mark.parametrize("change", [modify, set_page])
def test_change(drive, refused, change):
    """Made, or not made; or it is said that nobody could look."""
    unseen = []

    def action():
        before = drive.sim.page(0x01)
        done = change(drive, drive.fd)
        if done.status.stage == uapi.STAGE_VERIFY:
            assert (done.error, done.status.code) == (errno.EIO,
                                                      uapi.VERIFY_FAILED)
            unseen.append(done)
            return errno.ENOMEM
        assert (drive.sim.page(0x01) == before) == bool(done.error)
        return done.error
    refusals(refused.each(action))
    assert unseen and action() == 0


@pytest.mark.parametrize("change", [modify, set_page])
def test_restore(drive, refused, change):
    """Whatever it was that there was no memory for, all is put back."""
    before = drive.sim.page(0x01)

    def action():
        try:
            fd = os.open(drive.node, os.O_RDWR)
        except OSError as error:
            return error.errno
        done = change(drive, fd, uapi.RESTORE)
        os.close(fd)
        assert drive.sim.page(0x01) == before
        return errno.ENOMEM if done.error else 0
    refusals(refused.each(action))
    assert action() == 0
