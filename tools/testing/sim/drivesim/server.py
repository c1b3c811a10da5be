# SPDX-License-Identifier: MIT
"""
The process that serves drives. It is told what to do by lines on stdin, and
answers each with a line that begins with "ok" or "error". Lines that begin
with "ready" and "gone" come when a drive is plugged in and out.

Everything happens in one thread: it waits for commands of the kernel, for lines
on stdin and for the moment when a late answer is due.
"""

import heapq
import itertools
import json
import os
import selectors
import time

from . import profile
from .drive import Drive
from .faults import EVENTS, Rule, page_change, page_control
from .pages import page_key
from .vhba import Port

HELP = """\
[@N] VERB [ARGUMENT...], for drive N (from 0), or all drives:
on RULE | off [NUMBER] | rules | log | clear | page PP CONTROL [BYTES] | \
medium KIND | attention ASC/ASCQ | reset | unplug | replug | drives | \
add PROFILE | help | quit"""


class Slot:
    """A drive, and the port it is plugged into, if any."""

    def __init__(self, number, drive):
        self.number = number
        self.drive = drive
        self.port = None
        self.address = ""

    def __str__(self):
        return f"{self.address} {self.number} {self.drive.profile.name}"


class Server:
    def __init__(self, say, log=None):
        self.say = say
        self.log = log
        self.slots = []
        self.selector = selectors.DefaultSelector()
        self.due = []
        self.order = itertools.count()
        self.running = True

    # Drives come and go.

    def add(self, name):
        slot = Slot(len(self.slots), Drive(profile.load(name)))
        slot.drive.on_log = lambda entry: self._write_log(slot, entry)
        self.slots.append(slot)
        return slot

    def plug(self, slot):
        slot.port = Port()
        slot.address = slot.port.address
        self.selector.register(slot.port.fd, selectors.EVENT_READ, slot)
        self.say(f"ready {slot}")

    def unplug(self, slot):
        self.selector.unregister(slot.port.fd)
        slot.port.close()
        slot.port = None
        self.say(f"gone {slot}")

    def _write_log(self, slot, entry):
        if self.log:
            self.log.write(json.dumps({"drive": slot.number, **entry}) + "\n")

    # What the kernel sends.

    def serve(self, slot):
        command = slot.port.read()
        if command is None:
            return
        outcome = slot.drive.execute(command.cdb, command.data, command.room)
        if outcome.unplug:
            self.unplug(slot)
        elif outcome.delay:
            due = time.monotonic() + outcome.delay
            heapq.heappush(self.due, (due, next(self.order), slot, slot.port,
                                      command, outcome))
        elif not outcome.lost:
            slot.port.reply(command, outcome)

    def _reply_late(self):
        """Returns the seconds until the next late answer, or None."""
        while self.due and self.due[0][0] <= time.monotonic():
            _, _, slot, port, command, outcome = heapq.heappop(self.due)
            if slot.port is port:
                port.reply(command, outcome)
        return max(0, self.due[0][0] - time.monotonic()) if self.due else None

    # What the user says.

    def obey(self, line):
        """One line from stdin."""
        try:
            self.say(" ".join(["ok", *self._obey(line)]))
        except (ValueError, KeyError, IndexError, OSError,
                profile.ProfileError) as error:
            self.say(f"error {error!s}".replace("\n", " "))

    def _obey(self, line):
        slots = self.slots
        if line.startswith("@"):
            number, _, line = line[1:].partition(" ")
            slots = [self.slots[int(number)]]
        verb, _, rest = line.strip().partition(" ")
        if verb == "quit":
            self.running = False
            return []
        if verb == "help":
            return [HELP.replace("\n", " ")]
        if verb == "add":
            slot = self.add(rest)
            try:
                self.plug(slot)
            except OSError:
                self.slots.remove(slot)
                raise
            return [str(slot.number)]
        method = getattr(self, "do_" + verb, None)
        if not method:
            raise ValueError(f"no such command: {verb!r} (try: help)")
        results = [method(slot, rest) for slot in slots]
        return [str(result) for result in results if result is not None]

    def do_on(self, slot, rest):
        return slot.drive.add_rule(Rule.parse("on " + rest))

    def do_off(self, slot, rest):
        if rest and all(rule.number != int(rest) for rule in slot.drive.rules):
            raise ValueError(f"no rule {rest}")
        slot.drive.rules = [rule for rule in slot.drive.rules
                            if rest and rule.number != int(rest)]

    def do_rules(self, slot, _rest):
        return json.dumps([[rule.number, rule.text, rule.used]
                           for rule in slot.drive.rules])

    def do_log(self, slot, _rest):
        return json.dumps(slot.drive.log)

    def do_clear(self, slot, _rest):
        slot.drive.log.clear()

    def do_page(self, slot, rest):
        words = rest.split(maxsplit=2)
        if len(words) < 3:
            control = page_control(words[1] if words[1:] else "0")
            page = slot.drive.pages.get(control, page_key(words[0]))
            return "none" if page is None else page.hex(" ")
        key, control, data = page_change(rest)
        slot.drive.pages.set(control, key, data)
        return None

    def do_medium(self, slot, rest):
        slot.drive.change_medium(EVENTS["medium"](rest))

    def do_attention(self, slot, rest):
        slot.drive.attentions.append(EVENTS["attention"](rest))

    def do_reset(self, slot, _rest):
        slot.drive.reset()

    def do_unplug(self, slot, _rest):
        if not slot.port:
            raise ValueError(f"drive {slot.number} is not plugged in")
        self.unplug(slot)

    def do_replug(self, slot, _rest):
        if slot.port:
            self.unplug(slot)
        slot.drive.power_on()
        self.plug(slot)

    def do_drives(self, slot, _rest):
        return f"[{slot}{'' if slot.port else ' unplugged'}]"

    # The loop.

    def run(self, stdin, stay):
        """Until "quit", or until stdin ends (unless told to stay)."""
        pending = b""
        try:
            self.selector.register(stdin, selectors.EVENT_READ, None)
        except PermissionError:
            # A plain file, or /dev/null: there is no waiting for more.
            pending = self._obey_all(pending + os.read(stdin, 65536))
            self.running = stay
        while self.running:
            for key, _ in self.selector.select(self._reply_late()):
                slot = key.data
                if slot is not None:
                    # An earlier one of these may have unplugged it.
                    if slot.port and slot.port.fd == key.fd:
                        self.serve(slot)
                    continue
                chunk = os.read(stdin, 65536)
                if not chunk:
                    self.selector.unregister(stdin)
                    self.running = stay
                pending = self._obey_all(pending + chunk)

    def _obey_all(self, text):
        """Returns the beginning of a line that has not ended."""
        *lines, rest = text.split(b"\n")
        for line in filter(None, map(bytes.strip, lines)):
            self.obey(line.decode())
        return rest

    def close(self):
        for slot in self.slots:
            if slot.port:
                self.unplug(slot)
