# SPDX-License-Identifier: MIT
"""Sends a CDB to a SCSI device by SG_IO, version 3, and nothing else."""

import ctypes
import fcntl
import os
from dataclasses import dataclass

SG_IO = 0x2285
TO_DEVICE, FROM_DEVICE, NO_DATA = -2, -3, -1


class Header(ctypes.Structure):
    """struct sg_io_hdr"""
    _fields_ = [
        ("interface_id", ctypes.c_int), ("dxfer_direction", ctypes.c_int),
        ("cmd_len", ctypes.c_ubyte), ("mx_sb_len", ctypes.c_ubyte),
        ("iovec_count", ctypes.c_ushort), ("dxfer_len", ctypes.c_uint),
        ("dxferp", ctypes.c_void_p), ("cmdp", ctypes.c_void_p),
        ("sbp", ctypes.c_void_p), ("timeout", ctypes.c_uint),
        ("flags", ctypes.c_uint), ("pack_id", ctypes.c_int),
        ("usr_ptr", ctypes.c_void_p), ("status", ctypes.c_ubyte),
        ("masked_status", ctypes.c_ubyte), ("msg_status", ctypes.c_ubyte),
        ("sb_len_wr", ctypes.c_ubyte), ("host_status", ctypes.c_ushort),
        ("driver_status", ctypes.c_ushort), ("resid", ctypes.c_int),
        ("duration", ctypes.c_uint), ("info", ctypes.c_uint),
    ]


@dataclass(frozen=True)
class Result:
    status: int
    host: int
    sense: bytes
    data: bytes
    residue: int

    @property
    def codes(self):
        """(key, asc, ascq), of either format; None without sense data."""
        if not self.sense:
            return None
        if self.sense[0] & 0x7f >= 0x72:
            return self.sense[1] & 15, self.sense[2], self.sense[3]
        return self.sense[2] & 15, self.sense[12], self.sense[13]


def execute(fd, cdb, room=0, data=b"", fill=0, timeout=60):
    """room: bytes to receive, into a buffer of "fill"; data: bytes to send."""
    cdb, data = bytes(cdb), bytes(data)
    buffer = (ctypes.c_ubyte * max(room, len(data), 1))(
        *(data or bytes([fill]) * room))
    sense = (ctypes.c_ubyte * 96)()
    command = (ctypes.c_ubyte * len(cdb))(*cdb)
    direction = FROM_DEVICE if room else TO_DEVICE if data else NO_DATA
    header = Header(
        interface_id=ord("S"), dxfer_direction=direction, cmd_len=len(cdb),
        mx_sb_len=len(sense), dxfer_len=max(room, len(data)),
        dxferp=ctypes.addressof(buffer), cmdp=ctypes.addressof(command),
        sbp=ctypes.addressof(sense), timeout=int(timeout * 1000))
    fcntl.ioctl(fd, SG_IO, header)
    return Result(header.status, header.host_status,
                  bytes(sense)[:header.sb_len_wr],
                  bytes(buffer)[:room], header.resid)


def stop_polling(block):
    """
    Of /dev/srN by the kernel, which takes unit attentions away from the others.
    """
    name = os.path.basename(block)
    with open(f"/sys/block/{name}/events_poll_msecs", "w",
              encoding="ascii") as file:
        file.write("0")


class Device:
    """
    An open SCSI device; a context manager. Give it the node of sr: the buffers
    of sg keep what was in them. It is opened for reading, which is enough for
    root, because udev asks a drive many things after a writer has closed it.
    """

    def __init__(self, path):
        self.fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.fd)

    def execute(self, cdb, room=0, data=b"", **options):
        return execute(self.fd, cdb, room, data, **options)

    def mode_sense(self, page, control=0, room=512, dbd=1, subpage=0,
                   **options):
        """The 10-byte form, as most hosts send it."""
        cdb = bytes([0x5a, dbd << 3, control << 6 | page, subpage, 0, 0, 0,
                     *divmod(room, 256), 0])
        return self.execute(cdb, room, **options)

    def mode_select(self, pages, header=bytes(8), flags=0x10, **options):
        data = header + pages
        cdb = bytes([0x55, flags, 0, 0, 0, 0, 0, *divmod(len(data), 256), 0])
        return self.execute(cdb, data=data, **options)
