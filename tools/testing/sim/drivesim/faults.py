# SPDX-License-Identifier: MIT
"""
Rules that spoil what a drive says:

    on WHAT [CONDITION...]: ACTION [; ACTION...]

Documentation/simulator.rst has a list of the words.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from . import hostile
from .medium import KINDS
from .pages import (CONTROLS, MODE_SELECT_10, MODE_SELECT_6, MODE_SENSE_10,
                    MODE_SENSE_6, Request, header_size, page_key, parse_bytes,
                    parse_page)
from .sense import Sense, parse_any

OPCODES = {
    "mode-sense": (MODE_SENSE_6, MODE_SENSE_10),
    "mode-select": (MODE_SELECT_6, MODE_SELECT_10),
    "test-unit-ready": (0x00,),
    "inquiry": (0x12,),
}
MODE_OPCODES = OPCODES["mode-sense"] + OPCODES["mode-select"]
CONDITIONS = {
    "page": lambda text: int(text, 16), "control": int, "form": int,
    "dbd": int, "below": int, "above": int, "odd": int,
    "after": int, "times": int,
}


@dataclass(frozen=True)
class Answer:
    """The data a drive would send, if it had the room."""
    data: bytes
    form: int


# How an action changes an answer. Each gets the answer and its own argument.

def replace_data(_answer, data):
    return data


def zero(answer, _):
    return bytes(len(answer.data))


def lengthen(answer, count):
    return answer.data + bytes(count)


def declare(answer, text):
    """The mode data length: a number, or a difference from the right one."""
    size = 1 if answer.form == 6 else 2
    right = int.from_bytes(answer.data[:size], "big")
    value = right + int(text) if text[0] in "+-" else int(text)
    return value.to_bytes(size, "big") + answer.data[size:]


def declare_descriptor(answer, value):
    if answer.form == 6:
        return answer.data[:3] + bytes([value]) + answer.data[4:]
    return answer.data[:6] + value.to_bytes(2, "big") + answer.data[8:]


def short_header(answer, _):
    """The header of the 6-byte command, whatever was asked."""
    if answer.form == 6:
        return answer.data
    size = len(answer.data) - 5
    return bytes([size & 0xff]) + answer.data[2:4] + answer.data[7:8] + \
        answer.data[8:]


def first_page(answer):
    if answer.form == 6:
        return 4 + answer.data[3]
    return 8 + int.from_bytes(answer.data[6:8], "big")


def other_code(answer, code):
    data = bytearray(answer.data)
    place = first_page(answer)
    if place < len(data):
        data[place] = data[place] & 0xc0 | code
    return bytes(data)


def other_length(answer, length):
    data = bytearray(answer.data)
    place = first_page(answer)
    if place + 1 < len(data):
        data[place + header_size(data[place:]) - 1] = length
    return bytes(data)


def other_values(answer, rng):
    """Of the first page; it is as long as it was."""
    data = bytearray(answer.data)
    place = first_page(answer)
    head = header_size(data[place:])
    start = place + head
    size = int.from_bytes(data[place + head // 2:start], "big")
    for index in range(start, min(start + size, len(data))):
        data[index] ^= rng.choice((0, 1 << rng.randrange(8),
                                   rng.randrange(256)))
    return bytes(data)


def no_argument(text):
    if text:
        raise ValueError(f"not understood: {text!r}")


def page_control(text):
    """By name, or as the two bits of the CDB."""
    return CONTROLS[int(text) if text.isdigit() else CONTROLS.index(text)]


def page_change(text):
    """PAGE CONTROL BYTES... or PAGE CONTROL absent"""
    page, control, data = text.split(maxsplit=2)
    return page_key(page), page_control(control), parse_page(data)


def medium_name(text):
    if text not in KINDS:
        raise ValueError(f"no such medium: {text!r}")
    return text


def number(text):
    return int(text, 0)


def code(text):
    return int(text, 16)


def signed(text):
    int(text)
    return text


def seed(text):
    if not text:
        raise ValueError("no seed")
    return text


# The answer is changed before it is cut to the allocation length.
CHANGES = {
    "data": (parse_bytes, replace_data), "zero": (no_argument, zero),
    "long": (number, lengthen), "declare": (signed, declare),
    "descriptor": (number, declare_descriptor),
    "header6": (no_argument, short_header), "code": (code, other_code),
    "length": (number, other_length), "values": (seed, other_values),
    "hostile": (seed, hostile.spoil),
}
# The command is not done at all.
ENDS = {
    "sense": parse_any, "status": code, "host": code,
    "never": no_argument, "unplug": no_argument,
}
# Done before the command, which then runs as usual.
EVENTS = {
    "page": page_change, "medium": medium_name,
    "attention": lambda text: Sense.parse("6/" + text),
}
OTHERS = {"short": number, "late": float}


@dataclass(frozen=True)
class Action:
    name: str
    argument: object

    @classmethod
    def parse(cls, text):
        name, _, rest = text.strip().partition(" ")
        table = {**{key: pair[0] for key, pair in CHANGES.items()},
                 **ENDS, **EVENTS, **OTHERS}
        if name not in table:
            raise ValueError(f"no such action: {name!r}")
        return cls(name, table[name](rest.strip()))

    def change(self, answer):
        return CHANGES[self.name][1](answer, self.argument)

    def nth(self, cdb, count):
        """What it is the time that is counted; mostly the same."""
        if self.name not in ("hostile", "values"):
            return self
        rng = hostile.dice(self.argument, cdb, count)
        if self.name == "hostile":
            return Action(*hostile.choose(rng))
        return Action(self.name, rng)


@dataclass
class Rule:
    """When, and what then."""
    text: str
    opcodes: tuple | None
    conditions: dict
    actions: list
    seen: int = 0
    used: int = 0
    number: int = field(default=0, compare=False)
    # How often it has been applied to each command.
    applied: Counter = field(default_factory=Counter, init=False,
                             compare=False)

    TEXT = re.compile(r"on ([\w-]+)((?: \w+=\w+)*): *(.+)")

    @classmethod
    def parse(cls, text):
        found = cls.TEXT.fullmatch(text.strip())
        if not found:
            raise ValueError(f"not a rule: {text!r}")
        what, conditions, actions = found.groups()
        return cls(text.strip(), cls._opcodes(what),
                   dict(map(cls._condition, conditions.split())),
                   [Action.parse(part) for part in actions.split(";")])

    @staticmethod
    def _opcodes(what):
        if what == "any":
            return None
        return OPCODES.get(what) or (int(what, 16),)

    @staticmethod
    def _condition(text):
        name, _, value = text.partition("=")
        if name not in CONDITIONS:
            raise ValueError(f"no such condition: {name!r}")
        return name, CONDITIONS[name](value)

    def matches(self, cdb, data):
        """Whether it is to be applied now. Counts, so ask once a command."""
        if self.opcodes is not None and cdb[0] not in self.opcodes:
            return False
        if not self._mode_conditions(cdb, data):
            return False
        self.seen += 1
        if self.seen <= self.conditions.get("after", 0):
            return False
        if self.used >= self.conditions.get("times", self.used + 1):
            return False
        self.used += 1
        self.applied[cdb] += 1
        return True

    def actions_now(self, cdb):
        """Of a rule that is to be applied."""
        return [action.nth(cdb, self.applied[cdb]) for action in self.actions]

    def _mode_conditions(self, cdb, data):
        wanted = {name: value for name, value in self.conditions.items()
                  if name not in ("after", "times")}
        if not wanted:
            return True
        if cdb[0] not in MODE_OPCODES:
            return False
        request = Request(cdb)
        return all(_holds(name, value, request, data)
                   for name, value in wanted.items())


def _holds(name, value, request, data):
    is_select = request.cdb[0] in OPCODES["mode-select"]
    if name == "page" and is_select:
        place = first_page(Answer(data, request.form)) \
            if len(data) >= 8 else len(data)
        return data[place:place + 1] and data[place] & 0x3f == value
    return {
        "page": request.page == value,
        "control": CONTROLS.index(request.control) == value,
        "form": request.form == value,
        "dbd": request.dbd == value,
        "below": request.length < value,
        "above": request.length > value,
        "odd": request.length % 2 == value,
    }[name]
