# SPDX-License-Identifier: MIT
"""
A program that has changed pages with RESTORE is killed at any moment: whoever has
waited for it finds the old values. And the module goes at such moments.

The moments follow from a seed. It is in the output, and MODEPAGES_SEED in the
environment sets it.
"""

import contextlib
import mmap
import os
import random
import signal
import socket
import time
from collections import Counter

import pytest

import drives
import uapi
from attached import simulator
from drives import read, wait_until
from restoring import (AUDIO, ERRORS, OFFLINE, PER, RETRIES, VOLUME, Child,
                       Messages, change, close_left_open, load, unload)

KILLS = 200
# How long the drive takes for a command, and the victim to hold what it has.
LATE, HOLD = 0.006, 0.02
PHASES = ["opens", "changes one page", "changes another", "holds", "closes",
          "is done"]


class Plain:
    """A simulated drive of which nobody has the node open."""

    def __init__(self, sim):
        self.sim = sim
        self.sysfs = f"/sys/class/modepages/{sim.address}"
        self.node = f"/dev/modepages/{sim.address}"
        wait_until(lambda: os.path.exists(self.node), "it is attached to")

    def opened(self):
        return os.open(self.node, os.O_RDWR | os.O_CLOEXEC)

    def pages(self):
        return {page: self.sim.page(page) for page in (ERRORS, AUDIO)}


@pytest.fixture
def drive():
    sim = simulator().add("bd-writer")
    with Messages() as messages:
        yield Plain(sim)
        assert messages.of(sim.address) == []
    sim.off()
    close_left_open(f"/dev/modepages/{sim.address}")
    sim.unplug()
    sim.wait_gone()


class Victim:
    """Says by shared memory how far it has come."""

    def __init__(self, drive):
        self.drive = drive
        self.phase = mmap.mmap(-1, 1)
        self.child = Child(self._run)

    def _run(self):
        steps = iter(range(1, len(PHASES)))
        fd = self.drive.opened()
        self.phase[0] = next(steps)
        change(fd, ERRORS, {PER: 0x04, RETRIES: 0x55})
        self.phase[0] = next(steps)
        change(fd, AUDIO, {VOLUME: 0x11})
        self.phase[0] = next(steps)
        time.sleep(HOLD)
        self.phase[0] = next(steps)
        os.close(fd)
        self.phase[0] = next(steps)
        signal.pause()

    def kill_after(self, phase, seconds):
        """So long after the phase began. Returns in which one it was hit."""
        wait_until(lambda: self.phase[0] >= phase, f"it {PHASES[phase]}",
                   every=0.0005)
        time.sleep(seconds)
        self.child.kill()
        phase = PHASES[self.phase[0]]
        assert self.child.wait() == -signal.SIGKILL
        return phase


def test_killed_at_any_moment(drive, say, seed):
    """Of each phase: how long they take differs with what else the host does."""
    chosen = random.Random(seed)
    before = drive.pages()
    drive.sim.on(f"mode-sense form=10: late {LATE}")
    drive.sim.on(f"mode-select: late {LATE}")
    hit = Counter()
    for _ in range(KILLS):
        moment = chosen.randrange(len(PHASES) - 1), chosen.uniform(0, HOLD)
        phase = Victim(drive).kill_after(*moment)
        assert drive.pages() == before, f"{moment}: {phase}"
        assert read(f"{drive.sysfs}/holder") == ""
        hit[phase] += 1
    say(f"{KILLS} kills: " + ", ".join(f"{phase} {hit[phase]}"
                                       for phase in PHASES))
    # Each of the phases that matter.
    assert all(hit[phase] > KILLS // 50 for phase in PHASES[1:-1])


COMMANDS = [
    # the command at which it hits, by what the drive is asked
    ("mode-sense page=01 control=0 times=1", "the look before"),
    ("mode-select times=1", "the writing"),
    ("mode-sense page=01 control=0 after=1 times=1", "the look after"),
    ("mode-sense page=01 control=0 after=2 times=1", "the look at close"),
    ("mode-select after=1 times=1", "the writing at close"),
    ("mode-sense page=01 control=0 after=3 times=1", "the last look"),
]


@pytest.mark.parametrize("rule, _", COMMANDS, ids=[row[1] for row in COMMANDS])
def test_killed_during(drive, rule, _):
    """It is in the middle of a certain command, for sure."""
    before = drive.pages()
    drive.sim.on(f"{rule}: late 1")

    def victim():
        fd = drive.opened()
        change(fd, ERRORS, {PER: 0x04})
        os.close(fd)
        signal.pause()

    def under_way():
        log = drive.sim.commands()
        return any(entry.rules for entry in log)

    drive.sim.clear()
    child = Child(victim)
    wait_until(under_way, "it is in the middle of it")
    began = time.monotonic()
    child.kill()
    assert child.wait() == -signal.SIGKILL
    assert time.monotonic() - began > 0.3
    assert drive.pages() == before
    assert read(f"{drive.sysfs}/holder") == ""


def test_killed_while_others_have_their_turn(drive):
    """What is to be put back waits for them, whatever signal has come."""
    before = drive.pages()
    reading, writing = os.pipe()

    def victim():
        change(drive.opened(), ERRORS, {PER: 0x04})
        os.write(writing, b"x")
        signal.pause()

    child = Child(victim)
    os.read(reading, 1)
    drive.sim.on(f"mode-sense page={OFFLINE:02x} times=1: late 1")
    drive.sim.clear()
    other = Child(lambda: uapi.get(drive.opened(), OFFLINE))
    wait_until(lambda: drive.sim.commands("mode-sense", page=OFFLINE),
               "it is asked")
    for _ in range(3):
        child.kill()
    assert child.wait() == -signal.SIGKILL
    assert drive.pages() == before
    assert other.wait() == 0
    os.close(reading)
    os.close(writing)


def test_killed_with_copies(drive):
    """All that have the file are killed; the last one to end puts back."""
    before = drive.pages()
    reading, writing = os.pipe()

    def victim():
        fd = drive.opened()
        change(fd, ERRORS, {PER: 0x04})
        for _ in range(3):
            if not os.fork():
                break
        os.write(writing, f"{os.getpid()} ".encode())
        signal.pause()

    child = Child(victim)
    pids = set()
    while len(pids) < 4:
        pids |= set(map(int, os.read(reading, 100).split()))
    assert drive.pages() != before
    for pid in pids - {child.pid}:
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda pid=pid: read(f"/proc/{pid}/stat").split()[2] == "Z",
                   "it has ended")
        assert drive.pages() != before
    child.kill()
    child.wait()
    assert drive.pages() == before
    os.close(reading)
    os.close(writing)


