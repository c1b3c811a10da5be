# SPDX-License-Identifier: MIT
"""
The ioctls, written down once more from <linux/modepages.h>: a test that took
them from there would not notice a change.
"""

import ctypes
import fcntl
import os

TYPE = 0xD4
INFO, LIST, GET, SET, MODIFY, KEEP = (TYPE << 8 | number
                                      for number in range(6))

CACHED, RECENT = 1, 2
SAVE, RESTORE, DRY_RUN = 1, 2, 4
# CHANGE and RECENT.
FEATURES = 3
RESULT_TRUNCATED, RESULT_CACHED = 1, 2
RESULT_SELECTED, RESULT_ROUNDED, RESULT_DIFFERS = 4, 8, 16
OK, INVALID_ARGUMENT, FAIL, INVALID_RESPONSE = 0, 1, 2, 5
TIMEOUT, BECOMING_READY, BUSY = 4, 7, 10
NO_SUCH_PAGE, INVALID_MODE_PARAMETERS, NO_DEVICE, LOCKED = 13, 14, 17, 18
NOT_CHANGEABLE, CHANGED_MEANWHILE, VERIFY_FAILED = 19, 20, 21
STATUS_SENSE, STATUS_FIELD, STATUS_FIELD_CDB, STATUS_FIELD_BIT = 1, 2, 4, 8
STATUS_FIELD_PAGE = 16
STAGE_SENSE, STAGE_PARSE, STAGE_CHECK, STAGE_SELECT, STAGE_VERIFY = range(1, 6)

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


class Set(ctypes.Structure):
    _fields_ = [("size", u32), ("flags", u32), ("data", u64), ("before", u64),
                ("after", u64), ("length", u32), ("timeout_ms", u32),
                ("result", u32), ("reserved", u32), ("generation", u64),
                ("status", Status)]


class Modify(ctypes.Structure):
    _fields_ = [("size", u32), ("flags", u32), ("page", u8), ("subpage", u8),
                ("reserved", u16), ("timeout_ms", u32), ("mask", u64),
                ("value", u64), ("expected_mask", u64), ("expected", u64),
                ("before", u64), ("after", u64), ("length", u32),
                ("result", u32), ("generation", u64), ("status", Status)]


class Keep(ctypes.Structure):
    _fields_ = [("size", u32), ("flags", u32), ("status", Status)]


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


class Changed:
    """What SET or MODIFY has done: its structure, and the pages."""

    UNTOUCHED = b"\xa5"

    def __init__(self, error, argument, before, after):
        self.error, self.argument = error, argument
        self.status, self.result = argument.status, argument.result
        self.before, self.after = self._page(before), self._page(after)

    def _page(self, room):
        """None where nothing was handed out."""
        page = bytes(room)[:self.argument.length]
        return page if page.strip(self.UNTOUCHED) else None

    @property
    def place(self):
        """Byte and bit of the page that the status names."""
        wanted = STATUS_FIELD | STATUS_FIELD_PAGE | STATUS_FIELD_BIT
        assert self.status.flags & (wanted | STATUS_FIELD_CDB) == wanted
        return self.status.field_byte, self.status.field_bit


def _room(length):
    return (u8 * length).from_buffer_copy(Changed.UNTOUCHED * length)


def set_page(fd, page, flags=0, **members):
    """Writes a whole page."""
    data = (u8 * len(page)).from_buffer_copy(page)
    before, after = _room(len(page)), _room(len(page))
    argument = Set(size=ctypes.sizeof(Set), flags=flags, length=len(page),
                   data=ctypes.addressof(data),
                   before=ctypes.addressof(before),
                   after=ctypes.addressof(after), **members)
    return Changed(call(fd, SET, argument), argument, before, after)


def bits_of(fields):
    """Mask and value of fields {(byte, mask): value of the byte}."""
    length = max((byte for byte, _ in fields), default=1) + 1
    mask, value = bytearray(length), bytearray(length)
    for (byte, bits), new in fields.items():
        assert not new & ~bits and not mask[byte] & bits
        mask[byte] |= bits
        value[byte] |= new
    return mask, value


def modify(fd, page, fields, flags=0, expected=None, length=64, **members):
    """Changes fields as bits_of() takes them, if those expected are so."""
    arrays = [*bits_of(fields), *(bits_of(expected) if expected else ())]
    arrays = [(u8 * length).from_buffer_copy(bytes(array).ljust(length, b"\0"))
              for array in arrays]
    names = ["mask", "value", "expected_mask", "expected"]
    before, after = _room(length), _room(length)
    argument = Modify(size=ctypes.sizeof(Modify), flags=flags, page=page,
                      length=length, before=ctypes.addressof(before),
                      after=ctypes.addressof(after),
                      **dict(zip(names, map(ctypes.addressof, arrays))),
                      **members)
    return Changed(call(fd, MODIFY, argument), argument, before, after)


def keep(fd):
    argument = Keep(size=ctypes.sizeof(Keep))
    return call(fd, KEEP, argument), argument


def program(name, bits):
    """One of tools/testing/ioctl; the node is its stdin."""
    return os.path.join(os.path.dirname(__file__), "../../build/ioctl",
                        f"{name}-{bits}")
