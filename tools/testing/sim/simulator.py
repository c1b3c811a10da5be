# SPDX-License-Identifier: MIT
"""
Simulated drives for tests: starts modepages-sim and talks to it.

    with simulator.Simulator("bd-writer", "scsi2-reader") as sim:
        drive = sim.drives[0]
        drive.on("mode-sense page=2a: sense 5/24/00 cdb=2.5")
        ...
        assert len(drive.commands("mode-sense")) == 2
"""

import glob
import json
import os
import subprocess
import threading
import time
from dataclasses import dataclass

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                       "modepages-sim")
OPCODES = {"mode-sense": (0x1a, 0x5a), "mode-select": (0x15, 0x55)}
NORMAL, LONG = 30, 120


class SimulatorError(Exception):
    """What the program said, or that it said nothing."""


@dataclass(frozen=True)
class Command:
    """One command that a drive got, and what became of it."""
    sequence: int
    time: float
    cdb: bytes
    room: int
    received: bytes
    size: int
    sent: bytes
    outcome: str
    rules: tuple

    @property
    def opcode(self):
        return self.cdb[0]


def _command(entry):
    data = {name: bytes.fromhex(entry[name])
            for name in ("cdb", "received", "sent")}
    return Command(**{**entry, **data, "rules": tuple(entry["rules"])})


def wait_until(condition, what, seconds):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SimulatorError(f"not within {seconds} s: {what}")
        time.sleep(0.02)


class Drive:
    """One drive of a running simulator."""

    def __init__(self, simulator, number):
        self.simulator = simulator
        self.number = number
        self.address = ""
        self.plugged = False

    def tell(self, line):
        """Sends a line of the program's language; returns the answer."""
        return self.simulator.tell(f"@{self.number} {line}")

    # Where the kernel shows it.

    @property
    def sysfs(self):
        return f"/sys/class/scsi_device/{self.address}/device"

    def _node(self, pattern):
        found = glob.glob(f"{self.sysfs}/{pattern}")
        return "/dev/" + os.path.basename(found[0]) if found else None

    @property
    def block(self):
        """/dev/srN; None when sr is not, or not yet, bound to it."""
        return self._node("block/*")

    @property
    def generic(self):
        """/dev/sgN; None without sg."""
        return self._node("scsi_generic/*")

    def wait_attached(self, seconds=LONG):
        """Until sr has it."""
        wait_until(lambda: self.block and os.path.exists(self.block),
                   f"{self.address} is attached", seconds)
        return self

    def wait_gone(self, seconds=LONG):
        """Until all drivers have let it go: its device is the last that goes."""
        path = f"/sys/bus/scsi/devices/{self.address}"
        wait_until(lambda: not os.path.exists(path),
                   f"{self.address} is gone", seconds)

    # What it is told.

    def on(self, rule):
        """Adds a rule, without its "on"; returns its number."""
        return int(self.tell("on " + rule.removeprefix("on ")))

    def off(self, number=""):
        """Removes one rule, or all."""
        self.tell(f"off {number}")

    def page(self, page, control="current"):
        """The bytes the drive has; None when it has no such page."""
        answer = self.tell(f"page {_key(page)} {control}")
        return None if answer == "none" else bytes.fromhex(answer)

    def set_page(self, page, data, control="current"):
        """As if by another host, and without a unit attention."""
        self.tell(f"page {_key(page)} {control} {bytes(data).hex()}")

    def remove_page(self, page, control="current"):
        """As set_page()."""
        self.tell(f"page {_key(page)} {control} absent")

    def set_medium(self, kind):
        """none, cd, audio, dvd or bd."""
        self.tell(f"medium {kind}")

    def attention(self, asc, ascq):
        """A unit attention for the next command."""
        self.tell(f"attention {asc:02x}/{ascq:02x}")

    def reset(self):
        """Pages, medium, rules and log as at the beginning; stays plugged."""
        self.tell("reset")

    def unplug(self):
        self.tell("unplug")

    def replug(self):
        """Power on; it may come back at another address."""
        self.tell("replug")

    # What it has seen.

    def commands(self, what=None, **conditions):
        """
        The log since clear(): all of it, or those with an opcode or one of the
        names in OPCODES, and of those the ones for which page=, control= hold.
        """
        found = map(_command, json.loads(self.tell("log")))
        if what is not None:
            opcodes = OPCODES.get(what, (what,))
            found = (entry for entry in found if entry.opcode in opcodes)
        if "page" in conditions:
            found = (entry for entry in found
                     if entry.cdb[2] & 0x3f == conditions["page"])
        if "control" in conditions:
            found = (entry for entry in found
                     if entry.cdb[2] >> 6 == conditions["control"])
        return list(found)

    def clear(self):
        self.tell("clear")


