# SPDX-License-Identifier: MIT
"""
How the kernel gets to see a drive: each open of /dev/vhba_ctl is a SCSI device.
One reads commands from it and writes answers to it. Closing it is a hot unplug.
"""

import fcntl
import os
import struct
from dataclasses import dataclass

CONTROL_NODE = "/dev/vhba_ctl"
GET_ADDRESS = 0xBEEF001
REQUEST = struct.Struct("=II16sB3xI")
RESPONSE = struct.Struct("=III")
# VHBA takes commands of up to 256 sectors.
LARGEST_REQUEST = REQUEST.size + 256 * 512


@dataclass(frozen=True)
class Command:
    tag: int
    cdb: bytes
    data: bytes
    room: int


class Port:
    """One SCSI device."""

    def __init__(self):
        self.fd = os.open(CONTROL_NODE,
                          os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        buffer = bytearray(16)
        fcntl.ioctl(self.fd, GET_ADDRESS, buffer)
        self.address = ":".join(map(str, struct.unpack("=IIII", buffer)))

    def read(self):
        """The next command; None when it has been taken back meanwhile."""
        try:
            raw = os.read(self.fd, LARGEST_REQUEST)
        except BlockingIOError:
            return None
        tag, _, cdb, _, size = REQUEST.unpack_from(raw)
        return Command(tag, cdb, raw[REQUEST.size:], size)

    def reply(self, command, outcome):
        """
        False when nobody waits for the answer any more. With a status that is
        not good, VHBA takes what follows for sense data.
        """
        payload = outcome.sense.encode() if outcome.sense else outcome.data
        if outcome.status and not outcome.sense:
            payload = b""
        head = RESPONSE.pack(command.tag, outcome.status, len(payload))
        try:
            os.write(self.fd, head + payload)
        except OSError:
            return False
        return True

    def close(self):
        os.close(self.fd)
