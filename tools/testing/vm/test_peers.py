# SPDX-License-Identifier: MIT
"""
Side by side with others: sg_modes and sdparm show the same bytes as we do, and
SG_IO gets them, for each drive, page and page control. Where they do not,
known-differences.ini says so, and why.
"""

import configparser
import contextlib
import glob
import itertools
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

import drives
import uapi
from attached import attached
from drives import wait_until, without_udev
from simulated import TEST_UNIT_READY, profile, sgio

CONTROLS = ("current", "changeable", "default", "saved")
DIRECTORIES = ("modepages", "changeable", "default", "saved")
TABLE = os.path.join(os.path.dirname(__file__), "known-differences.ini")

# A drive that must be left alone has no pages.
SIMULATED = [name for name in profile.names() if name != "glucose-meter"]
QEMU = [f"qemu-{kind}" for kind in drives.KINDS.values()]
# These have no page that could be compared.
NOTHING = {"broken-declared-zero", "broken-header-only", "broken-zero"}

SCSI_DEBUG = ["scsi_debug", "ptype=5", "dev_size_mb=8", "max_luns=1"]
SCSI_DEBUG_DEVICE = "/sys/bus/pseudo/drivers/scsi_debug/adapter0" \
    "/host*/target*/*:*/block/*"

# Of sg3_utils and sdparm: wrong usage, not ready, unit attention, aborted, no
# such file; of a shell: no such program. Any other is said of a page.
TROUBLE = {1, 2, 6, 11, 15, 126, 127}


@dataclass(frozen=True)
class Peer:
    """A drive that all look at; a page is (code, subpage)."""
    name: str
    address: str
    block: str
    pages: frozenset
    six: bool = False

    def comparable(self, page, data):
        """See drives.comparable()."""
        if self.name == "qemu-ata" and data and page == (0x0e, 0):
            drive = drives.Drive(self.address, "ata", self.block)
            return drives.comparable(drive, 0x0e, data)
        return data


@pytest.fixture(scope="module", autouse=True)
def quiet():
    """Nobody but us asks a drive, so it says the same to all."""
    with without_udev():
        yield


# How the drives come, each as a Peer.

def make_ready(block):
    """Takes what a drive has to tell before its answers."""
    sgio.stop_polling(block)
    with sgio.Device(block) as device:
        for ask in (lambda: device.execute(TEST_UNIT_READY),
                    lambda: device.mode_sense(0x2a)):
            for _ in range(10):
                codes = ask().codes
                if not codes or codes[0] != 6:
                    break


@contextlib.contextmanager
def simulated_drive(name):
    loaded = profile.load(name)
    pages = frozenset(key for key, page in loaded.pages["current"].items()
                      if isinstance(key, tuple) and page)
    with attached(name, settle=False) as drive:
        # Some have told nothing yet, for all their news.
        with contextlib.suppress(OSError):
            drive.write("refresh", 1)
        yield Peer(name, drive.sim.address, drive.sim.block, pages,
                   "10" not in loaded.sense["forms"])


@contextlib.contextmanager
def qemu_drive(name):
    drive = drives.of_kind(name.removeprefix("qemu-"))
    with sgio.Device(drive.block) as device:
        pages = frozenset((code, 0) for code in range(0x3f)
                          if not device.mode_sense(code).status)
    yield Peer(name, drive.address, drive.block, pages)


@contextlib.contextmanager
def scsi_debug_drive(name):
    """With the pages of the profile that is its double."""
    pages = frozenset(key for key, page in
                      profile.load("scsi-debug").pages["current"].items()
                      if isinstance(key, tuple) and page)
    subprocess.run(["modprobe", *SCSI_DEBUG], check=True)
    try:
        wait_until(lambda: glob.glob(SCSI_DEBUG_DEVICE), "it has a drive")
        path, = glob.glob(SCSI_DEBUG_DEVICE)
        address = path.split("/")[-3]
        for node in (f"/dev/{os.path.basename(path)}",
                     f"/dev/modepages/{address}"):
            wait_until(lambda: os.path.exists(node), f"{node} is there")
        yield Peer(name, address, f"/dev/{os.path.basename(path)}", pages)
    finally:
        wait_until(lambda: subprocess.run(
            ["rmmod", "scsi_debug"], capture_output=True,
            check=False).returncode == 0, "scsi_debug can be removed")


# What we say: {(page, control): bytes}, without those that are refused.

