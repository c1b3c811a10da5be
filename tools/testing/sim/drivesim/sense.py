# SPDX-License-Identifier: MIT
"""
Sense data. Its text form, in profiles, rules and logs:

    KEY/ASC/ASCQ [field=BYTE[.BIT] | cdb=BYTE[.BIT]]
                 [descriptor] [deferred] [length=N]

or, in rules and logs, "raw" and any bytes. KEY, ASC and ASCQ are hexadecimal,
the rest is decimal. "field" points into the parameter data, "cdb" into the
CDB. In place of BYTE a profile may have a word for a place that is known only
when the command comes: see Sense.at().
"""

import re
from dataclasses import dataclass, replace

FIXED_SIZE = 18
PLACE = re.compile(r"(?P<name>[a-z]*)\+?(?P<byte>\d*)(?:\.(?P<bit>[0-7]))?$")


@dataclass(frozen=True)
class Pointer:
    """The byte, and perhaps the bit, that the drive objects to."""
    in_cdb: bool
    byte: int
    bit: int | None = None
    name: str = ""

    @classmethod
    def parse(cls, kind, text):
        found = PLACE.match(text)
        if not found or not text:
            raise ValueError(f"not BYTE or BYTE.BIT: {text!r}")
        bit = found["bit"]
        return cls(kind == "cdb", int(found["byte"] or 0),
                   None if bit is None else int(bit), found["name"])

    def encode(self):
        """The three sense-key specific bytes."""
        first = 0x80 | self.in_cdb << 6
        if self.bit is not None:
            first |= 0x08 | self.bit
        return bytes([first, *divmod(self.byte, 256)])

    def __str__(self):
        bit = "" if self.bit is None else f".{self.bit}"
        return f"{'cdb' if self.in_cdb else 'field'}={self.byte}{bit}"


@dataclass(frozen=True)
class Sense:
    key: int
    asc: int = 0
    ascq: int = 0
    pointer: Pointer | None = None
    descriptor: bool = False
    deferred: bool = False
    length: int | None = None

    @classmethod
    def parse(cls, text):
        code, *words = text.split()
        numbers = [int(number, 16) for number in code.split("/")]
        if len(numbers) != 3 or numbers[0] > 15 or max(numbers) > 255:
            raise ValueError(f"not KEY/ASC/ASCQ: {code!r}")
        return cls(*numbers, **dict(map(cls._option, words)))

    @staticmethod
    def _option(word):
        name, _, value = word.partition("=")
        if name in ("field", "cdb"):
            return "pointer", Pointer.parse(name, value)
        if name in ("descriptor", "deferred") and not value:
            return name, True
        if name == "length":
            return name, int(value)
        raise ValueError(f"no such word for sense data: {word!r}")

    def at(self, **places):
        """
        The same with the word in its pointer replaced: places are byte offsets,
        or (byte, bit).
        """
        pointer = self.pointer
        if pointer is None or not pointer.name:
            return self
        if pointer.name not in places:
            raise ValueError(f"no place called {pointer.name!r} here")
        place = places[pointer.name]
        byte, bit = place if isinstance(place, tuple) else (place, pointer.bit)
        pointer = Pointer(pointer.in_cdb, byte + pointer.byte, bit)
        return replace(self, pointer=pointer)

    def encode(self):
        data = self._descriptor() if self.descriptor else self._fixed()
        if self.length is not None:
            data = bytearray(data.ljust(self.length, b"\0")[:self.length])
            if self.length > 8:
                data[7] = self.length - 8
        return bytes(data)

    def _fixed(self):
        data = bytearray(FIXED_SIZE)
        data[0] = 0x71 if self.deferred else 0x70
        data[2] = self.key
        data[7] = FIXED_SIZE - 8
        data[12:14] = self.asc, self.ascq
        if self.pointer:
            data[15:18] = self.pointer.encode()
        return data

    def _descriptor(self):
        data = bytearray(8)
        data[0] = 0x73 if self.deferred else 0x72
        data[1:4] = self.key, self.asc, self.ascq
        if self.pointer:
            data += bytes([2, 6, 0, 0, *self.pointer.encode(), 0])
        data[7] = len(data) - 8
        return data

    def __str__(self):
        words = [f"{self.key:x}/{self.asc:02x}/{self.ascq:02x}"]
        words += [str(self.pointer)] if self.pointer else []
        words += ["descriptor"] if self.descriptor else []
        words += ["deferred"] if self.deferred else []
        words += [f"length={self.length}"] if self.length is not None else []
        return " ".join(words)


@dataclass(frozen=True)
class RawSense:
    """Any bytes, which need not make sense."""
    data: bytes

    def encode(self):
        return self.data

    def __str__(self):
        return f"raw {self.data.hex()}".strip()


def parse_any(text):
    """Of a rule: sense data in words, or as they are."""
    word, _, rest = text.partition(" ")
    return RawSense(bytes.fromhex(rest)) if word == "raw" else \
        Sense.parse(text)


class CheckCondition(Exception):
    """The command ends with CHECK CONDITION."""

    def __init__(self, sense):
        super().__init__(str(sense))
        self.sense = sense


def refuse(text, **places):
    """Ends the command with this sense: an object or its text."""
    sense = Sense.parse(text) if isinstance(text, str) else text
    raise CheckCondition(sense.at(**places))
