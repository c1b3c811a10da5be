# SPDX-License-Identifier: MIT
"""
Answers as real drives, bridges and emulators get them wrong: the page comes
out exact, or not at all. What a drive sends stands in these tests, and the
commands it got are counted by the simulator.
"""

import errno
import os

import pytest

import uapi
from attached import MODE_SENSE_10, MODE_SENSE_6, attached
from drives import wait_until

PAGE = bytes.fromhex("010a8020 00000000 20000000")
OTHER = bytes.fromhex("080a0400 00000000 00000000")
DESCRIPTOR = bytes.fromhex("00000000 00000800")
LONG_DESCRIPTOR = bytes.fromhex("00000000 00000000 00000000 00000800")


def header10(length, descriptors=0, longlba=0):
    return (length + 6 + descriptors).to_bytes(2, "big") + \
        bytes([0x41, 0x00, longlba, 0]) + descriptors.to_bytes(2, "big")


def header6(length, descriptors=0):
    return bytes([length + 3 + descriptors, 0x41, 0x00, descriptors])


def answer(*pages, descriptors=b"", declare=0, longlba=0):
    """A regular answer; declare lies about its length by so many bytes."""
    body = b"".join(pages)
    return header10(len(body) + declare, len(descriptors), longlba) + \
        descriptors + body


@pytest.fixture(scope="module")
def shared():
    with attached("dvd-writer") as drive:
        yield drive


@pytest.fixture
def drive(shared):
    shared.sim.off()
    shared.sim.clear()
    yield shared
    shared.sim.off()


def replace(drive, data):
    drive.sim.on(f"mode-sense: data {data.hex()}")


GOOD = {
    "regular": answer(PAGE),
    "descriptor of 8 in spite of DBD": answer(PAGE, descriptors=DESCRIPTOR),
    "two descriptors": answer(PAGE, descriptors=DESCRIPTOR * 2),
    "long descriptor of 16": answer(PAGE, descriptors=LONG_DESCRIPTOR,
                                    longlba=1),
    "not the first page": answer(OTHER, PAGE),
    "behind a zero page": answer(bytes(2), PAGE),
    "there twice": answer(PAGE, OTHER, PAGE),
    "surplus bytes": answer(PAGE) + bytes(54),
    "declared shorter than the page": answer(PAGE, declare=-6),
    "declared two bytes short": answer(PAGE, declare=-2),
    "header of the 6-byte command": header6(len(PAGE)) + PAGE,
    "that and a descriptor": header6(len(PAGE), 8) + DESCRIPTOR + PAGE,
    "descriptors declared, none sent":
        answer(PAGE)[:6] + b"\x40\xc0" + PAGE,
    # The last: it is not asked again, once it is known for this.
    "declared longer than sent": answer(PAGE, declare=16),
}

QUIRKS = {
    "descriptor of 8 in spite of DBD": "dbd_ignored",
    "two descriptors": "dbd_ignored",
    "long descriptor of 16": "dbd_ignored",
    "declared longer than sent": "length_too_large",
    "declared shorter than the page": "length_too_small",
    "declared two bytes short": "length_too_small",
    "header of the 6-byte command": "header_6",
    "that and a descriptor": "header_6",
    "descriptors declared, none sent": "descriptor_length",
}


@pytest.fixture(scope="module")
def quirky():
    """A drive that will have shown all of them."""
    with attached("dvd-writer") as drive:
        assert drive.quirks() == []
        yield drive


@pytest.mark.parametrize("name", GOOD)
def test_page_is_found(quirky, name):
    quirky.sim.off()
    before = set(quirky.quirks())
    replace(quirky, GOOD[name])
    error, result, data = quirky.get(0x01)
    assert (error, result.status.code) == (0, uapi.OK)
    assert data[:result.length] == PAGE
    assert set(data[result.length:]) == {0xa5}
    assert result.result == 0
    expected = {QUIRKS[name]} if name in QUIRKS else set()
    assert set(quirky.quirks()) == before | expected


def test_every_quirk_is_seen(quirky):
    """Each came with the first answer that has it, and with no other."""
    assert set(quirky.quirks()) == set(QUIRKS.values())