def our_ioctl(peer, pages):
    found = {}
    fd = os.open(f"/dev/modepages/{peer.address}", os.O_RDONLY)
    for page in pages:
        for control in range(4):
            error, result, data = uapi.get(fd, page[0], control,
                                           subpage=page[1])
            if not error:
                found[page, control] = data[:result.length]
    os.close(fd)
    return found


def our_files(peer):
    """There are none of subpages."""
    found = {}
    directory = f"/sys/class/modepages/{peer.address}"
    drives.write(f"{directory}/max_age_ms", 0)
    # The default values of QEMU's page 2Ah tell of the lock, and are kept.
    with contextlib.suppress(OSError):
        drives.write(f"{directory}/refresh", 1)
    for code, subpage in peer.pages:
        for control, name in enumerate(DIRECTORIES):
            path = f"{directory}/{name}/{code:02x}"
            if not subpage:
                with contextlib.suppress(OSError):
                    found[(code, 0), control] = drives.read(path, "rb")
    return found


# What others say.

def run(*arguments):
    done = subprocess.run(arguments, capture_output=True, timeout=120,
                          check=False)
    assert done.returncode >= 0 and done.returncode not in TROUBLE, \
        (arguments, done.returncode, done.stderr)
    return done


def both(page):
    """As sg_modes and sdparm take it."""
    return "0x{:02x},0x{:02x}".format(*page) if page[1] else f"0x{page[0]:02x}"


def rows(text):
    """The bytes of lines with an offset, and up to 16 bytes."""
    return b"".join(bytes.fromhex(line[8:57]) for line in text.splitlines()
                    if re.match(r" [0-9a-f]{2,} {3,}[0-9a-f]{2}\b", line))


def page_of(data):
    return data[0] & 0x3f, data[1] if data[0] & 0x40 and data[1:] else 0


def first_page(pages, page):
    """By the standard; None if it is another one."""
    if not pages or page_of(pages) != page:
        return None
    if pages[0] & 0x40:
        return pages[:4 + int.from_bytes(pages[2:4], "big")]
    return pages[:2 + int.from_bytes(pages[1:2], "big")]


def mode_sense_cdb(peer, page, control):
    """As short an answer as sr wants, or a long one; with descriptors."""
    code = control << 6 | page[0]
    if peer.six:
        return bytes([0x1a, 0, code, page[1], 192, 0])
    return bytes([0x5a, 0, code, page[1], 0, 0, 0, 2, 0, 0])


def sg_io(peer):
    """
    What the drive sends, by the ioctl that sg_raw is made of: that takes no
    process. And what sg_raw has to print, {cdb: bytes}.
    """
    header, room = (4, 192) if peer.six else (8, 512)
    found, sent = {}, {}
    with sgio.Device(peer.block) as device:
        for page, control in itertools.product(sorted(peer.pages), range(4)):
            cdb = mode_sense_cdb(peer, page, control)
            result = device.execute(cdb, room)
            assert not result.codes or result.codes[0] == 5
            if result.status or result.host:
                continue
            # What is left unset in that one is another each time.
            if (peer.name, page) != ("qemu-ata", (0x0e, 0)):
                sent[cdb] = result.data[:room - result.residue]
            data = first_page(drives.cut(result.data, header), page)
            if data:
                found[page, control] = data
    assert sent
    return found, sent


def sg_raw(peer, cdb):
    """What it prints: that is what was sent."""
    room = "192" if peer.six else "512"
    return run("sg_raw", "-R", "-b", "-r", room, peer.block,
               *cdb.hex(" ").split()).stdout


def sg_modes_text(peer, control, *words):
    """The bytes of each page; None when the drive refuses."""
    form = ["-6"] if peer.six else []
    done = run("sg_modes", *form, "-H", "-c", str(control), *words, peer.block)
    blocks = re.split(r"^>> .*\n", done.stdout.decode(), flags=re.MULTILINE)
    return None if done.returncode else [rows(block) for block in blocks[1:]]


def sg_modes_all(peer):
    """What it prints of all pages; of two with the same code the first."""
    found = {}
    for control in range(4):
        pages = sg_modes_text(peer, control, "-a")
        if pages is None and not control:
            return None
        for data in pages or ():
            found.setdefault((page_of(data), control), data)
    return found


def sg_modes(peer):
    """All pages are those without a subpage, if the drive has such a list."""
    found = sg_modes_all(peer)
    left = [page for page in peer.pages if page[1] or found is None]
    found = found or {}
    for page, control in itertools.product(left, range(4)):
        pages = sg_modes_text(peer, control, "-p", both(page))
        if pages:
            found[page, control] = pages[0]
    return found


