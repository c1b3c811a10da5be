# SPDX-License-Identifier: MIT
"""
The commands beside MODE SENSE and MODE SELECT: as many as sr, udev and common
tools send. A command is a function of drive and CDB that returns data.
"""

from .medium import big
from .pages import (BAD_OPCODE, MODE_SELECT_10, MODE_SELECT_6, MODE_SENSE_10,
                    MODE_SENSE_6, Request)
from .sense import Sense, refuse

REQUEST_SENSE, INQUIRY, REPORT_LUNS = 0x03, 0x12, 0xa0
GET_CONFIGURATION, GET_EVENT_STATUS = 0x46, 0x4a

# These do not report, and do not clear, a unit attention.
NO_ATTENTION = (INQUIRY, REQUEST_SENSE, REPORT_LUNS, GET_CONFIGURATION,
                GET_EVENT_STATUS)

# Where the allocation length is. The rest sends what its CDB says.
ALLOCATION = {
    REQUEST_SENSE: slice(4, 5), INQUIRY: slice(3, 5), MODE_SENSE_6: slice(4, 5),
    MODE_SENSE_10: slice(7, 9), 0x43: slice(7, 9),
    GET_CONFIGURATION: slice(7, 9), GET_EVENT_STATUS: slice(7, 9),
    0x51: slice(7, 9), REPORT_LUNS: slice(6, 10), 0xbd: slice(8, 10),
}


def text(value, size):
    return value.encode("ascii").ljust(size)[:size]


def inquiry(drive, cdb):
    options = drive.profile.drive
    device = options["qualifier"] << 5 | options["type"]
    if cdb[1] & 1:
        return vital_product_data(options, device, cdb[2])
    if cdb[2]:
        refuse("5/24/00 cdb=2")
    return bytes([device, options["removable"] << 7, options["version"],
                  2, 31, 0, 0, 0]) + text(options["vendor"], 8) + \
        text(options["model"], 16) + text(options["revision"], 4)


def vital_product_data(options, device, page):
    if page not in options["vpd"]:
        refuse("5/24/00 cdb=2")
    serial = options["serial"].encode("ascii")
    name = text(options["vendor"], 8) + serial
    body = {
        0x00: bytes(sorted(options["vpd"])),
        0x80: serial,
        0x83: bytes([2, 1, 0, len(name)]) + name,
    }[page]
    return bytes([device, page]) + big(len(body), 2) + body


def request_sense(drive, _cdb):
    if drive.attentions:
        return drive.attentions.pop(0).encode()
    return Sense(0).encode()


def test_unit_ready(drive, _cdb):
    drive.medium.need()
    return b""


def nothing(_drive, _cdb):
    """A command that is good, and needs nothing here."""
    return b""


def report_luns(_drive, _cdb):
    return big(8, 4) + bytes(12)


def mechanism_status(drive, _cdb):
    """With the slots of a changer; the disc is in the first."""
    slots = drive.profile.drive["slots"]
    table = bytearray(4 * slots)
    if slots and drive.medium.blocks:
        table[0] = 0x80
    return bytes([0, 0, 0, 0, 0, slots]) + big(len(table), 2) + bytes(table)


def start_stop(drive, cdb):
    return drive.medium.start_stop(cdb)


def prevent(drive, cdb):
    drive.medium.prevent(cdb)
    if drive.profile.drive["lock-bit"]:
        drive.set_lock_bit(drive.medium.locked)
    return b""


def get_configuration(drive, cdb):
    return drive.medium.configuration(cdb, drive.profile.drive["profiles"])


def of_medium(name):
    return lambda drive, cdb: getattr(drive.medium, name)(cdb)


def mode_sense(drive, cdb):
    return drive.pages.answer(Request(cdb), drive.medium)


COMMANDS = {
    0x00: test_unit_ready, REQUEST_SENSE: request_sense, INQUIRY: inquiry,
    MODE_SENSE_6: mode_sense, 0x1b: start_stop, 0x1e: prevent,
    0x25: of_medium("capacity"), 0x28: of_medium("read"), 0x35: nothing,
    0x43: of_medium("toc"), GET_CONFIGURATION: get_configuration,
    GET_EVENT_STATUS: of_medium("status_event"),
    0x51: of_medium("information"), MODE_SENSE_10: mode_sense,
    REPORT_LUNS: report_luns, 0xa8: of_medium("read"), 0xbb: nothing,
    0xbd: mechanism_status,
}


def run(drive, cdb, data):
    """The data of one command, uncut; CheckCondition when it is refused."""
    opcode = cdb[0]
    if opcode in drive.profile.drive["refuses"]:
        refuse(BAD_OPCODE)
    if opcode in (MODE_SELECT_6, MODE_SELECT_10):
        drive.mode_select(Request(cdb), data)
        return b""
    if opcode not in COMMANDS:
        refuse(BAD_OPCODE)
    return COMMANDS[opcode](drive, cdb)


def allocation_length(cdb):
    """None where the command has none."""
    place = ALLOCATION.get(cdb[0])
    return None if place is None else int.from_bytes(cdb[place], "big")
