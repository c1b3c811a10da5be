# SPDX-License-Identifier: MIT
"""
Drives that answer anything: whatever comes, a user gets a page that the drive
has sent, or an error, and nothing of it stays.

The answers follow from a seed. It is in the output, and MODEPAGES_SEED in the
environment sets it.
"""

import errno
import os
import random
import time
from dataclasses import dataclass, field

import pytest

import uapi
from attached import MODE_SENSE_10, MODE_SENSE_6, attached
from drives import without_udev
from drivesim.sense import parse_any
from simulated import sgio

DIRECTORIES = ("modepages", "changeable", "default", "saved")
ALL_PAGES, LAST_PAGE = 0x3f, 0x3e
CALLS, BATCH = 900, 60
REQUEST_SENSE = 0x03
KNOWN_QUIRKS = (1 << 11) - 1

# The errno of each status that a drive can bring about.
ERRNOS = {
    2: errno.EIO, 4: errno.ETIMEDOUT, 5: errno.EPROTO, 6: errno.EMEDIUMTYPE,
    7: errno.EAGAIN, 8: errno.ENOMEDIUM, 9: errno.EINPROGRESS,
    10: errno.EALREADY, 11: errno.EPIPE, 12: errno.EMEDIUMTYPE,
    13: errno.ENOENT, 15: errno.EROFS, 16: errno.EMEDIUMTYPE,
    17: errno.ENODEV, 18: errno.EBUSY,
}
SAVING_NOT_SUPPORTED = 0x39


@pytest.fixture(scope="module", autouse=True)
def quiet():
    """Every command is ours, and the seed says which one gets what."""
    with without_udev():
        yield


# What holds of each answer, in the order of the structures' members.

def check_status(error, status, sent):
    """Of a call that has failed."""
    expected = ERRNOS[status.code]
    if status.code == uapi.NO_SUCH_PAGE and \
            status.asc == SAVING_NOT_SUPPORTED:
        expected = errno.EOPNOTSUPP
    assert error == expected
    assert status.stage in (uapi.STAGE_SENSE, uapi.STAGE_PARSE)
    assert status.sense_len <= 64
    sense = bytes(status.sense)[:status.sense_len]
    assert not any(bytes(status.sense)[status.sense_len:])
    if status.flags & uapi.STATUS_SENSE:
        assert sense[0] & 0x7f in (0x70, 0x71, 0x72, 0x73)
        assert status.sense_key < 16
        # The kernel asks for it where it did not come along.
        assert any(entry.cdb[0] == REQUEST_SENSE for entry in sent) or \
            any(raw.ljust(96, b"\0").startswith(sense)
                for raw in map(raw_sense, sent) if raw is not None)
    else:
        assert (status.flags, status.sense_len, status.sense_key, status.asc,
                status.ascq) == (0, 0, 0, 0, 0)
    if status.flags & uapi.STATUS_FIELD:
        assert status.sense_key == 5
    else:
        assert (status.field_byte, status.field_bit) == (0, 0)
        assert not status.flags & (uapi.STATUS_FIELD_CDB |
                                   uapi.STATUS_FIELD_BIT)
    assert status.residue <= 65534
    assert status.reserved == 0


def raw_sense(entry):
    """Of a command in the drive's log; None if it ended in another way."""
    word, _, text = entry.outcome.partition(" ")
    return parse_any(text).encode() if word == "sense" else None


def size_of(data):
    """As the page has it: header, and what its length says."""
    if data[0] & 0x40:
        return 4, 4 + int.from_bytes(data[2:4], "big")
    return 2, 2 + data[1]


def check_page(data, page, subpage, truncated):
    assert data[0] & 0x3f == page
    assert bool(data[0] & 0x40) == bool(subpage)
    assert not subpage or data[1] == subpage
    head, whole = size_of(data)
    assert head <= len(data) <= whole and whole > head
    assert truncated is None or truncated == (len(data) < whole)


def check_all_pages(data, truncated):
    codes, start = [], 0
    while start < len(data):
        rest = data[start:]
        if len(rest) < (4 if rest[0] & 0x40 else 2):
            assert truncated
            return
        head, whole = size_of(rest)
        assert not rest[0] & 0x40 or len(rest) < whole
        assert whole > head or len(rest) < whole
        codes.append(rest[0] & 0x3f)
        start += whole
    assert truncated == (start != len(data))
    if truncated:
        codes.pop()
    assert len(set(codes)) == len(codes)


def check_sent(data, sent, size=0):
    """
    Nothing is made up, and no header is taken for a page. There may have been
    too little room for all of it: then its size is what it says.
    """
    assert any(data in answer[4:] and size <= len(answer) - 4
               for answer in sent)