def sdparm_page(peer, page):
    """All page controls at once, with a heading each."""
    form = ["-6"] if peer.six else []
    text = run("sdparm", *form, "-H", "-p", both(page),
               peer.block).stdout.decode()
    parts = re.split(r"^ +(Current|Changeable|Default|Saved):\n", text,
                     flags=re.MULTILINE)
    return {(page, CONTROLS.index(heading.lower())): rows(part)
            for heading, part in zip(parts[1::2], parts[2::2])}


def sdparm(peer):
    found = {}
    for page in peer.pages:
        found.update(sdparm_page(peer, page))
    return found


# What is known to differ.

@dataclass(frozen=True)
class Known:
    """A line of the table: what it is about, and the reason."""
    text: str
    reason: str

    @staticmethod
    def _list(text, one):
        return None if text == "*" else [one(word) for word in text.split(",")]

    def keys(self, ours):
        """{(program, page, control)}; "*" is each of those that we have."""
        program, *lists = self.text.split()
        pages = self._list(lists[0], profile.page_key)
        controls = self._list(lists[1], CONTROLS.index)
        if pages and controls:
            pairs = itertools.product(pages, controls)
        else:
            pairs = [(page, control) for page, control in ours
                     if (not pages or page in pages) and
                     (not controls or control in controls)]
        return {(program, page, control) for page, control in pairs}


def read_table():
    """{drive: [Known]}"""
    table = configparser.ConfigParser(delimiters=("=",), interpolation=None)
    with open(TABLE, encoding="ascii") as file:
        table.read_file(file)
    return {name: [Known(*line) for line in table[name].items()]
            for name in table.sections()}


def same(peer, page, one, other):
    return peer.comparable(page, one) == peer.comparable(page, other)


def differences(peer, ours, found):
    """{(program, page, control): what the two have}"""
    asked = {(page, control) for page in peer.pages for control in range(4)}
    differs = {}
    for program, theirs in found.items():
        for page, control in asked | set(theirs):
            pair = [data.get((page, control)) for data in (ours, theirs)]
            # Subpages have no files.
            if not same(peer, page, *pair) and not (program == "sysfs" and
                                                    page[1]):
                differs[program, page, control] = pair
    return differs


def show(key, pair=()):
    program, (code, subpage), control = key
    page = f"{code:02x}.{subpage:02x}" if subpage else f"{code:02x}"
    lines = [f"{program} {page} {CONTROLS[control]}"]
    for who, data in zip(("we", program), pair):
        lines.append(f"    {who}: {data.hex(' ') if data else 'no page'}")
    return "\n".join(lines)


PEERS = {**dict.fromkeys(SIMULATED, simulated_drive),
         **dict.fromkeys(QEMU, qemu_drive), "scsi_debug": scsi_debug_drive}


@pytest.mark.parametrize("name", PEERS)
def test_same_bytes(name):
    with PEERS[name](name) as peer:
        make_ready(peer.block)
        # First: a file may show what an ioctl has got.
        found = {"sysfs": our_files(peer)}
        ours = our_ioctl(peer, peer.pages)
        assert bool(ours) == (name not in NOTHING)
        found["sg_io"], sent = sg_io(peer)
        # A process each: two at a time.
        with ThreadPoolExecutor(2) as pool:
            jobs = {job.__name__: pool.submit(job, peer)
                    for job in (sg_modes, sdparm)}
            printed = pool.map(sg_raw, itertools.repeat(peer), sent)
            found.update({name: job.result() for name, job in jobs.items()})
            assert dict(zip(sent, printed)) == sent
        # A program may have come upon what the drive has not.
        more = {page for theirs in found.values() for page, _ in theirs}
        ours.update(our_ioctl(peer, more - peer.pages))

    differs = differences(peer, ours, found)
    known = set()
    for entry in read_table().get(name, ()):
        keys = entry.keys(ours)
        needless = sorted(map(show, keys - set(differs)))
        assert keys and not needless, \
            f"in the table and no difference: {entry.text}: {needless}"
        known |= keys
    news = [show(key, pair) for key, pair in sorted(differs.items())
            if key not in known]
    if news:
        pytest.fail("\n".join(["differ:", *news]), pytrace=False)


def test_table_is_about_these_drives():
    table = read_table()
    assert set(table) <= set(PEERS)
    assert all(entry.reason for entries in table.values()
               for entry in entries)
