# SPDX-License-Identifier: MIT
"""
modepages set: fields get new values, all of those that are named or none, and what
was refused is named.
"""

import json
import subprocess

import pytest

import drives
from attached import attached
from changing import ERRORS, OTHER, selects, with_bits, with_byte
from changing import drive, shared  # noqa: F401, pylint: disable=unused-import
from drives import modepages
from exclusive import locked

# pylint: disable=redefined-outer-name

WRITE, CACHING, AUDIO, POWER = 0x05, 0x08, 0x0e, 0x1a


def change(drive, *words):
    """stdout as text; it has to succeed."""
    status, out, errors = modepages("set", drive.node, *words)
    assert (status, errors) == (0, []), (words, errors)
    return out.decode()


def refused(drive, *words, code=1, lines=1, name=None):
    """The message; nothing was sent, or accepted."""
    pages = {page: drive.sim.page(page) for page in drive.supported()}
    status, out, errors = modepages("set", name or drive.node, *words)
    assert (status, out, len(errors)) == (code, b"", lines), (words, errors)
    assert {page: drive.sim.page(page) for page in pages} == pages
    return "\n".join(errors)


def test_one_field(drive):
    before = drive.sim.page(ERRORS)
    assert change(drive, "rw.rrc=32") == "rw.rrc: 16 -> 32\n"
    assert drive.sim.page(ERRORS) == with_byte(before, 3, 32)
    # It is so already: nothing to print, nothing to send.
    drive.sim.clear()
    assert change(drive, "rw.rrc=0x20") == ""
    assert not selects(drive)


def test_it_stays(drive):
    change(drive, "RW.RRC=8", "01.2:6:1=1")
    assert drive.sim.page(ERRORS)[2:4] == bytes([0xc0, 8])
    assert drive.file("holder") == ""


def test_several_pages(drive):
    """One MODE SELECT for each, in the order of the pages."""
    assert change(drive, "po.idle=0", "wp.wr_t=sao", "rw.rrc=4", "rw.wrc=5") == \
        "po.idle: 1 -> 0\nwp.wr_t: 0 -> 2\nrw.rrc: 16 -> 4\nrw.wrc: 16 -> 5\n"
    assert [command.received[8] for command in selects(drive)] == \
        [ERRORS, WRITE, POWER]
    assert all(not command.cdb[1] & 1 for command in selects(drive))


def test_text(drive):
    assert change(drive, "wp.mcn=4006381333931") == \
        "wp.mcn:  -> 4006381333931\n"
    assert drive.sim.page(WRITE)[17:30] == b"4006381333931"
    assert change(drive, "wp.mcn=1") == "wp.mcn: 4006381333931 -> 1\n"
    assert drive.sim.page(WRITE)[17:30] == b"1" + bytes(12)


def test_rounded(drive):
    """It takes multiples of 4, and idle times from 50 on."""
    assert change(drive, "rw.rrc=35", "po.ict=7") == \
        "rw.rrc: 16 -> 32 (rounded by the drive from 35)\n" \
        "po.ict: 600 -> 50 (rounded by the drive from 7)\n"
    # Though nothing has changed.
    assert change(drive, "rw.rrc=33") == \
        "rw.rrc: 32 -> 32 (rounded by the drive from 33)\n"


def test_dry_run(drive):
    before = drive.sim.page(ERRORS)
    assert change(drive, "rw.rrc=32", "--dry-run") == "rw.rrc: 16 -> 32\n"
    assert not selects(drive)
    assert drive.sim.page(ERRORS) == before
    message = refused(drive, "rw.tb=1", "--dry-run")
    assert "rw.tb: the drive does not let this be changed" in message


def test_json(drive):
    answer = json.loads(change(drive, "rw.rrc=35", "05.2:3:4=0", "wp.mcn=7",
                               "--json"))
    assert (answer["device"], answer["via"], answer["dry_run"]) == \
        (drive.sim.address, "module", False)
    rounded, same, text = answer["fields"]
    assert rounded == {"field": "rw.rrc", "page": "01", "acronym": "RRC",
                       "name": "Read retry count", "before": 16, "after": 32,
                       "rounded": True}
    assert (same["field"], same["acronym"], same["before"], same["after"],
            same["rounded"]) == ("05.2:3:4", None, 0, 0, False)
    assert (text["before"], text["after"]) == ("", "7")
    answer = json.loads(change(drive, "rw.rrc=1", "--json", "--dry-run"))
    assert answer["dry_run"] and answer["fields"][0]["after"] == 1
    refused(drive, "rw.tb=1", "--json")


# What is refused before anything is written.