def check_nothing_sent(sent):
    """But for a discovery in the background, which is of current values."""
    assert all(entry.opcode == REQUEST_SENSE or not entry.cdb[2] >> 6
               for entry in sent)


# The calls. Each returns what was asked, and a function that judges the
# answer by the commands of this call and by all answers up to then.

def call_get(drive, rng):
    page = rng.choice([*drive.codes, rng.randrange(0x40), ALL_PAGES])
    subpage = 0 if page == ALL_PAGES else rng.choice((0,) * 9 + (1,))
    control = rng.randrange(4)
    cached = rng.random() < 0.1
    size = rng.choice((4096, 4096, 4096, rng.randrange(64)))
    error, result, room = uapi.get(
        drive.fd, page, control, room=size, subpage=subpage,
        flags=uapi.CACHED if cached else 0)

    def judge(sent, past):
        assert result.result & ~(uapi.RESULT_TRUNCATED |
                                 uapi.RESULT_CACHED) == 0
        if error:
            assert set(room) <= {0xa5}
            if error == errno.ENODATA:
                assert cached and result.status.code == uapi.OK
            else:
                check_status(error, result.status,
                             past.commands if cached else sent)
            return
        assert (result.status.code, result.status.stage) == (uapi.OK, 0)
        assert bool(result.result & uapi.RESULT_CACHED) == cached
        if cached:
            check_nothing_sent(sent)
        data = room[:result.length]
        assert set(room[result.length:]) <= {0xa5}
        check_sent(data, past.answers if cached else good(sent),
                   result.length)
        if result.length > size:
            return
        truncated = bool(result.result & uapi.RESULT_TRUNCATED)
        if page == ALL_PAGES:
            check_all_pages(data, truncated)
        else:
            check_page(data, page, subpage, truncated)

    return f"GET {page:02x}.{subpage:02x} {control} {cached}", judge


def call_list(drive, rng):
    size = rng.choice((64, 64, 0, 3))
    cached = rng.random() < 0.3
    error, result, entries = uapi.entries(drive.fd, room=max(size, 1),
                                          flags=cached)

    def judge(sent, past):
        if error:
            assert not cached
            check_status(error, result.status, past.commands)
            return
        if cached:
            check_nothing_sent(sent)
        codes = [entry.page for entry in entries]
        assert codes == sorted(set(codes))
        assert all(code <= LAST_PAGE for code in codes)
        for entry in entries:
            assert (entry.subpage, entry.reserved) == (0, 0)
            assert entry.controls < 16 and entry.flags < 2
            # Of a page without current values, nothing is known.
            assert (entry.length >= 2) == bool(entry.controls & 1)
            assert entry.length <= 257

    return f"LIST {cached}", judge


def call_info(drive, _rng):
    error, result = uapi.info(drive.fd)
    before, drive.known = drive.known, result.generation

    def judge(sent, _past):
        check_nothing_sent(sent)
        assert (error, result.features) == (0, uapi.FEATURES)
        assert result.generation >= before
        assert result.quirks & ~KNOWN_QUIRKS == 0
        assert not any(result.reserved)

    return "INFO", judge


def read_file(path):
    """Its bytes, or the errno. (Python's own files return None for EAGAIN.)"""
    try:
        fd = os.open(path, os.O_RDONLY)
    except OSError as error:
        return error.errno
    try:
        return os.read(fd, 4096)
    except OSError as error:
        return error.errno
    finally:
        os.close(fd)


def call_file(drive, rng):
    """A page's file; it may be gone by now, with or without its directory."""
    code = rng.choice(drive.codes)
    name = rng.choice(DIRECTORIES)
    drive.write("max_age_ms", rng.choice((0, 0, 0, 100)))
    data = read_file(f"{drive.sysfs}/{name}/{code:02x}")

    def judge(_sent, past):
        if isinstance(data, int):
            assert data in {*ERRNOS.values(), errno.ENODATA}
            return
        check_sent(data, past.answers)
        check_page(data, code, 0, None)

    return f"{name}/{code:02x}", judge


def call_refresh(drive, _rng):
    failed = 0
    try:
        drive.write("refresh", 1)
    except OSError as error:
        failed = error.errno
    supported = drive.supported()

    def judge(sent, _past):
        assert failed in {0, *ERRNOS.values()}
        assert sent
        assert supported == sorted(set(supported))
        assert all(code <= LAST_PAGE for code in supported)

    return "refresh", judge


