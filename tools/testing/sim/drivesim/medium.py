# SPDX-License-Identifier: MIT
"""The disc in a drive, and the commands that are about the disc."""

from dataclasses import dataclass

from .sense import refuse

NO_MEDIUM = "2/3a/00"
BAD_LBA = "5/21/00"
BAD_FIELD = "5/24/00"
REMOVAL_PREVENTED = "5/53/02"
NEW_MEDIUM, MEDIUM_REMOVED = 2, 3
LEAD_OUT = 0xaa


@dataclass
class Kind:
    blocks: int
    profile: int
    data: bool = True


KINDS = {
    "none": Kind(0, 0),
    "cd": Kind(150000, 0x0008),
    "audio": Kind(150000, 0x0008, data=False),
    "dvd": Kind(2295104, 0x0010),
    "bd": Kind(12219392, 0x0040),
}


def big(value, size):
    return value.to_bytes(size, "big")


def minute_second_frame(lba):
    lba += 150
    return bytes([0, lba // 4500 % 256, lba // 75 % 60, lba % 75])


class Medium:
    """What is in the drive, and what the host has not heard of yet."""

    def __init__(self, kind):
        self.kind = KINDS[kind]
        self.name = kind
        self.event = 0
        self.ejected = None
        self.locked = False

    @property
    def blocks(self):
        return self.kind.blocks

    def change(self, name):
        """The disc is taken out, or another one comes in."""
        self.kind = KINDS[name]
        self.name = name
        self.event = NEW_MEDIUM if self.blocks else MEDIUM_REMOVED

    def need(self):
        if not self.blocks:
            refuse(NO_MEDIUM)

    def start_stop(self, cdb):
        """Loads or ejects; spinning up or down needs nothing here."""
        if not cdb[4] & 2:
            return b""
        if cdb[4] & 1:
            if self.ejected:
                self.change(self.ejected)
            self.ejected = None
        elif self.locked:
            refuse(REMOVAL_PREVENTED)
        elif self.blocks:
            self.ejected = self.name
            self.change("none")
        return b""

    def prevent(self, cdb):
        self.locked = bool(cdb[4] & 1)
        return b""

    def capacity(self, _cdb):
        self.need()
        return big(self.blocks - 1, 4) + big(2048, 4)

    def read(self, cdb):
        """A disc full of zeros."""
        self.need()
        place = slice(6, 10) if cdb[0] == 0xa8 else slice(7, 9)
        start = int.from_bytes(cdb[2:6], "big")
        count = int.from_bytes(cdb[place], "big")
        if start + count > self.blocks:
            refuse(BAD_LBA)
        if not self.kind.data:
            refuse("5/64/00")
        return bytes(2048 * count)

    def toc(self, cdb):
        """One session, one track."""
        self.need()
        form = cdb[2] & 0x0f or cdb[9] >> 6
        address = minute_second_frame if cdb[1] & 2 else (lambda n: big(n, 4))
        control = 0x14 if self.kind.data else 0x10
        if form > 1:
            refuse(BAD_FIELD)
        if form == 0:
            if 1 < cdb[6] < LEAD_OUT:
                refuse(BAD_FIELD)
            tracks = [] if cdb[6] == LEAD_OUT else [(1, 0)]
            entries = [bytes([0, control, number, 0]) + address(lba)
                       for number, lba in tracks + [(LEAD_OUT, self.blocks)]]
        else:
            entries = [bytes([0, control, 1, 0]) + address(0)]
        body = b"".join(entries)
        return big(len(body) + 2, 2) + bytes([1, 1]) + body

    def information(self, _cdb):
        """READ DISC INFORMATION: complete, one session."""
        self.need()
        data = bytearray(34)
        data[0:9] = 0, 32, 0x0e, 1, 1, 1, 1, 0, 0
        data[16:24] = b"\xff" * 8
        return bytes(data)

    def configuration(self, cdb, profiles):
        """GET CONFIGURATION: profile list, core, removable medium."""
        current = self.kind.profile if self.kind.profile in profiles else 0
        listed = b"".join(
            big(profile, 2) + bytes([profile == current, 0])
            for profile in sorted(profiles, reverse=True))
        features = [
            (0x0000, 0x03, listed), (0x0001, 0x0b, big(1, 4) + b"\1\0\0\0"),
            (0x0003, 0x03, b"\x29\0\0\0"),
        ]
        kind, first = cdb[1] & 3, int.from_bytes(cdb[2:4], "big")
        body = b"".join(
            big(code, 2) + bytes([flags, len(data)]) + data
            for code, flags, data in features
            if (code == first if kind == 2 else code >= first))
        return big(len(body) + 4, 4) + bytes(2) + big(current, 2) + body

    def status_event(self, cdb):
        """GET EVENT STATUS NOTIFICATION, polled, for the media class."""
        if not cdb[1] & 1:
            refuse(BAD_FIELD)
        if not cdb[4] & 0x10:
            return bytes([0, 0, 0x80, 0x10])
        event, self.event = self.event, 0
        present = 2 if self.blocks else 0
        return bytes([0, 6, 4, 0x10, event, present, 0, 0])
