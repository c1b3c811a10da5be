# SPDX-License-Identifier: MIT
"""
The ioctls, written down once more from <linux/modepages.h>: a test that took
them from there would not notice a change.
"""

import ctypes
import fcntl
import os

TYPE = 0xD4
INFO, LIST, GET = (TYPE << 8 | number for number in range(3))

CACHED = 1
RESULT_TRUNCATED, RESULT_CACHED = 1, 2
OK, INVALID_ARGUMENT, FAIL, INVALID_RESPONSE = 0, 1, 2, 5
NO_SUCH_PAGE, NO_DEVICE = 13, 17
STATUS_SENSE, STATUS_FIELD, STATUS_FIELD_CDB, STATUS_FIELD_BIT = 1, 2, 4, 8
STAGE_SENSE, STAGE_PARSE, STAGE_CHECK = 1, 2, 3

# The word sizes of programs that a kernel of 64 bits runs.
BITS = [64, 32]

u8, u16, u32, u64 = (ctypes.c_uint8, ctypes.c_uint16, ctypes.c_uint32,
                     ctypes.c_uint64)


class Status(ctypes.Structure):
    _fields_ = [("code", u32), ("stage", u32), ("scsi_status", u8),
                ("host_byte", u8), ("flags", u8), ("sense_len", u8),
                ("sense_key", u8), ("asc", u8), ("ascq", u8),
                ("field_bit", u8), ("field_byte", u16), ("reserved", u16),
                ("residue", u32), ("sense", u8 * 64)]


class Info(ctypes.Structure):
    _fields_ = [("size", u32), ("flags", u32), ("features", u64),
                ("generation", u64), ("quirks", u64), ("medium_type", u8),
                ("device_specific", u8), ("reserved", u8 * 6),
                ("status", Status)]


class Entry(ctypes.Structure):
    _fields_ = [("page", u8), ("subpage", u8), ("controls", u8), ("flags", u8),
                ("length", u16), ("reserved", u16)]


class List(ctypes.Structure):
    _fields_ = [("size", u32), ("flags", u32), ("entries", u64),
                ("count", u32), ("reserved", u32), ("status", Status)]


class Get(ctypes.Structure):
    _fields_ = [("size", u32), ("flags", u32), ("page", u8), ("subpage", u8),
                ("control", u8), ("reserved", u8), ("timeout_ms", u32),
                ("data", u64), ("length", u32), ("result", u32),
                ("generation", u64), ("status", Status)]


def call(fd, number, argument):
    """0 or the errno; the structure is filled in either way."""
    try:
        fcntl.ioctl(fd, number, argument)
    except OSError as error:
        return error.errno
    return 0


def info(fd):
    argument = Info(size=ctypes.sizeof(Info))
    return call(fd, INFO, argument), argument


def entries(fd, room=64, flags=0):
    table = (Entry * room)()
    argument = List(size=ctypes.sizeof(List), flags=flags, count=room,
                    entries=ctypes.addressof(table))
    error = call(fd, LIST, argument)
    return error, argument, list(table[:min(room, argument.count)])


def get(fd, page, control=0, room=4096, **members):
    buffer = (u8 * max(room, 1)).from_buffer_copy(b"\xa5" * max(room, 1))
    argument = Get(size=ctypes.sizeof(Get), page=page, control=control,
                   length=room, data=ctypes.addressof(buffer), **members)
    error = call(fd, GET, argument)
    return error, argument, bytes(buffer)[:room]


def program(name, bits):
    """One of tools/testing/ioctl; the node is its stdin."""
    return os.path.join(os.path.dirname(__file__), "../../build/ioctl",
                        f"{name}-{bits}")