@pytest.mark.parametrize("words, named", [
    ([], "no FIELD=VALUE"),
    (["rw.rrc"], "'rw.rrc'"),
    (["rw.rrc=8", "wp.wr_t"], "'wp.wr_t'"),
    (["rw.rrc="], "rw.rrc=:"),
    (["rw.rrc=256"], "255"),
    (["rw.rrc=-1"], "rw.rrc=-1"),
    (["rw.rrc=1x"], "rw.rrc=1x"),
    (["rw.rrcc=1"], "rw.rrcc"),
    (["rw.rrc=8", "zz.rrc=1"], "zz.rrc"),
    (["wp.wr_t=dao"], "packet, tao, sao"),
    (["wp.mcn=12345678901234"], "13 characters"),
    (["01.1:7:8=8"], "01.1:7:8"),
    (["rw.rrc=8", "01.3:0:1=0"], "01.3:0:1"),
    (["rw.rrc=8", "--expect", "rw.rrc=300"], "255"),
    (["rw.rrc=8", "--expect", "rw"], "'rw'"),
    (["rw.rrc=8", "--expect"], "--expect"),
    (["--expect", "rw.rrc=16"], "no FIELD=VALUE"),
    (["rw.rrc=8", "--hex"], "--hex"),
])
def test_words_that_no_drive_could_take(drive, words, named):
    assert named in refused(drive, *words, code=2)
    assert not drive.sim.commands()


def test_drive_left_out(drive):
    """There are several, and no word is taken for one of them."""
    status, out, errors = modepages("set", "rw.rrc=8")
    assert (status, out, len(errors)) == (2, b"", 1)
    assert drive.sim.address in errors[0]


def test_bit_that_can_not_be_changed(drive):
    """Its field is named, and so is the place if it has no name."""
    message = refused(drive, "rw.per=1", "rw.tb=1")
    assert "rw.tb: the drive does not let this be changed: bit 5 of byte 2" in \
        message
    assert "not_changeable" in message
    assert "01.2:5:1: " in refused(drive, "01.2:5:1=1")
    assert not selects(drive)


def test_nothing_is_half_done(drive):
    """A later page is refused, whichever way, and the ones before are as they were."""
    for words, named in ((["cms.mute=1"], "'cms.mute'"),
                         (["05.16:7:8=1", "08.2:0:1=1", "2a.6:1:1=1"],
                          "2a.6:1:1: the drive does not let"),
                         (["ca.wce=0", "ca.mf=1"], "ca.mf: "),
                         (["po.idle=0", "1a.200:7:8=1"],
                          "1a.200:7:8: page 1a of this drive"),
                         (["ie.mrie=1"], "page 1c: "),
                         (["3e.2:7:8=1"], "page 3e: ")):
        message = refused(drive, "rw.rrc=8", *words,
                          code=2 if named[0] == "'" else 1)
        assert named in message, message
        assert not selects(drive)


def test_absent_field(drive):
    """It is too short, or has the byte, but not for this field."""
    assert "does not have this field" in refused(drive, "cms.wsd7_s=1", "rw.rrc=8")
    assert "does not have this field" in refused(drive, "po.idle_c=1")
    assert "field of other drives" in refused(drive, "20.tosh_speed=1")
    assert not selects(drive)


def test_expected(drive):
    before = drive.sim.page(ERRORS)
    message = refused(drive, "rw.wrc=8", "--expect", "rw.rrc=17")
    assert "rw.rrc: is 16, and not 17 as expected (changed_meanwhile)" in message
    # Of a page that is not to be changed, too, and of the first one before others.
    message = refused(drive, "rw.wrc=8", "--expect", "rw.rrc=16", "--expect",
                      "wp.wr_t=tao")
    assert "wp.wr_t: is 0, and not tao as expected" in message
    assert not selects(drive)
    assert change(drive, "rw.wrc=8", "--expect", "rw.rrc=16", "--expect",
                  "wp.wr_t=packet", "--expect", "01.1:7:8=10") == \
        "rw.wrc: 16 -> 8\n"
    assert drive.sim.page(ERRORS) == with_byte(before, 8, 8)
    assert len(selects(drive)) == 1
    assert "does not have this field" in \
        refused(drive, "rw.wrc=9", "--expect", "01.40:7:8=0")


def test_saved(drive):
    assert change(drive, "rw.rrc=20", "--save", "--expect", "ca.wce=1") == \
        "rw.rrc: 16 -> 20\n"
    assert [command.cdb[1] for command in selects(drive)] == [0x11]
    assert drive.sim.page(ERRORS, "saved")[3] == 20
    # Also one that has its value already.
    drive.sim.clear()
    assert change(drive, "rw.rrc=20", "--save") == ""
    assert [command.cdb[1] for command in selects(drive)] == [0x11]


def test_saved_that_can_not_be(drive):
    """The PS bit tells, before anything is written."""
    message = refused(drive, "rw.rrc=20", "ca.wce=0", "--save")
    assert "page 08: the drive can not save this page" in message
    assert not selects(drive)


def test_saving_that_the_drive_refuses():
    with attached("strict-writer") as other:
        message = refused(other, "rw.rrc=20", "--save", lines=2)
        assert "page 01: the drive can not save this page" in message
        assert "5/24/00" in message and "not changed: page 01" in message