def call_text(drive, _rng):
    status, quirks = drive.file("last_status").split(), drive.quirks()

    def judge(sent, _past):
        check_nothing_sent(sent)
        assert len(status) == 2
        assert len(set(quirks)) == len(quirks)

    return "last_status, quirks", judge


WEIGHTS = {call_get: 60, call_file: 20, call_list: 5, call_info: 5,
           call_refresh: 3, call_text: 2}


# All together.

@dataclass
class Past:
    """What a drive has said so far."""
    commands: list = field(default_factory=list)
    answers: dict = field(default_factory=dict)

    def add(self, entries):
        self.commands += entries
        self.answers.update(dict.fromkeys(good(entries)))


def good(entries):
    return [entry.sent for entry in entries if entry.outcome == "good"]


def check_commands(entries):
    """Ours do not get worse by what the drive says."""
    for entry in entries:
        if entry.opcode == REQUEST_SENSE:
            continue
        assert entry.opcode in (MODE_SENSE_10, MODE_SENSE_6)
        length = int.from_bytes(entry.cdb[7:9], "big") \
            if entry.opcode == MODE_SENSE_10 else entry.cdb[4]
        assert length >= 8 and length % 2 == 0


def told(entries):
    return "\n".join(f"{entry.cdb[:10].hex()}: {entry.outcome} "
                     f"{entry.sent.hex()}" for entry in entries)


def judge_batch(drive, calls, past):
    entries = drive.sim.commands()
    check_commands(entries)
    for start, end, text, judge in calls:
        sent = [entry for entry in entries if start <= entry.time <= end]
        past.add([entry for entry in entries if entry.time <= end])
        entries = [entry for entry in entries if entry.time > end]
        try:
            judge(sent, past)
        except AssertionError as failure:
            raise AssertionError(f"{text}: {failure}\n{told(sent)}") from None
    past.add(entries)


def ask(drive, rng, calls):
    """Returns how many commands the drive got."""
    past = Past()
    past.add(drive.sim.commands())
    for _ in range(0, calls, BATCH):
        drive.sim.clear()
        batch = []
        for _ in range(BATCH):
            call, = rng.choices(list(WEIGHTS), WEIGHTS.values())
            start = time.monotonic()
            text, judge = call(drive, rng)
            # The log has rounded times.
            batch.append((start - 1e-6, time.monotonic() + 1e-6, text, judge))
        judge_batch(drive, batch, past)
    return len(past.commands)


def values(drive):
    """{(page, control): bytes, or the errno} of a drive that is well."""
    found = {}
    for code in drive.supported():
        for control in range(4):
            error, result, data = drive.get(code, control)
            assert result.result == 0
            found[code, control] = error or data[:result.length]
    return found


def check_well(drive, before):
    """Once it answers well again, so do we; a refresh is all it takes."""
    drive.sim.off()
    drive.write("refresh", 1)
    assert values(drive) == before
    drive.write("max_age_ms", 0)
    assert drive.files() == drive.supported()
    for code in drive.supported():
        assert drive.read(code) == before[code, 0]
    error, _, entries = uapi.entries(drive.fd)
    assert error == 0
    assert [(entry.page, entry.length, entry.controls)
            for entry in entries] == \
        [(code, len(before[code, 0]),
          sum(1 << control for control in range(4)
              if isinstance(before[code, control], bytes)))
         for code in drive.supported()]


@pytest.mark.parametrize("name", ["bd-writer", "mmc1-reader", "scsi2-reader"])
def test_nonsense(name, seed, say):
    """Of a drive that has all pages in one, one page at a time, six bytes."""
    with attached(name, settle=False) as drive:
        sgio.stop_polling(drive.sim.block)
        drive.codes, drive.known = drive.supported(), 0
        before = values(drive)
        assert {code: page for (code, control), page in before.items()
                if not control} == \
            {code: drive.sim.page(code) for code in drive.codes}
        drive.sim.on(f"mode-sense: hostile {seed} {name}")
        commands = ask(drive, random.Random(f"{seed} {name}"), CALLS)
        say(f"{name}: {commands} commands")
        assert commands > CALLS / 2
        check_well(drive, before)
        drive.check_last_byte()


@pytest.mark.parametrize("number", range(8))
def test_nonsense_from_the_start(number, seed, tmp_path):
    """It is there, and when it has come to its senses it is as any other."""
    profile = tmp_path / "hostile.profile"
    profile.write_text("[drive]\nlike = dvd-reader\n[faults]\n"
                       f"1 = on 5a: hostile {seed} {number}\n")
    with attached("dvd-reader", str(profile), settle=False) as both:
        for drive in both:
            sgio.stop_polling(drive.sim.block)
        check_well(both[1], values(both[0]))