BAD = {
    "nothing": (b"", errno.EPROTO, uapi.INVALID_RESPONSE),
    "half a header": (answer(PAGE)[:4], errno.EPROTO, uapi.INVALID_RESPONSE),
    "all zero": (bytes(512), errno.EPROTO, uapi.INVALID_RESPONSE),
    "descriptors past the end":
        (header10(0, 0)[:6] + b"\x40\xc0" + PAGE, errno.EPROTO,
         uapi.INVALID_RESPONSE),
    "another page": (answer(OTHER), errno.EPROTO, uapi.INVALID_RESPONSE),
    "subpage format unasked":
        (answer(bytes.fromhex("41010004 aabbccdd")), errno.EPROTO,
         uapi.INVALID_RESPONSE),
    "header only": (answer(), errno.ENOENT, uapi.NO_SUCH_PAGE),
    "header and descriptor only":
        (answer(descriptors=DESCRIPTOR), errno.ENOENT, uapi.NO_SUCH_PAGE),
    "page of length 0": (answer(b"\x01\x00"), errno.ENOENT,
                         uapi.NO_SUCH_PAGE),
    "page of length 0, zeros behind":
        (answer(b"\x01\x00" + bytes(18)), errno.ENOENT, uapi.NO_SUCH_PAGE),
}


@pytest.mark.parametrize("name", BAD)
def test_no_page(drive, name):
    data, error, code = BAD[name]
    if data:
        replace(drive, data)
    else:
        drive.sim.on("mode-sense: short 0")
    got, result, room = drive.get(0x01)
    assert (got, result.status.code) == (error, code)
    assert result.status.stage == uapi.STAGE_PARSE
    assert set(room) == {0xa5}


def test_page_is_cut_short():
    """As far as it goes, and no zeros invented for the rest."""
    whole = answer(PAGE)
    with attached("dvd-reader") as drive:
        for rest in range(1, 11):
            drive.sim.off()
            drive.sim.clear()
            replace(drive, whole[:-rest])
            error, result, data = drive.get(0x01)
            assert (error, result.result) == (0, uapi.RESULT_TRUNCATED)
            assert data[:result.length] == PAGE[:-rest]
            assert set(data[result.length:]) == {0xa5}
            # It may be a mistake of the transport, but not every time.
            assert len(drive.asked()) == (2 if rest == 1 else 1)


def test_page_length_past_the_data(drive):
    replace(drive, answer(PAGE[:1] + b"\x20" + PAGE[2:]))
    error, result, data = drive.get(0x01)
    assert (error, result.result) == (0, uapi.RESULT_TRUNCATED)
    assert data[1] == 0x20 and result.length == len(PAGE)


def test_one_bad_moment(drive):
    """An answer that is short once is asked for once more."""
    drive.sim.on("mode-sense times=1: short 14")
    expected = drive.sim.page(0x01)
    drive.sim.clear()
    assert drive.page(0x01) == expected
    assert len(drive.asked()) == 2


def test_last_byte_like_a_mark(drive):
    """
    The unused part of the buffer is marked; data that end like the mark are
    data. Every last byte is tried.
    """
    drive.check_last_byte()


def test_subpage_format(drive):
    page = bytes.fromhex("41050004 aabbccdd")
    drive.sim.set_page((0x01, 0x05), page)
    error, result, data = drive.get(0x01, subpage=5)
    assert (error, data[:result.length]) == (0, page)
    assert drive.asked()[-1].cdb[2:4] == bytes([0x01, 0x05])


def test_ps_bit_is_kept(drive):
    page = b"\x81" + PAGE[1:]
    replace(drive, answer(page))
    assert drive.page(0x01) == page


def test_more_than_fits_is_asked_for_once(drive):
    """All pages of this drive need more than 512 bytes."""
    pages = [bytes([code, 60]) + bytes([code] * 60) for code in range(1, 21)]
    replace(drive, answer(*pages))
    drive.sim.clear()
    error, result, data = drive.get(0x3f)
    assert (error, result.result) == (0, 0)
    assert data[:result.length] == b"".join(pages)
    asked = [int.from_bytes(entry.cdb[7:9], "big") for entry in drive.asked()]
    assert asked == [512, 1536]


