# SPDX-License-Identifier: MIT
"""What no drive could take is refused, by errno, and nothing is half done."""

import ctypes
import errno
import functools
import os
import subprocess

import pytest

import drives
import uapi
from drives import modepages, modepages_without


@pytest.fixture
def drive():
    return drives.of_kind("virtio")


@pytest.mark.parametrize("bits", uapi.BITS)
def test_sizes(drive, bits):
    """
    Of each ioctl, from nothing to more than a page: too small, known, with
    members that come later, and where memory ends.
    """
    with open(drive.node, "r+b", buffering=0) as node:
        done = subprocess.run([uapi.program("sizes", bits)], stdin=node,
                              capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout


@functools.cache
def kernel_data():
    """
    Memory of the kernel that could be written. (If it were: "Linux", as uname
    has it, would be something else.)
    """
    line = subprocess.run(["grep", " init_uts_ns$", "/proc/kallsyms"],
                          capture_output=True, check=True).stdout
    return int(line.split()[0], 16)


@pytest.mark.parametrize("number", [uapi.INFO, uapi.LIST, uapi.GET, uapi.SET,
                                    uapi.MODIFY, uapi.KEEP],
                         ids=["info", "list", "get", "set", "modify", "keep"])
def test_bad_argument_pointer(node, number):
    libc = ctypes.CDLL(None, use_errno=True)
    for pointer in (0, 1, 1 << 62, kernel_data()):
        assert libc.ioctl(node, ctypes.c_ulong(number),
                          ctypes.c_void_p(pointer)) == -1
        assert ctypes.get_errno() == errno.EFAULT


def refused(error, argument):
    assert error == errno.EINVAL
    assert argument.status.code == uapi.INVALID_ARGUMENT
    assert argument.status.stage == uapi.STAGE_CHECK
    assert argument.status.scsi_status == 0


def test_unknown_flags(node):
    for bit in range(32):
        argument = uapi.Info(size=ctypes.sizeof(uapi.Info), flags=1 << bit)
        refused(uapi.call(node, uapi.INFO, argument), argument)
    for bit in range(1, 32):
        error, argument, _ = uapi.entries(node, flags=1 << bit)
        refused(error, argument)
    for flags in (uapi.CACHED | uapi.RECENT,
                  *(1 << bit for bit in range(2, 32))):
        error, argument, _ = uapi.get(node, 0x2a, flags=flags)
        refused(error, argument)


def test_reserved_members(node):
    for i in range(6):
        argument = uapi.Info(size=ctypes.sizeof(uapi.Info))
        argument.reserved[i] = 1
        refused(uapi.call(node, uapi.INFO, argument), argument)
    argument = uapi.List(size=ctypes.sizeof(uapi.List), reserved=1)
    refused(uapi.call(node, uapi.LIST, argument), argument)
    error, argument, _ = uapi.get(node, 0x2a, reserved=1)
    refused(error, argument)


def test_pages_and_controls_out_of_range(node):
    for members in ({"page": 0x40}, {"page": 0x99}, {"page": 0xff},
                    {"page": 0x2a, "control": 4},
                    {"page": 0x2a, "control": 0xff},
                    {"page": 0x2a, "subpage": 0xff},
                    {"page": 0x3f, "subpage": 1}):
        error, argument, data = uapi.get(node, **members)
        refused(error, argument)
        assert set(data) == {0xa5}


def test_bad_data_pointer(node):
    for pointer in (0, 1, 1 << 62, kernel_data()):
        argument = uapi.Get(size=ctypes.sizeof(uapi.Get), page=0x2a,
                            length=4096, data=pointer)
        assert uapi.call(node, uapi.GET, argument) == errno.EFAULT
        argument = uapi.List(size=ctypes.sizeof(uapi.List), count=64,
                             entries=pointer)
        assert uapi.call(node, uapi.LIST, argument) == errno.EFAULT


def test_small_room(node):
    """As much as fits, and the true size."""
    _, whole, page = uapi.get(node, 0x2a)
    assert whole.length > 8
    for room in (0, 1, 8, whole.length - 1, whole.length):
        error, result, data = uapi.get(node, 0x2a, room=room)
        assert (error, result.length) == (0, whole.length)
        assert data == page[:room]
    _, everything, table = uapi.entries(node)
    for room in (1, everything.count - 1):
        error, result, some = uapi.entries(node, room=room)
        assert (error, result.count) == (0, everything.count)
        assert [bytes(e) for e in some] == [bytes(e) for e in table[:room]]


def test_read_only_descriptor_can_read(drive):
    fd = os.open(drive.node, os.O_RDONLY)
    assert uapi.get(fd, 0x2a)[0] == 0
    os.close(fd)


def test_cached(node):
    """What discovery saw is there without a command."""
    error, result, page = uapi.get(node, 0x2a, flags=uapi.CACHED)
    assert (error, result.result) == (0, uapi.RESULT_CACHED)
    assert page[0] & 0x3f == 0x2a
    error, result, _ = uapi.get(node, 0x3e, flags=uapi.CACHED)
    assert error == errno.ENODATA


def test_info(drive, node):
    error, result = uapi.info(node)
    assert (error, result.status.code) == (0, uapi.OK)
    header = drives.mode_sense(drive, 0, 0x2a).data
    assert (result.medium_type, result.device_specific) == tuple(header[2:4])
    assert result.features == uapi.FEATURES
    assert result.quirks == 0


def test_info_tells_what_was_worked_around():
    drive = drives.of_kind("ata")
    fd = os.open(drive.node, os.O_RDONLY)
    assert uapi.info(fd)[1].quirks == 2
    os.close(fd)


@pytest.mark.parametrize("words, code, named", [
    (("show", "/dev/nosuch"), 1, "/dev/nosuch"),
    (("show", "/dev/vda"), 1, "/dev/vda"),
    (("show", "/dev/null"), 1, "/dev/null"),
    (("show", "/etc/passwd"), 1, "/etc/passwd"),
    (("show", "9:9:9:9"), 1, "9:9:9:9"),
    (("show", "DEV", "99"), 2, "99"),
    (("show", "DEV", "0x99"), 2, "0x99"),
    (("show", "DEV", "zz"), 2, "zz"),
    (("show", "DEV", "2a", "05"), 2, "05"),
    (("show", "DEV", "2a", "--control", "future"), 2, "future"),
    (("show", "DEV", "2a", "--control"), 2, "--control"),
    (("show", "DEV", "2a", "--frobnicate"), 2, "--frobnicate"),
    (("show", "DEV", "3e"), 1, "3e"),
    (("show", "DEV", "2a", "--bits", "--raw"), 2, "--bits"),
    (("get",), 2, "field"),
    (("get", "DEV"), 2, "field"),
    (("get", "DEV", "rw"), 2, "rw"),
    (("get", "DEV", "rw."), 2, "rw."),
    (("get", "DEV", "rw.rrcc"), 2, "rw.rrcc"),
    (("get", "DEV", "99.rrc"), 2, "99.rrc"),
    (("get", "DEV", "01.3:7"), 2, "01.3:7"),
    (("get", "DEV", "01.3:7:0"), 2, "01.3:7:0"),
    (("get", "DEV", "01.3:7:65"), 2, "01.3:7:65"),
    (("get", "DEV", "01.3:8:8"), 2, "01.3:8:8"),
    (("get", "DEV", "01.257:7:8"), 2, "01.257:7:8"),
    (("get", "DEV", "01.3:7:8x"), 2, "01.3:7:8x"),
    (("get", "DEV", "rw.rrc", "rw.x"), 2, "rw.x"),
    (("get", "DEV", "rw.rrc", "--hex"), 2, "--hex"),
    (("get", "DEV", "3e.2:7:8"), 1, "3e"),
    (("get", "DEV", "01.200:7:8"), 1, "01.200:7:8"),
    (("get", "/dev/nosuch", "rw.rrc"), 1, "/dev/nosuch"),
    (("decode",), 2, "file"),
    (("decode", "/nosuch"), 1, "/nosuch"),
    (("decode", "/etc/passwd"), 1, "/etc/passwd"),
    (("decode", "/dev/null"), 1, "/dev/null"),
    (("decode", "/etc/passwd", "--raw"), 2, "--raw"),
    (("frobnicate",), 2, "frobnicate"),
    (("list", "extra"), 2, "extra"),
])
def test_command_names_what_is_wrong(drive, words, code, named):
    words = [drive.address if word == "DEV" else word for word in words]
    status, out, errors = modepages(*words)
    assert (status, out) == (code, b"")
    assert len(errors) == 1
    assert named in errors[0]


def test_command_without_words():
    status, out, errors = modepages()
    assert (status, out) == (2, b"")
    assert errors


def test_command_needs_a_drive_named_where_there_are_several():
    status, out, errors = modepages("show", "2a")
    assert (status, out, len(errors)) == (2, b"", 1)
    for drive in drives.find():
        assert drive.address in errors[0]


def test_command_without_permission(drive):
    status, out, errors = modepages("show", drive.node, "2a", as_nobody=True)
    assert (status, out, len(errors)) == (1, b"", 1)
    assert drive.node in errors[0] and "cdrom" in errors[0]


@pytest.mark.parametrize("verb", ["list", "show"])
def test_command_without_json_c(drive, verb):
    """Which is needed for --json alone."""
    words = [verb] if verb == "list" else [verb, drive.node, "2a"]
    status, out, errors = modepages_without("libjson-c.so.5", *words)
    assert (status, errors) == (0, [])
    assert out.encode() == modepages(*words)[1]
    status, out, errors = modepages_without("libjson-c.so.5", *words, "--json")
    assert (status, out, len(errors)) == (1, "", 1)
    assert "libjson-c" in errors[0]


def test_sysfs_needs_no_permission(drive):
    """Reading works for everybody, without opening the drive."""
    page = drives.read(drive.page_file(0x2a), "rb")
    pid = os.fork()
    if not pid:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
        os._exit(drives.read(drive.page_file(0x2a), "rb") != page)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
