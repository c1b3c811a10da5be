# SPDX-License-Identifier: MIT
"""A simulated drive: a CDB in, an outcome out. Knows nothing of the kernel."""

import time
from dataclasses import dataclass, replace

from . import commands
from .faults import CHANGES, ENDS, Answer
from .medium import Medium
from .pages import ModePages, Request
from .select import ModeSelect
from .sense import CheckCondition, Sense

CHECK_CONDITION = 0x02
POWER_ON = Sense(6, 0x29, 0x00)
MEDIUM_CHANGED = Sense(6, 0x28, 0x00)
CAPABILITIES = (0x2a, 0)
# More than any mode data; what is read from a disc would fill the log.
LOGGED = 1024


@dataclass
class Outcome:
    """
    What the host gets. The status is SCSI status and host byte as Linux has
    them in one word; data and sense never come together.
    """
    status: int = 0
    data: bytes = b""
    sense: Sense | None = None
    delay: float = 0.0
    lost: bool = False
    unplug: bool = False

    @property
    def text(self):
        if self.unplug or self.lost:
            return "unplug" if self.unplug else "never"
        late = f", {self.delay:g} s late" if self.delay else ""
        if self.sense:
            return f"sense {self.sense}{late}"
        if self.status:
            return f"status {self.status:08x}{late}"
        return f"good{late}"


class Drive:
    """One drive of a profile; it stays the same one when it is replugged."""

    def __init__(self, profile, clock=time.monotonic):
        self.profile = profile
        self.clock = clock
        self.on_log = lambda entry: None
        self.reset()
        self.power_on()

    def reset(self):
        """As the profile has it, with an empty log; no power on."""
        self.pages = ModePages(self.profile)
        self.medium = Medium(self.profile.drive["medium"])
        self.rules = []
        for rule in self.profile.rules:
            self.add_rule(replace(rule))
        self.attentions = []
        self.log = []
        self.sequence = 0

    def power_on(self):
        self.pages.power_on()
        self.medium.locked = False
        self.attentions = [POWER_ON] if self.profile.drive["attention"] else []

    def add_rule(self, rule):
        rule.number = 1 + max((r.number for r in self.rules), default=0)
        self.rules.append(rule)
        return rule.number

    def change_medium(self, name):
        self.medium.change(name)
        if self.medium.blocks:
            self.attentions.append(MEDIUM_CHANGED)

    def set_lock_bit(self, locked):
        """Page 2Ah says whether the tray is locked."""
        page = bytearray(self.pages.get("current", CAPABILITIES) or b"")
        if len(page) > 6:
            page[6] = page[6] & ~0x02 | locked << 1
            self.pages.set("current", CAPABILITIES, page)

    def mode_select(self, request, data):
        attention = self.profile.select["attention"]
        select = ModeSelect(self.profile, self.pages, request, data)
        if select.run() and attention:
            self.attentions.append(attention)

    def execute(self, cdb, data=b"", room=None):
        """
        One command. The CDB has 16 bytes; data is what the host sends, room
        is the size of its buffer.
        """
        cdb = bytes(cdb).ljust(16, b"\0")
        rules = [rule for rule in self.rules if rule.matches(cdb, data)]
        actions = [action for rule in rules
                   for action in rule.actions_now(cdb)]
        try:
            outcome = self._end(actions) or \
                Outcome(data=self._run(cdb, data, room, actions))
        except CheckCondition as refusal:
            outcome = Outcome(CHECK_CONDITION, sense=self._format(refusal))
        for action in actions:
            if action.name == "late":
                outcome.delay += action.argument
        self._write_log(cdb, data, room, outcome, rules)
        return outcome

    def _end(self, actions):
        """The outcome, when a rule has put an end to the command."""
        for action in actions:
            if action.name in ENDS:
                return {
                    "sense": lambda a: Outcome(CHECK_CONDITION, sense=a),
                    "status": Outcome,
                    "host": lambda a: Outcome(a << 16),
                    "never": lambda _: Outcome(lost=True),
                    "unplug": lambda _: Outcome(unplug=True),
                }[action.name](action.argument)
        return None

    def _event(self, action):
        if action.name == "page":
            key, control, data = action.argument
            self.pages.set(control, key, data)
        elif action.name == "medium":
            self.change_medium(action.argument)
        elif action.name == "attention":
            self.attentions.append(action.argument)

    def _run(self, cdb, data, room, actions):
        for action in actions:
            self._event(action)
        if self.attentions and cdb[0] not in commands.NO_ATTENTION:
            raise CheckCondition(self.attentions.pop(0))
        answer = commands.run(self, cdb, data)
        form = Request(cdb).form
        for action in actions:
            if action.name in CHANGES:
                answer = action.change(Answer(answer, form))
        limits = [action.argument for action in actions
                  if action.name == "short"]
        limits += [room, commands.allocation_length(cdb)]
        size = min((n for n in limits if n is not None), default=len(answer))
        return answer[:size]

    def _format(self, refusal):
        return replace(refusal.sense, descriptor=refusal.sense.descriptor or
                       self.pages.descriptor_sense)

    def _write_log(self, cdb, data, room, outcome, rules):
        self.sequence += 1
        entry = {
            "sequence": self.sequence, "time": round(self.clock(), 6),
            "cdb": cdb.hex(), "room": room, "received": data.hex(),
            "size": len(outcome.data), "sent": outcome.data[:LOGGED].hex(),
            "outcome": outcome.text, "rules": [rule.text for rule in rules],
        }
        self.log.append(entry)
        self.on_log(entry)