def test_more_than_fits_is_declared_as_endless():
    """The largest buffer, too, shows how far it was written to."""
    pages = [bytes([code, 60]) + bytes([code] * 60) for code in range(1, 21)]
    size = len(b"".join(pages))
    with attached("dvd-reader") as drive:
        replace(drive, answer(*pages, declare=0xffff - 6 - size))
        drive.sim.clear()
        error, result, data = drive.get(0x3f)
        assert (error, result.result, result.length) == (0, 0, size)
        assert data[:size] == b"".join(pages)
        asked = [entry.cdb[7:9].hex() for entry in drive.asked()]
        assert asked == ["0200", "fe00"]


def test_growth_is_not_endless(drive):
    """A drive that always declares more is asked twice, not for ever."""
    drive.sim.on("mode-sense: declare 65000")
    drive.sim.clear()
    expected = drive.sim.page(0x01)
    assert drive.page(0x01) == expected
    assert len(drive.asked()) == 2


def test_allocation_lengths_are_even_and_hold_a_header(drive):
    for page in (0x01, 0x3f, 0x3e):
        for control in range(4):
            drive.get(page, control)
    for entry in drive.asked():
        length = int.from_bytes(entry.cdb[7:9], "big")
        assert length >= 8 and length % 2 == 0


def test_all_pages_that_make_no_sense(drive):
    """One page of them is asked for by itself; all of them are refused."""
    replace(drive, answer(PAGE, bytes(2), OTHER))
    error, result, data = drive.get(0x3f)
    assert (error, result.status.code) == \
        (errno.EPROTO, uapi.INVALID_RESPONSE)
    assert set(data) == {0xa5}


def test_all_pages_that_are_none(drive):
    replace(drive, answer())
    error, result, _ = drive.get(0x3f)
    assert (error, result.status.code) == (errno.ENOENT, uapi.NO_SUCH_PAGE)
    drive.sim.off()
    replace(drive, answer(PAGE[:1]))
    error, result, _ = drive.get(0x3f)
    assert (error, result.status.code) == \
        (errno.EPROTO, uapi.INVALID_RESPONSE)


def test_all_pages_that_make_no_sense_and_end_early(drive):
    """A length that is wrong led astray, it is not just the end missing."""
    replace(drive, answer(PAGE, bytes(2), OTHER)[:-4])
    error, result, _ = drive.get(0x3f)
    assert (error, result.status.code) == \
        (errno.EPROTO, uapi.INVALID_RESPONSE)


def test_list_does_not_blame_the_drive_for_the_transport():
    with attached("dvd-reader") as drive:
        drive.sim.on("mode-sense control=2: host 07")
        error, result, _ = uapi.entries(drive.fd)
        assert (error, result.status.code) == (errno.EIO, uapi.FAIL)
        drive.sim.off()
        assert uapi.entries(drive.fd)[0] == 0


def test_all_pages_cut_short(drive):
    replace(drive, answer(OTHER, PAGE)[:-4])
    error, result, data = drive.get(0x3f)
    assert (error, result.result) == (0, uapi.RESULT_TRUNCATED)
    assert data[:result.length] == OTHER + PAGE[:-4]


def test_page_that_all_pages_leave_out(tmp_path):
    """Its changeable values do not exist, as far as is known."""
    profile = tmp_path / "less.profile"
    profile.write_text("[drive]\nlike = bd-writer\n"
                       "[changeable]\n20 = absent\n")
    with attached(str(profile)) as drive:
        assert drive.sim.page(0x20, "changeable") is None
        assert uapi.entries(drive.fd)[0] == 0
        drive.sim.clear()
        error, result, _ = drive.get(0x20, 1, flags=uapi.CACHED)
        assert (error, result.status.code) == \
            (errno.ENOENT, uapi.NO_SUCH_PAGE)
        assert drive.get(0x01, 1, flags=uapi.CACHED)[0] == 0
        assert drive.asked() == []


