# SPDX-License-Identifier: MIT
"""
Who may open the node may change pages, and may do nothing else with the drive; who
may not can change nothing at all.
"""

import errno
import fcntl
import os
import stat

import pytest

import uapi
from changing import ERRORS, RETRIES, with_byte
from changing import drive, fd, shared  # noqa: F401, pylint: disable=unused-import
from drives import granted_to
from simulated import sgio

# pylint: disable=redefined-outer-name

NOBODY, CDROM, NOGROUP = 65534, 24, 65534
SG_IO, SG_SCSI_RESET, SG_SEND_COMMAND = 0x2285, 0x2284, 1
# Of cdroms, of block devices, of BSG; and what asks any file.
OTHERS = [0x5309, 0x5319, 0x5326, 0x5329, 0x5393, 0x1260, 0x80081272, 0x125f,
          0x2201, 0x2202, 0x2203, 0x2272, 0x2282, 0x5382, 0x5385, 0x5386,
          SG_SCSI_RESET, SG_SEND_COMMAND]


def as_nobody(function, group=NOGROUP):
    """Returns what the function, called by somebody without rights, returns."""
    inside, outside = os.pipe()
    pid = os.fork()
    if not pid:
        status = 1
        try:
            os.setgroups([])
            os.setgid(group)
            os.setuid(NOBODY)
            os.write(outside, repr(function()).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(outside)
    with os.fdopen(inside) as pipe:
        answer = pipe.read()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    return eval(answer)  # pylint: disable=eval-used


def errno_of(function, *arguments):
    try:
        function(*arguments)
    except OSError as error:
        return error.errno
    return 0


@pytest.fixture
def granted(drive):
    with granted_to(drive.node, CDROM):
        yield drive


def test_page_can_be_changed(granted):
    before = granted.sim.page(ERRORS)

    def change():
        own = os.open(granted.node, os.O_RDWR)
        done = uapi.modify(own, ERRORS, {RETRIES: 0x20}, uapi.SAVE)
        read = uapi.get(own, ERRORS)
        return done.error, bytes(done.after), read[2][:read[1].length]

    after = with_byte(before, 3, 0x20)
    assert as_nobody(change, CDROM) == (0, after, after)
    assert granted.sim.page(ERRORS) == after


def test_no_other_command(granted):
    """Least of all one of his own."""
    def send():
        own = os.open(granted.node, os.O_RDWR)
        return [errno_of(sgio.execute, own, cdb) for cdb in
                (bytes(6), bytes([0x1b, 0, 0, 0, 2, 0]), bytes([0x55] * 10))]

    assert as_nobody(send, CDROM) == [errno.ENOTTY] * 3
    assert not granted.sim.commands()


def test_no_other_ioctl(granted):
    """Of the type, of others, and of whatever size and direction."""
    known = {uapi.INFO, uapi.LIST, uapi.GET, uapi.SET, uapi.MODIFY, uapi.KEEP}
    numbers = {kind << 8 | number for kind in (0x12, 0x22, 0x53, 0xd3, 0xd4,
                                               0xd5)
               for number in range(256)} - known
    numbers |= {number | size for number in known
                for size in (1 << 16, 1 << 30, 2 << 30, 3 << 30, 0xc0a80000)}
    numbers |= set(OTHERS)

    def call():
        own = os.open(granted.node, os.O_RDWR)
        return {errno_of(fcntl.ioctl, own, number, bytearray(256))
                for number in numbers}

    assert as_nobody(call, CDROM) == {errno.ENOTTY}
    assert not granted.sim.commands()


def test_no_reading_nor_writing_nor_mapping(granted):
    def use():
        own = os.open(granted.node, os.O_RDWR)
        return (errno_of(os.read, own, 16), errno_of(os.write, own, bytes(16)),
                errno_of(os.lseek, own, 0, os.SEEK_SET))

    assert as_nobody(use, CDROM) == (errno.EINVAL, errno.EINVAL, errno.ESPIPE)


def test_for_reading_only_nothing_is_changed(granted):
    os.chmod(granted.node, 0o640)
    page = granted.sim.page(ERRORS)

    def change():
        assert errno_of(os.open, granted.node, os.O_RDWR) == errno.EACCES
        assert errno_of(os.open, granted.node, os.O_RDONLY | os.O_EXCL) == \
            errno.EPERM
        own = os.open(granted.node, os.O_RDONLY)
        keep, _ = uapi.keep(own)
        return [uapi.modify(own, ERRORS, {RETRIES: 0x20}).error,
                uapi.modify(own, ERRORS, {RETRIES: 0x20}, uapi.DRY_RUN).error,
                uapi.set_page(own, page).error, keep]

    assert as_nobody(change, CDROM) == [errno.EBADF] * 4
    assert not granted.sim.commands()


def test_nobody(drive):
    """The node as the kernel makes it."""
    assert stat.S_IMODE(os.stat(drive.node).st_mode) == 0o600
    flags = (os.O_RDONLY, os.O_WRONLY, os.O_RDWR, os.O_RDWR | os.O_EXCL,
             os.O_RDONLY | os.O_EXCL)
    assert as_nobody(lambda: [errno_of(os.open, drive.node, flag)
                              for flag in flags]) == [errno.EACCES] * 5


def test_nobody_and_the_files(drive):
    """All may be read by all, but what is there to be written only."""
    files = {os.path.join(path, name)
             for path, directories, names in os.walk(drive.sysfs)
             if not directories.clear() or True
             for name in names if not os.path.islink(os.path.join(path, name))}
    for directory in ("modepages", "changeable", "default", "saved",
                      "capabilities"):
        path = os.path.join(drive.sysfs, directory)
        files |= {os.path.join(path, name) for name in os.listdir(path)}
    assert f"{drive.sysfs}/modepages/01" in files
    assert f"{drive.sysfs}/holder" in files
    # As root, who may do more than the mode says: the mode itself.
    writable = {os.path.basename(path) for path in files
                if os.stat(path).st_mode & 0o222}
    assert writable == {"max_age_ms", "refresh", "uevent"}
    answers = as_nobody(lambda: {errno_of(os.open, path, os.O_WRONLY)
                                 for path in files})
    assert answers == {errno.EACCES}