def test_locked(drive):
    with locked(drive):
        message = refused(drive, "rw.rrc=20")
    assert "another program holds the drive" in message
    assert change(drive, "rw.rrc=20")


def test_permission(drive):
    status, out, errors = modepages("set", drive.node, "rw.rrc=8",
                                    as_nobody=True)
    assert (status, out, len(errors)) == (1, b"", 1)
    assert drive.node in errors[0] and "cdrom" in errors[0]


# What the drive refuses, though it has told that it can be changed.

def test_field_that_the_drive_refuses(drive):
    """It says which, by a pointer: that field is named, assigned or not."""
    for place, name in (("11.7", "rw.rrc"), ("11", "rw.rrc"), ("16.0", "rw.wrc"),
                        ("10.6", "rw.arre"), ("12.3", "rw.cor_s"),
                        ("19.7", "rw.erws"), ("15.7", "01.7:7:1"),
                        ("0", "page 01")):
        drive.sim.on(f"mode-select times=1: sense 5/26/00 field={place}")
        message = refused(drive, "rw.rrc=32", "rw.wrc=8", lines=2)
        assert f"{drive.sim.address}: {name}: " in message
        assert "5/26/00" in message
        assert message.endswith(f"{drive.sim.address}: not changed: page 01")


def test_later_page_that_the_drive_refuses(drive):
    """Each page is told of: what is changed is not put back behind one's back."""
    drive.sim.on(f"mode-select page={WRITE:02x}: sense 5/26/00 field=10.3")
    status, out, errors = modepages("set", drive.node, "rw.rrc=32",
                                    "wp.wr_t=sao", "po.idle=0", "ca.wce=0")
    assert (status, out, len(errors)) == (1, b"", 2)
    assert f"{drive.sim.address}: wp.wr_t: the drive refused" in errors[0]
    assert errors[1].endswith("changed: page 01; "
                              "not changed: page 05, page 08, page 1a")
    assert drive.sim.page(ERRORS)[3] == 32
    assert drive.sim.page(POWER)[3] == 3
    assert len(selects(drive)) == 2


def test_drive_that_ignores_it(drive):
    before = drive.sim.page(AUDIO)
    drive.sim.on(f"mode-sense page={AUDIO:02x} control=0 after=2 times=1: "
                 f"page 0e current {with_byte(before, 9, 7).hex(' ')}")
    status, out, errors = modepages("set", drive.node, "rw.rrc=32",
                                    "aud.p0_vol=9")
    assert (status, out, len(errors)) == (1, b"", 2)
    assert "aud.p0_vol: the drive took the new values, but does not hold them" in \
        errors[0]
    assert errors[1].endswith("changed: page 01; "
                              "changed, and not as asked for: page 0e")


def test_answer_that_got_lost(drive):
    drive.sim.on(f"mode-select page={POWER:02x} times=1: host 07")
    status, out, errors = modepages("set", drive.node, "po.idle=0", "rw.rrc=32")
    assert (status, out, len(errors)) == (1, b"", 2)
    assert errors[0].startswith(f"modepages: {drive.sim.address}: page 1a: ")
    assert errors[1].endswith("changed: page 01; "
                              "changed or not, nobody knows: page 1a")


def test_others_are_not_undone(drive):
    """Only the bits of the fields are written."""
    other = with_bits(drive.sim.page(ERRORS), *OTHER)
    drive.sim.set_page(ERRORS, other)
    change(drive, "rw.rrc=32")
    assert drive.sim.page(ERRORS) == with_byte(other, 3, 32)


# Drives of others.

@pytest.mark.parametrize("kind", ["virtio", "usb"])
def test_drive_of_qemu(kind):
    """Its page 01 is fixed, and of page 08 it lets one bit be changed."""
    found = drives.of_kind(kind)
    status, out, errors = modepages("set", found.node, "rw.rrc=77")
    assert (status, out, len(errors)) == (1, b"", 1)
    assert f"{found.address}: rw.rrc: the drive does not let" in errors[0]
    value = drives.raw_page(found, 0, CACHING)[0][2] >> 2 & 1
    for new in (1 - value, value):
        status, out, errors = modepages("set", found.address, f"ca.wce={new}")
        assert (status, out.decode(), errors) == \
            (0, f"ca.wce: {1 - new} -> {new}\n", [])
        assert drives.raw_page(found, 0, CACHING)[0][2] >> 2 & 1 == new


def test_drive_of_qemu_that_can_not():
    """It has no MODE SELECT, and tells the changeable values of nothing."""
    found = drives.of_kind("ata")
    status, out, errors = modepages("set", found.node, "rw.rrc=77")
    assert (status, out, len(errors)) == (1, b"", 1)
    assert found.address in errors[0]


def test_output_that_is_lost(drive):
    """All is changed, and nobody was told what: that is no success."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run(["/usr/bin/modepages", "set", drive.node, "rw.rrc=32"],
                              stdout=full, timeout=120, check=False)
    assert done.returncode == 1
    assert drive.sim.page(ERRORS)[3] == 32