@pytest.mark.parametrize("fault", ["zero", "sense 4/44/00"])
def test_control_that_answers_nonsense(fault):
    """The list is of current values; the others add to it."""
    with attached("dvd-writer") as drive:
        drive.sim.on(f"mode-sense control=2: {fault}")
        drive.sim.clear()
        error, result, entries = uapi.entries(drive.fd)
        assert len(drive.asked(control=2)) == 1
        assert (error, result.status.code) == (0, uapi.OK)
        assert [entry.page for entry in entries] == drive.supported()
        assert all(entry.controls & 0b111 == 0b011 for entry in entries
                   if drive.sim.page(entry.page, "changeable"))


def test_change_is_seen_by_a_fresh_read(drive):
    """What was known is no answer any more, and the generation says so."""
    drive.file("modepages/01", "rb")
    before = uapi.info(drive.fd)[1].generation
    whole = drive.sim.page(0x01)
    assert drive.page(0x01) == whole
    assert uapi.info(drive.fd)[1].generation == before
    drive.sim.set_page(0x01, whole[:3] + bytes([whole[3] ^ 1]) + whole[4:])
    assert drive.page(0x01) != whole
    assert uapi.info(drive.fd)[1].generation > before
    error, result, data = drive.get(0x01, flags=uapi.CACHED)
    assert (error, data[:result.length]) == (0, drive.sim.page(0x01))
    again = uapi.info(drive.fd)[1].generation
    assert result.generation == again
    drive.sim.set_page(0x01, whole)
    assert drive.page(0x01) == whole
    assert uapi.info(drive.fd)[1].generation > again


def test_end_of_file_after_a_unit_attention(drive):
    """A reader that has got the page gets the end of the file, too."""
    fd = os.open(f"{drive.sysfs}/modepages/01", os.O_RDONLY)
    assert os.read(fd, 4096) == drive.sim.page(0x01)
    drive.sim.on("mode-sense times=1: sense 6/28/00")
    assert drive.get(0x0e)[0] == 0
    assert os.read(fd, 4096) == b""
    os.close(fd)