# The module.

def lose_in_a_socket(fd):
    """A file that only itself leads to: the kernel finds and closes it."""
    left, right = socket.socketpair()
    with left, right:
        socket.send_fds(left, [b"x"], [right.fileno(), fd])
        socket.send_fds(right, [b"x"], [left.fileno(), fd])
    os.close(fd)
    # Each socket that is closed has it look.
    for end in socket.socketpair():
        end.close()


def test_lost_in_a_cycle_of_sockets(drive):
    before = drive.pages()
    fd = drive.opened()
    change(fd, ERRORS, {PER: 0x04})
    drive.sim.on("mode-sense form=10: late 0.3")
    lose_in_a_socket(fd)
    wait_until(lambda: drive.pages() == before, "it is put back")
    wait_until(lambda: read(f"{drive.sysfs}/holder") == "", "it is over")
    assert unload()[0]
    load()


def test_unload_when_lost_in_a_cycle(drive):
    """The module goes when all is put back, not before."""
    before = drive.pages()
    for _ in range(3):
        fd = drive.opened()
        change(fd, ERRORS, {PER: 0x04})
        change(fd, AUDIO, {VOLUME: 0x10})
        drive.sim.on("mode-sense form=10: late 0.3")
        drive.sim.clear()
        lose_in_a_socket(fd)
        wait_until(lambda: unload()[0], "the module is gone")
        # Nothing else would have asked with this form.
        assert drive.pages() == before
        count = len(drive.sim.commands())
        drive.sim.off()
        load()
        wait_until(lambda: os.path.exists(drive.node), "it is attached to")
        assert count


def test_unload_while_something_is_to_be_put_back(drive):
    before = drive.pages()
    fd = drive.opened()
    change(fd, ERRORS, {PER: 0x04})
    done, said = unload()
    assert not done and "in use" in said
    assert drive.pages() != before
    os.close(fd)
    assert drive.pages() == before
    assert unload()[0]
    load()


def test_unload_of_the_host_driver():
    with drives.scsi_debug() as address:
        page_file = f"/sys/class/modepages/{address}/modepages/0a"
        drives.write(f"/sys/class/modepages/{address}/max_age_ms", 0)
        before = read(page_file, "rb")
        fd = os.open(f"/dev/modepages/{address}", os.O_RDWR)
        change(fd, 0x0a, {(2, 0x04): ~before[2] & 0x04})
        done, said = unload("scsi_debug")
        assert not done and "in use" in said
        os.close(fd)
        assert read(page_file, "rb") == before
    with contextlib.suppress(FileNotFoundError):
        read(page_file)
        assert False, "it is still there"


def test_restore_is_seen_by_who_waits(drive):
    """Not a moment earlier: the process is there as long as it takes."""
    before = drive.pages()

    def victim():
        change(drive.opened(), ERRORS, {PER: 0x04})

    drive.sim.on("mode-select after=1: late 1")
    child = Child(victim)
    assert child.wait() == 0
    assert drive.pages() == before
