# SPDX-License-Identifier: MIT
"""
A drive gone mad: each answer is spoilt in another way, which follows from a
seed, from the command, and from how often that has come: not from what others
have sent meanwhile.
"""

import random

from .sense import RawSense

# So that the drive's log has all of it.
LONGEST = 1024
# VHBA takes no more, nor does the kernel.
LONGEST_SENSE = 96

# Those that the kernel hands on, or tries again, without resetting the drive.
STATUSES = (0x04, 0x08, 0x18, 0x28, 0x30, 0x40)
HOST_BYTES = (0x01, 0x02, 0x04, 0x05, 0x06, 0x07, 0x08, 0x0a, 0x0b, 0x0c, 0x0d,
              0x0e, 0x0f)
SENSES = (
    (0, 0, 0), (1, 0x37, 0), (2, 0x04, 0), (2, 0x04, 1), (2, 0x04, 4),
    (2, 0x04, 8), (2, 0x3a, 0), (3, 0x11, 5), (3, 0x0c, 9), (4, 0x44, 0),
    (4, 0x3e, 2), (5, 0x1a, 0), (5, 0x20, 0), (5, 0x24, 0), (5, 0x24, 0),
    (5, 0x25, 0), (5, 0x26, 0), (5, 0x39, 0), (6, 0x28, 0), (6, 0x29, 0),
    (6, 0x2a, 1), (6, 0x3f, 1), (7, 0x27, 0), (8, 0, 0), (0xb, 0, 0),
)
FORMATS = (0x70, 0x70, 0x70, 0xf0, 0x71, 0x72, 0x72, 0x73, 0x7f, 0x00)


# Each changes an answer. Each is given at least one byte.

def flip_bits(rng, data, _form):
    for _ in range(rng.randint(1, 8)):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return data


def change_head(rng, data, _form):
    """One of the bytes that say what comes, and how much."""
    data[rng.randrange(min(len(data), 24))] = rng.randrange(256)
    return data


def cut_off(rng, data, _form):
    return data[:rng.randrange(rng.choice((12, len(data) + 1)))]


def cut_last(rng, data, _form):
    return data[:-rng.randint(1, 4)]


def go_on(rng, data, _form):
    size = rng.randint(1, rng.choice((4, 64, LONGEST)))
    return data + rng.choice((bytes(size), b"\xff" * size,
                              rng.randbytes(size)))


def declare(rng, data, form):
    size = 1 if form == 6 else 2
    right = int.from_bytes(data[:size], "big")
    value = rng.choice((0, right + rng.randint(-20, 20), len(data),
                        rng.randrange(LONGEST), rng.randrange(0x10000),
                        0xffff))
    data[:size] = (value & (256 ** size - 1)).to_bytes(size, "big")
    return data


def declare_descriptor(rng, data, form):
    value = rng.choice((8, 16, 8 * rng.randrange(32), rng.randrange(256),
                        rng.randrange(0x10000)))
    if form == 6:
        data[3:4] = bytes([value & 0xff])
    else:
        data[6:8] = value.to_bytes(2, "big")
    return data


def add_descriptor(rng, data, form):
    size = rng.choice((8, 16, 24))
    place = 4 if form == 6 else 8
    data[place:place] = rng.randbytes(size)
    data[place - 1:place] = bytes([size])
    return data


def other_header(_rng, data, form):
    """That of the other command."""
    if form == 6:
        return bytearray(1) + data[:3] + bytes(3) + data[3:]
    return data[1:4] + data[7:]


def leave_out(rng, data, _form):
    start = rng.randrange(len(data))
    del data[start:start + rng.randint(1, 16)]
    return data


def repeat(rng, data, _form):
    start = rng.randrange(len(data))
    part = data[start:start + rng.randint(1, 32)]
    data[start:start] = part
    return data


def noise(rng, data, _form):
    return rng.randbytes(rng.randrange(rng.choice((12, 64, LONGEST))))


def nothing_but(rng, data, _form):
    return bytes([rng.choice((0, 0xff, 0x2a, rng.randrange(256)))]) * len(data)


def nothing_wrong(_rng, data, _form):
    return data


MUTATIONS = (flip_bits, change_head, change_head, cut_off, cut_last, go_on,
             declare, declare, declare_descriptor, add_descriptor,
             other_header, leave_out, repeat, noise, nothing_but,
             nothing_wrong)


def spoil(answer, rng):
    """The answer's data after one mutation, or a few."""
    data = answer.data
    for _ in range(rng.choice((1, 1, 2, 3))):
        if data:
            data = rng.choice(MUTATIONS)(rng, bytearray(data), answer.form)
    return bytes(data[:LONGEST])


def sense(rng):
    """Sense data with an intelligible beginning, mostly; of any length."""
    data = bytearray(rng.randbytes(LONGEST_SENSE))
    data[0] = rng.choice(FORMATS)
    codes = rng.choice(SENSES)
    if data[0] & 0x7f >= 0x72:
        data[1:4] = codes
    else:
        data[2], data[12], data[13] = codes
    size = rng.choice((0, 1, 8, 13, 14, 18, 18, 20, 32, 96,
                       rng.randrange(LONGEST_SENSE + 1)))
    data[7] = rng.choice((max(size - 8, 0), 10, data[7]))
    return RawSense(bytes(data[:size]))


def dice(seed, cdb, count):
    """For this command, the time that is counted."""
    return random.Random(f"{seed} {cdb.hex()} {count}")


def choose(rng):
    """What becomes of a command: the name of an action and its argument."""
    kind = rng.choices(("hostile", "sense", "status", "host"), (20, 4, 1, 1))
    return kind[0], {
        "hostile": lambda rng: rng, "sense": sense,
        "status": lambda rng: rng.choice(STATUSES),
        "host": lambda rng: rng.choice(HOST_BYTES),
    }[kind[0]](rng)
