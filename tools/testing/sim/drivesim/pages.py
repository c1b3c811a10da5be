# SPDX-License-Identifier: MIT
"""The mode pages of a drive, and its answers to MODE SENSE."""

import re
from dataclasses import dataclass

from .sense import Sense, refuse

MODE_SENSE_6, MODE_SENSE_10 = 0x1a, 0x5a
MODE_SELECT_6, MODE_SELECT_10 = 0x15, 0x55
CONTROLS = ("current", "changeable", "default", "saved")
ALL_PAGES, ALL_SUBPAGES = 0x3f, 0xff
BLOCK_SIZE = 2048
BAD_OPCODE = "5/20/00"


def parse_bytes(text):
    """Hexadecimal bytes; 00*12 is twelve zeros."""
    data = bytearray()
    for word in text.split():
        digits, _, count = word.partition("*")
        data += bytes.fromhex(digits) * int(count or 1)
    return bytes(data)


def parse_page(text):
    """Bytes; None for a page that is not there."""
    return None if text == "absent" else parse_bytes(text)


def page_key(text):
    """(page, subpage); any other name is kept, and is good in "order" only."""
    found = re.fullmatch(r"([0-3][0-9a-f])(?:\.([0-9a-f]{2}))?", text)
    return (int(found[1], 16), int(found[2] or "0", 16)) if found else text


def header_size(page):
    """Of a page: with the subpage format it is 4 bytes."""
    return 4 if page[:1] and page[0] & 0x40 else 2


@dataclass(frozen=True)
class Request:
    """A MODE SENSE or MODE SELECT command, either form."""
    cdb: bytes

    @property
    def form(self):
        return 6 if self.cdb[0] in (MODE_SENSE_6, MODE_SELECT_6) else 10

    @property
    def length(self):
        """Allocation length, or that of the parameter list."""
        if self.form == 6:
            return self.cdb[4]
        return int.from_bytes(self.cdb[7:9], "big")

    @property
    def length_place(self):
        return 4 if self.form == 6 else 7

    @property
    def control(self):
        return CONTROLS[self.cdb[2] >> 6]

    @property
    def page(self):
        return self.cdb[2] & 0x3f

    @property
    def subpage(self):
        return self.cdb[3]

    @property
    def dbd(self):
        return bool(self.cdb[1] & 0x08)

    @property
    def llbaa(self):
        return self.form == 10 and bool(self.cdb[1] & 0x10)


class ModePages:
    """The values of all pages for all page controls."""

    def __init__(self, profile):
        self.options = profile.sense
        self.values = {control: dict(pages)
                       for control, pages in profile.pages.items()}
        for key in self.values["current"]:
            if isinstance(key, tuple):
                self._complete(key)

    def _complete(self, key):
        """What a profile does not say follows from the current values."""
        page = self.values["current"][key]
        head = page[:header_size(page)]
        fixed = head.ljust(len(page), b"\0")
        self.values["changeable"].setdefault(key, fixed)
        self.values["default"].setdefault(key, page)
        self.values["saved"].setdefault(key, page)

    def power_on(self):
        """Saved values, where the drive can save, become the current ones."""
        for key, page in self.values["saved"].items():
            if isinstance(key, tuple) and page and page[0] & 0x80:
                self.values["current"][key] = page

    def get(self, control, key):
        return self.values[control].get(key)

    def set(self, control, key, data):
        self.values[control][key] = data

    @property
    def descriptor_sense(self):
        """The D_SENSE bit of the control page."""
        page = self.values["current"].get((0x0a, 0))
        return bool(page and len(page) > 2 and page[2] & 0x04)

    def answer(self, request, medium):
        """The whole answer, however much of it was asked for."""
        if str(request.form) not in self.options["forms"]:
            refuse(BAD_OPCODE)
        if request.dbd and isinstance(self.options["dbd"], Sense):
            refuse(self.options["dbd"])
        if isinstance(self.options[request.control], Sense):
            refuse(self.options[request.control])
        pages = self._pages(request)
        descriptor = self.descriptor(request, medium)
        return self._header(request, descriptor, len(pages)) + \
            descriptor + pages

    def _pages(self, request):
        subpage = request.subpage
        if self.options["subpage"] == "ignored":
            subpage = 0
        elif subpage and not self._has_subpages():
            refuse(self.options["subpage"])
        values = self.values[self._source(request.control)]
        if request.page == ALL_PAGES:
            return self._all(values, subpage)
        wanted = [key for key in self._ordered(values)
                  if isinstance(key, tuple) and key[0] == request.page]
        if not wanted:
            refuse(self.options["unknown-page"])
        found = [values[key] for key in wanted
                 if subpage in (key[1], ALL_SUBPAGES)]
        if not found:
            refuse(self.options["subpage"])
        return b"".join(found)

    def _source(self, control):
        """Some drives have nothing but current values, and no mask."""
        return "current" if self.options[control] == "current" else control

    def _all(self, values, subpage):
        if isinstance(self.options["all"], Sense):
            refuse(self.options["all"])
        if subpage not in (0, ALL_SUBPAGES):
            refuse(self.options["subpage"])
        order = self.options["order"] or self._ordered(values)
        return b"".join(
            values.get(key) or b"" for key in order
            if isinstance(key, str) or key[1] == 0 or subpage == ALL_SUBPAGES)

    def _has_subpages(self):
        """A drive that has none refuses the byte, whatever is in it."""
        return any(isinstance(key, tuple) and key[1]
                   for key in self.values["current"])

    @staticmethod
    def _ordered(values):
        return sorted(key for key, page in values.items()
                      if isinstance(key, tuple) and page is not None)

    def _header(self, request, descriptor, size):
        size += len(descriptor)
        medium_type = self.options["medium-type"]
        specific = self.options["device-specific"]
        if request.form == 6:
            return bytes([(size + 3) & 0xff, medium_type, specific,
                          len(descriptor)])
        return bytes([*divmod(size + 6, 256), medium_type, specific,
                      len(descriptor) == 16, 0, *divmod(len(descriptor), 256)])

    def descriptor_size(self, request):
        size = self.options["descriptor"]
        if request.dbd and self.options["dbd"] == "honoured":
            return 0
        if size == "by-llbaa":
            return 16 if request.llbaa else 8
        return int(size)

    def descriptor(self, request, medium):
        """The block descriptor, of whatever size."""
        size = self.descriptor_size(request)
        if size == 8:
            blocks = min(medium.blocks, 0xffffff)
            return bytes(1) + blocks.to_bytes(3, "big") + \
                BLOCK_SIZE.to_bytes(4, "big")
        if size == 16:
            return medium.blocks.to_bytes(8, "big") + bytes(4) + \
                BLOCK_SIZE.to_bytes(4, "big")
        return b""
