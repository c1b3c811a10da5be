# SPDX-License-Identifier: MIT
"""MODE SELECT, as each drive has it."""

import re
from dataclasses import dataclass

from .pages import BAD_OPCODE, header_size
from .sense import CheckCondition, Sense, refuse

LENGTH_ERROR = "5/1a/00"
ROUNDED = "1/37/00"


@dataclass(frozen=True)
class Rounding:
    """One number inside a page that the drive does not take as it comes."""
    page: int
    byte: int
    size: int
    how: str
    limit: int

    TEXT = re.compile(r"([0-9a-f]{2})\.(\d+)(?::(\d))? "
                      r"(multiple|min|max) (\d+)")

    @classmethod
    def parse(cls, text):
        found = cls.TEXT.fullmatch(text)
        if not found:
            raise ValueError(f"not a rounding: {text!r}")
        page, byte, size, how, limit = found.groups()
        return cls(int(page, 16), int(byte), int(size or 1), how, int(limit))

    def apply(self, page):
        """Whether it changed the page (a bytearray)."""
        place = slice(self.byte, self.byte + self.size)
        value = int.from_bytes(page[place], "big")
        if self.how == "multiple":
            rounded = value - value % self.limit
        else:
            rounded = (max if self.how == "min" else min)(value, self.limit)
        page[place] = rounded.to_bytes(self.size, "big")
        return rounded != value


class ModeSelect:
    """A MODE SELECT command: all of it is checked before any of it is done."""

    def __init__(self, profile, pages, request, data):
        self.options = profile.select
        self.pages = pages
        self.request = request
        self.data = data[:request.length]
        self.header = 4 if request.form == 6 else 8

    def run(self):
        """Changes the pages. Returns whether there were any."""
        self._check_cdb()
        if not self.request.length:
            return False
        # One after the other: the first fault in the list is reported.
        changes = [self._checked(offset) for offset in self._offsets()]
        rounded = False
        for key, page in changes:
            if key[0] not in self.options["ignored"]:
                rounded |= self._store(key, page)
        if rounded:
            raise CheckCondition(Sense.parse(ROUNDED))
        return bool(changes)

    def _refuse_by(self, option, **places):
        """When the option is sense data, and not a word."""
        if isinstance(self.options[option], Sense):
            refuse(self.options[option], length=self.request.length_place,
                   **places)

    def _check_cdb(self):
        if not self.options["supported"] or \
                str(self.request.form) not in self.pages.options["forms"]:
            refuse(BAD_OPCODE)
        if not self.request.cdb[1] & 0x10:
            self._refuse_by("pf")
        if self.request.cdb[1] & 0x01:
            self._refuse_by("sp")

    def _descriptor_length(self):
        if self.request.form == 6:
            return self.data[3]
        return int.from_bytes(self.data[6:8], "big")

    def _check_descriptor(self):
        wanted = {"any": (0, 8, 16), "refused": (0,),
                  "required": (self._own_descriptor(),)}
        if self._descriptor_length() not in wanted[self.options["descriptor"]]:
            self._refuse_by("bad-descriptor",
                            descriptor=3 if self.request.form == 6 else 6)

    def _own_descriptor(self):
        size = self.pages.options["descriptor"]
        return 8 if size == "by-llbaa" else int(size)

    def _offsets(self):
        """Where the pages begin."""
        offset = self.header
        if len(self.data) >= self.header:
            offset += self._descriptor_length()
        if offset > len(self.data):
            self._refuse_by("short-list")
        if offset >= len(self.data):
            return
        if any(self.data[:self.header // 4]):
            self._refuse_by("data-length")
        self._check_descriptor()
        yield offset
        while self.options["many"]:
            offset += self._page_size(offset)
            if offset >= len(self.data):
                return
            yield offset

    def _page_size(self, offset):
        """By the page's own length, which must fit into the list."""
        page = self.data[offset:]
        size = header_size(page)
        if len(page) < size:
            refuse(LENGTH_ERROR)
        size += int.from_bytes(page[size // 2:size], "big")
        if size > len(page):
            refuse(LENGTH_ERROR)
        return size

    def _checked(self, offset):
        """(key, new bytes) of the page there."""
        first = self.data[offset]
        if first & 0x80:
            self._refuse_by("ps", page=offset)
        page = self.data[offset:offset + self._page_size(offset)]
        key = (first & 0x3f, page[1] if first & 0x40 else 0)
        current = self.pages.get("current", key)
        if not current or self.options["pages"] != "all" and \
                key[0] not in self.options["pages"]:
            self._refuse_by("unknown-page", page=offset)
        if len(page) != len(current):
            self._refuse_by("page-length", page=offset)
            refuse(LENGTH_ERROR)
        if self.options["list-length"] == "exact" and \
                offset + len(page) != len(self.data):
            refuse(LENGTH_ERROR)
        self._check_changeable(key, page, current, offset)
        return key, page

    def _check_changeable(self, key, page, current, offset):
        mask = self.pages.get("changeable", key) or b""
        mask = mask.ljust(len(page), b"\0")
        for index in range(header_size(page), len(page)):
            wrong = (page[index] ^ current[index]) & ~mask[index]
            if wrong:
                place = (offset + index, wrong.bit_length() - 1)
                self._refuse_by("unchangeable", page=offset, offender=place)

    def _store(self, key, page):
        """Returns whether something had to be rounded."""
        current = self.pages.get("current", key)
        new = bytearray(current[:1] + page[1:])
        rules = [rule for rule in self.options["round"] if rule.page == key[0]]
        rounded = [rule.apply(new) for rule in rules]
        self.pages.set("current", key, new)
        if self.request.cdb[1] & 0x01 and current[0] & 0x80:
            self.pages.set("saved", key, new)
        return any(rounded)
