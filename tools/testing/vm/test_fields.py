# SPDX-License-Identifier: MIT
"""
Values of fields, by the command: the same that sdparm decodes, and the same
whether asked for alone, shown, or decoded from a file.
"""

import json
import re
import subprocess

import pytest

from attached import attached
from drives import modepages

# In the others, sdparm has no field of ours.
PAGES = [0x01, 0x03, 0x05, 0x07, 0x08, 0x1a, 0x1c, 0x1d, 0x2a]
DRIVES = ["bd-writer", "dvd-writer", "cd-writer", "dvd-reader", "mmc1-reader",
          "qemu-scsi-cd"]


def run(*arguments, data=None):
    """stdout of modepages, which has to succeed."""
    done = subprocess.run(["/usr/bin/modepages", *arguments], input=data,
                          capture_output=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, b""), (arguments, done.stderr)
    return done.stdout


def sdparm_values(block, page):
    """
    {acronym: value} of a page, as sdparm decodes it; with -f also of pages that it
    has for disks only.
    """
    done = subprocess.run(["sdparm", "-f", "-l", "-p", f"0x{page:02x}", block],
                          capture_output=True, timeout=120, check=False)
    lines = re.findall(r"^  ([A-Z0-9_]+) +(\d+)\b", done.stdout.decode(),
                       re.MULTILINE)
    return {acronym.lower(): int(value) for acronym, value in lines}


def our_values(data):
    """The same from the JSON of a page: {acronym: value}"""
    return {field["acronym"].lower(): field["value"] for field in data["fields"]}


@pytest.mark.parametrize("name", DRIVES)
def test_same_as_sdparm(name):
    compared = 0
    with attached(name) as drive:
        for page in json.loads(run("show", drive.node, "--json"))["pages"]:
            code = int(page["page"], 16)
            if code not in PAGES:
                continue
            theirs = sdparm_values(drive.sim.block, code)
            ours = our_values(page)
            # As sdparm calls it.
            ours["rwili"] = ours.get("pwili")
            for acronym in theirs.keys() & ours.keys():
                assert ours[acronym] == theirs[acronym], (code, acronym)
                compared += 1
    assert compared >= 20


def test_get_is_what_show_says():
    """Of each field of each page: all at once, alone, and by its place."""
    with attached("bd-writer") as drive:
        pages = json.loads(run("show", drive.node, "--json"))["pages"]
        words, values = [], []
        for page in pages:
            for field in page["fields"]:
                words.append(f"{page['page']}.{field['acronym'].lower()}")
                values.append(str(field["value"]))
        assert len(words) > 100
        lines = run("get", drive.node, *words).decode().splitlines()
        for line, word, value in zip(lines, words, values, strict=True):
            number = int(value) if value.isdigit() else value
            assert line.startswith(f"{word}=")
            shown = line.removeprefix(f"{word}=")
            assert (int(shown, 0) if shown else shown) == number
        for word, value in list(zip(words, values))[::10]:
            assert run("get", drive.node, word).decode() == f"{value}\n"
        assert run("get", drive.node, "01.3:7:8") == \
            run("get", drive.node, "rw.RRC") == b"32\n"
        answer = json.loads(run("get", drive.node, "wp.wr_t", "01.3:7:8", "--json"))
        assert (answer["device"], answer["control"]) == \
            (drive.sim.address, "current")
        named, placed = answer["fields"]
        assert (named["field"], named["page"], named["acronym"],
                named["value"], named["meaning"]) == \
            ("wp.wr_t", "05", "WR_T", 1, "tao")
        assert (placed["acronym"], placed["value"]) == (None, 32)


def test_page_controls():
    with attached("bd-writer") as drive:
        for control, value in (("changeable", "255"), ("default", "32")):
            assert run("get", drive.node, "rw.rrc", "--control",
                       control).decode() == f"{value}\n"
        shown = run("show", drive.node, "01", "--control", "changeable").decode()
        assert re.search(r"^ +AWRE +yes +", shown, re.MULTILINE)
        assert re.search(r"^ +TB +no +", shown, re.MULTILINE)


def test_picture_marks_what_can_be_changed():
    with attached("bd-writer") as drive:
        lines = run("show", drive.node, "01", "--bits").decode().splitlines()
        row = next(i for i, line in enumerate(lines) if " AWRE " in line)
        changeable = drive.read(0x01, "changeable")
        current = drive.read(0x01)
        cells = lines[row + 1].split("|")[1:-1]
        for bit, cell in zip(range(7, -1, -1), cells, strict=True):
            star = "*" if changeable[2] >> bit & 1 else ""
            assert cell.strip() == f"{current[2] >> bit & 1}{star}"
        assert lines[-1].strip() == "* can be changed"


def test_absent_is_not_zero():
    """An old drive has a short page; nothing is printed of the others either."""
    with attached("mmc1-reader") as drive:
        for words in (["cms.cwss"], ["cms.cd_r_r", "cms.cwss"], ["wp.wr_t"],
                      ["2a.250:7:8"], ["20.tosh_speed"]):
            status, out, errors = modepages("get", drive.node, *words)
            assert (status, out, len(errors)) == (1, b"", 1), words


def test_decode_needs_no_drive(tmp_path):
    """The same text, but for what only the drive knows."""
    with attached("dvd-writer") as drive:
        raw = run("show", drive.node, "--raw")
        shown = run("show", drive.node).decode()
        pages = json.loads(run("show", drive.node, "--json"))["pages"]
        (tmp_path / "2a").write_bytes(drive.read(0x2a))
        one = run("show", drive.node, "2a", "--hex")
    assert run("decode", "-", data=raw).decode() == \
        shown.replace(", current values", "")
    assert json.loads(run("decode", "-", "--json", data=raw)) == {"pages": pages}
    assert run("decode", str(tmp_path / "2a"), "--hex") == one
    for data in (b"", b"\x01", bytes(12), raw + b"\x00", b"\xff" * 20, raw * 2000,
                 b"a text\n"):
        done = subprocess.run(["/usr/bin/modepages", "decode", "-"], input=data,
                              capture_output=True, timeout=120, check=False)
        assert (done.returncode, done.stdout) == (1, b"")
        assert len(done.stderr.splitlines()) == 1
    status, out, errors = modepages("decode", str(tmp_path / "none"))
    assert (status, out, len(errors)) == (1, b"", 1)