def _key(page):
    """A code, or (page, subpage)."""
    code, subpage = page if isinstance(page, tuple) else (page, 0)
    return f"{code:02x}.{subpage:02x}"


class Simulator:
    """A process with one drive for each profile; a context manager."""

    def __init__(self, *profiles, log=None, attach=True):
        """attach: wait until the kernel has found all drives."""
        self.profiles = profiles
        self.options = ["--log", log] if log else []
        self.attach = attach
        self.drives = []
        self.process = None
        self._answers = []
        self._news = threading.Condition()
        self._lock = threading.Lock()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        if not os.path.exists("/dev/vhba_ctl"):
            subprocess.run(["modprobe", "vhba"], check=True)
            wait_until(lambda: os.path.exists("/dev/vhba_ctl"),
                       "vhba is loaded", NORMAL)
        self.process = subprocess.Popen(
            [PROGRAM, *self.options, *self.profiles],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.drives = [Drive(self, n) for n in range(len(self.profiles))]
        threading.Thread(target=self._listen, daemon=True).start()
        try:
            self._wait(lambda: all(drive.plugged for drive in self.drives))
            if self._answers:
                raise SimulatorError(self._answers[0])
            for drive in self.drives if self.attach else ():
                drive.wait_attached()
        except SimulatorError:
            self.stop()
            raise

    def add(self, profile):
        """One more drive; like start(), this waits until it is attached."""
        return self.add_all(profile)[0]

    def add_all(self, *profiles):
        """The same for several, which attach at the same time."""
        added = []
        for profile in profiles:
            with self._lock:
                drive = Drive(self, len(self.drives))
                self.drives.append(drive)
            try:
                self.tell(f"add {profile}")
            except SimulatorError:
                self.drives.remove(drive)
                raise
            added.append(drive)
        for drive in added if self.attach else ():
            drive.wait_attached()
        return added

    def stop(self):
        """All drives vanish; waits until the kernel is through with that."""
        if self.process is None:
            return
        self.process.stdin.close()
        self.process.wait(LONG)
        self.process = None
        for drive in self.drives:
            if drive.address:
                drive.wait_gone()

    def tell(self, line):
        """
        Sends a line of the program's language, for all drives unless it begins
        with @N; returns what follows "ok" in the answer.
        """
        with self._lock:
            self._answers.clear()
            try:
                self.process.stdin.write(line + "\n")
                self.process.stdin.flush()
            except BrokenPipeError:
                raise SimulatorError("the simulator has ended") from None
            self._wait(lambda: self._answers)
            word, _, rest = self._answers[0].partition(" ")
        if word != "ok":
            raise SimulatorError(f"{line}: {rest}")
        return rest

    def _wait(self, condition):
        """Until the program has said what makes the condition true."""
        def ended():
            return self.process.poll() is not None
        with self._news:
            good = self._news.wait_for(
                lambda: condition() or self._answers or ended(), NORMAL)
        if not good or not (condition() or self._answers):
            raise SimulatorError("the simulator ended, or does not answer")

    def _listen(self):
        for line in self.process.stdout:
            with self._news:
                self._hear(line.strip())
                self._news.notify_all()
        with self._news:
            self._news.notify_all()

    def _hear(self, line):
        word, *rest = line.split()
        if word in ("ready", "gone"):
            drive = self.drives[int(rest[1])]
            drive.address = rest[0]
            drive.plugged = word == "ready"
        else:
            self._answers.append(line)