class TestDiscovery:
    """Drives as a whole."""

    @pytest.mark.parametrize("size", [16, 20, 22, 26, 48, 68])
    def test_capability_page_of_any_size(self, size):
        with attached(f"broken-2a-{size}") as drive:
            assert drive.supported() == [0x01, 0x08, 0x0d, 0x0e, 0x1a, 0x2a]
            assert len(drive.file("modepages/2a", "rb")) == size

    def test_six_byte_commands_only(self):
        with attached("scsi2-reader") as drive:
            assert drive.quirks() == ["dbd_ignored", "mode_sense_6"]
            assert drive.supported() == [0x01, 0x02, 0x0d, 0x0e]
            assert drive.page(0x0d) == drive.sim.page(0x0d)
            drive.sim.clear()
            assert drive.page(0x0e, 1) == drive.sim.page(0x0e, "changeable")
            asked = drive.asked()
            assert [entry.opcode for entry in asked] == \
                [MODE_SENSE_6]
            assert asked[0].cdb[4] <= 192 and asked[0].cdb[4] % 2 == 0

    def test_sr_keeps_its_own_opinion(self):
        """The device's flag for the 10-byte command is not ours to change."""
        with attached("scsi2-reader") as drive:
            drive.page(0x0d)
            with open(drive.sim.block, "rb") as disc:
                assert len(disc.read(2048)) == 2048

    @pytest.mark.parametrize("profile, quirk", [
        ("broken-dbd", "dbd_refused"),
        ("broken-descriptor8", "dbd_ignored"),
        ("broken-descriptor16", "dbd_ignored"),
        ("broken-header6", "header_6"),
        ("broken-declared-more", "length_too_large"),
        ("broken-twice", "all_pages_unsound"),
        ("broken-gap", "all_pages_unsound"),
        ("broken-cut", "all_pages_unsound"),
        ("broken-length-less", "all_pages_unsound"),
        ("broken-above-64", "no_all_pages"),
        ("mmc1-reader", "no_all_pages"),
    ])
    def test_pages_in_spite_of_a_quirk(self, profile, quirk):
        """Each page that the module lists is the one the drive has."""
        with attached(profile) as drive:
            assert quirk in drive.quirks()
            assert 0x2a in drive.supported()
            for code in drive.supported():
                expected = drive.sim.page(code)
                size = min(len(expected), 2 + expected[1])
                got = drive.file(f"modepages/{code:02x}", "rb")
                assert got == expected[:len(got)], f"page {code:02x}"
                assert len(got) == size or profile == "broken-cut"

    @pytest.mark.parametrize("profile", [
        "cd-writer", "dvd-writer", "dvd-reader", "bd-writer", "changer",
        "broken-surplus", "broken-odd", "broken-below-30", "strict-writer"])
    def test_pages_without_a_quirk(self, profile):
        with attached(profile) as drive:
            assert drive.quirks() == []
            assert 0x2a in drive.supported()
            for code in drive.supported():
                assert drive.page(code) == drive.sim.page(code)
                assert drive.file(f"modepages/{code:02x}", "rb") == \
                    drive.sim.page(code)

    def test_write_once_drive(self):
        """Peripheral device type 4, no page 2Ah."""
        with attached("worm") as drive:
            assert drive.quirks() == []
            assert drive.supported() == [0x01, 0x02, 0x08, 0x1c]
            assert drive.page(0x1c) == drive.sim.page(0x1c)

    def test_page_comes_behind_another_one(self):
        with attached("broken-not-first") as drive:
            for code in (0x0e, 0x2a):
                sent = drive.sim.page(code)
                assert sent[0] == 0x01
                assert drive.page(code) == sent[2 + sent[1]:]

    @pytest.mark.parametrize("profile", ["broken-zero", "broken-header-only"])
    def test_nothing_usable(self, profile):
        """The drive is there, without pages, and says why."""
        with attached(profile) as drive:
            assert drive.supported() == []
            assert drive.file("supported") == "\n"
            assert drive.get(0x2a)[0] in (errno.EPROTO, errno.ENOENT)

    def test_changeable_shorter_than_current(self):
        with attached("broken-changeable-short") as drive:
            current, changeable = drive.page(0x2a), drive.page(0x2a, 1)
            assert changeable == drive.sim.page(0x2a, "changeable")
            assert len(changeable) < len(current)

    def test_changeable_with_code_and_length_zero(self):
        with attached("broken-changeable-empty") as drive:
            assert drive.get(0x2a, 1)[0] == errno.ENOENT
            assert drive.page(0x2a) == drive.sim.page(0x2a)

    @pytest.mark.parametrize("sense, times",
                             [("2/04/01", 2), ("2/04/08", 1), ("6/29/00", 6)])
    def test_not_ready_at_first(self, tmp_path, sense, times):
        """It is there at once; asked again, it has all its pages."""
        profile = tmp_path / "late.profile"
        profile.write_text("[drive]\nlike = dvd-reader\n[faults]\n"
                           f"1 = on 5a dbd=1 times={times}: sense {sense}\n")
        pages = [0x01, 0x08, 0x0d, 0x0e, 0x1a, 0x2a]
        with attached(str(profile)) as drive:
            wait_until(lambda: drive.supported() == pages, "it is ready")
            assert drive.quirks() == []
            wait_until(lambda: drive.files() == pages, "it has its files")

    def test_never_ready(self, tmp_path):
        """It is there all the same, and says why it has no pages."""
        profile = tmp_path / "never.profile"
        profile.write_text("[drive]\nlike = dvd-reader\n[faults]\n"
                           "1 = on 5a: sense 2/04/01\n")
        with attached(str(profile)) as drive:
            assert drive.supported() == []
            assert drive.file("last_status") == "becoming_ready 02/04/01\n"
            assert drive.quirks() == []

    def test_nothing_but_mode_sense(self):
        """Of our commands: 5Ah and 1Ah, no subpage, and no page twice."""
        with attached("bd-writer") as drive:
            ours = drive.sim.commands(MODE_SENSE_10)
            assert [entry.cdb[:10].hex() for entry in ours][:2] == \
                ["5a002a00000000008000", "5a083f00000000020000"]
            assert all(entry.cdb[3] == 0 for entry in ours)
