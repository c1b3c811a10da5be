# SPDX-License-Identifier: MIT
"""
What a simulated drive answers, without a kernel:
python3 -m unittest discover -s tools/testing/sim
"""

import os
import tempfile
import unittest

from drivesim import profile
from drivesim.drive import Drive
from drivesim.faults import Rule
from drivesim.pages import CONTROLS, header_size
from drivesim.sense import Sense, parse_any

HEADER = bytes(8)


def new_drive(name, *rules):
    drive = Drive(profile.load(name))
    drive.attentions.clear()
    for rule in rules:
        drive.add_rule(Rule.parse(rule))
    return drive


def sense_cdb(page, control=0, length=512, dbd=1, subpage=0):
    return bytes([0x5a, dbd << 3, control << 6 | page, subpage, 0, 0, 0,
                  *divmod(length, 256), 0])


def sense6_cdb(page, control=0, length=255, dbd=1):
    return bytes([0x1a, dbd << 3, control << 6 | page, 0, length, 0])


def select(drive, pages, header=HEADER, flags=0x10):
    """The outcome of MODE SELECT(10) as text."""
    data = header + bytes(pages)
    cdb = bytes([0x55, flags, 0, 0, 0, 0, 0, *divmod(len(data), 256), 0])
    return drive.execute(cdb, data).text


def changed(drive, code, *changes):
    """The current page without its PS bit, and with (byte, value) changed."""
    page = bytearray(drive.pages.get("current", (code, 0)))
    page[0] &= 0x3f
    for place, value in changes:
        page[place] = value
    return bytes(page)


class Profiles(unittest.TestCase):

    def test_all_load(self):
        self.assertGreater(len(profile.names()), 40)
        for name in profile.names():
            with self.subTest(name):
                new_drive(name)

    def test_sane_profiles_are_consistent(self):
        for name in profile.names():
            if name.startswith("broken-"):
                continue
            pages = new_drive(name).pages
            for control in CONTROLS:
                for key, page in pages.values[control].items():
                    if not page:
                        continue
                    with self.subTest(f"{name} {control} {key}"):
                        head = header_size(page)
                        size = int.from_bytes(page[head // 2:head], "big")
                        self.assertEqual(len(page), head + size)
                        self.assertEqual(page[0] & 0x3f, key[0])
                        current = pages.get("current", key)
                        self.assertEqual(len(page), len(current))

    def test_mistakes_are_named(self):
        mistakes = {
            "[drive]\ntype = five": "type", "[drive]\ncolour = red": "colour",
            "[mode sense]\ndbd = 5/24": "dbd", "[current]\n2a = 2g": "2g",
            "[paint]\na = b": "paint", "[faults]\n1 = on x: y": "x",
            "[faults]\n1 = on any: dance": "dance",
        }
        for text, word in mistakes.items():
            with tempfile.NamedTemporaryFile("w") as file:
                file.write(text)
                file.flush()
                with self.assertRaises(profile.ProfileError) as caught:
                    profile.load(os.path.join("/", file.name))
                self.assertIn(word, str(caught.exception))


class ModeSense(unittest.TestCase):

    def test_never_more_than_asked(self):
        drive = new_drive("bd-writer")
        whole = drive.execute(sense_cdb(0x3f), room=512).data
        for length in range(len(whole) + 3):
            data = drive.execute(sense_cdb(0x3f, length=length)).data
            self.assertEqual(data, whole[:length])

    def test_room_of_the_host_is_a_limit(self):
        drive = new_drive("bd-writer")
        self.assertEqual(len(drive.execute(sense_cdb(0x3f), room=10).data), 10)

    def test_block_descriptors(self):
        sizes = {("worm", 0): 8, ("worm", 1): 0, ("dvd-reader", 0): 0,
                 ("broken-descriptor8", 1): 8, ("broken-descriptor16", 1): 16}
        for (name, dbd), size in sizes.items():
            data = new_drive(name).execute(sense_cdb(1, dbd=dbd)).data
            self.assertEqual(data[7], size)
            self.assertEqual(data[4], size == 16)
            self.assertEqual(data[8 + size], 1)
            self.assertEqual(int.from_bytes(data[:2], "big"), len(data) - 2)

    def test_long_descriptor_on_request(self):
        drive = new_drive("strict-writer")
        cdb = bytearray(sense_cdb(1, dbd=0))
        self.assertEqual(drive.execute(cdb).data[4:8], bytes([0, 0, 0, 8]))
        cdb[1] |= 0x10
        self.assertEqual(drive.execute(cdb).data[4:8], bytes([1, 0, 0, 16]))

    def test_six_byte_drive(self):
        drive = new_drive("scsi2-reader")
        self.assertEqual(drive.execute(sense_cdb(1)).text, "sense 5/20/00")
        data = drive.execute(sense6_cdb(0x0d)).data
        self.assertEqual(data[:4], bytes([len(data) - 1, 1, 0, 8]))
        self.assertEqual(data[12], 0x0d)
        refused = drive.execute(bytes([0x1a, 0, 0x0d, 1, 255, 0]))
        self.assertEqual(refused.text, "sense 5/24/00 cdb=3")

    def test_saved_values_only_where_there_are_any(self):
        drive = new_drive("bd-writer")
        self.assertEqual(drive.execute(sense_cdb(0x1c, 3)).data[8:9], b"\x9c")
        self.assertEqual(drive.execute(sense_cdb(0x01, 3)).text,
                         "sense 5/24/00 cdb=2.5")


class ModeSelect(unittest.TestCase):

    def test_changeable_bits(self):
        drive = new_drive("bd-writer")
        page = changed(drive, 1, (3, 7))
        self.assertEqual(select(drive, page), "good")
        self.assertEqual(drive.pages.get("current", (1, 0)), page)
        self.assertNotEqual(drive.pages.get("default", (1, 0)), page)

    def test_offender_is_named(self):
        drive = new_drive("bd-writer")
        self.assertEqual(select(drive, changed(drive, 1, (2, 0xb0))),
                         "sense 5/26/00 field=10.5")
        self.assertEqual(select(drive, changed(drive, 1, (2, 0xb0)),
                                bytes(7) + b"\x08" + bytes(8)),
                         "sense 5/26/00 field=18.5")

    def test_all_or_nothing(self):
        drive = new_drive("bd-writer")
        before = drive.pages.get("current", (1, 0))
        good, bad = changed(drive, 1, (3, 7)), changed(drive, 0x0d, (5, 1))
        self.assertEqual(select(drive, good + bad),
                         "sense 5/26/00 field=25.5")
        self.assertEqual(drive.pages.get("current", (1, 0)), before)

    def test_lengths(self):
        drive = new_drive("cd-writer")
        page = changed(drive, 1)
        for pages in (page[:-1], page + b"\1", page + changed(drive, 8)):
            self.assertEqual(select(drive, pages), "sense 5/1a/00")
        self.assertEqual(select(drive, b"", bytes(7)), "sense 5/1a/00")
        self.assertEqual(select(drive, page), "good")

    def test_strict_drive(self):
        drive = new_drive("strict-writer")
        descriptor = bytes(7) + b"\x08" + bytes(8)
        page = changed(drive, 0x0d, (3, 7))
        with_ps = bytes([page[0] | 0x80]) + page[1:]
        self.assertEqual(select(drive, page), "sense 5/26/00 field=6")
        self.assertEqual(select(drive, page, b"\0\1" + descriptor[2:]),
                         "sense 5/26/00 field=0")
        self.assertEqual(select(drive, with_ps, descriptor),
                         "sense 5/26/00 field=16.7")
        self.assertEqual(select(drive, page, descriptor, 0x11),
                         "sense 5/24/00 cdb=1.0")
        self.assertEqual(select(drive, page, descriptor), "good")
        self.assertEqual(drive.execute(bytes(6)).text, "sense 6/2a/01")

    def test_rounding(self):
        drive = new_drive("dvd-writer")
        self.assertEqual(select(drive, changed(drive, 1, (3, 7))),
                         "sense 1/37/00")
        self.assertEqual(drive.pages.get("current", (1, 0))[3], 4)
        self.assertEqual(drive.pages.get("current", (1, 0))[0], 0x81)

    def test_saved_values_survive(self):
        drive = new_drive("dvd-writer")
        select(drive, changed(drive, 1, (3, 8)), flags=0x11)
        select(drive, changed(drive, 1, (3, 12)))
        drive.power_on()
        self.assertEqual(drive.pages.get("current", (1, 0))[3], 8)

    def test_no_mode_select(self):
        drive = new_drive("read-only")
        self.assertEqual(select(drive, changed(drive, 1)), "sense 5/20/00")


class Rules(unittest.TestCase):

    def answers(self, rule, *cdbs, drive="dvd-reader"):
        drive = new_drive(drive, rule)
        return [drive.execute(cdb) for cdb in cdbs]

    def test_after_and_times(self):
        texts = [outcome.text for outcome in self.answers(
            "on mode-sense page=2a after=1 times=2: sense 3/11/00",
            *[sense_cdb(0x2a)] * 2, sense_cdb(1), *[sense_cdb(0x2a)] * 2)]
        bad = "sense 3/11/00"
        self.assertEqual(texts, ["good", bad, "good", bad, "good"])

    def test_data(self):
        plain = new_drive("dvd-reader").execute(sense_cdb(0x0d)).data
        results = {
            "data 01 00*2": bytes([1, 0, 0]), "zero": bytes(len(plain)),
            "short 5": plain[:5], "long 3": plain + bytes(3),
            "declare +10": bytes([0, plain[1] + 10]) + plain[2:],
            "declare 7": bytes([0, 7]) + plain[2:],
            "descriptor 258": plain[:6] + b"\1\2" + plain[8:],
            "header6": bytes([len(plain) - 5, 0, 0, 0]) + plain[8:],
            "code 2a": plain[:8] + b"\x2a" + plain[9:],
            "length 0": plain[:9] + b"\0" + plain[10:],
            "code 2a; short 9": plain[:8] + b"\x2a",
        }
        for action, data in results.items():
            with self.subTest(action):
                outcome, = self.answers(f"on 5a: {action}", sense_cdb(0x0d))
                self.assertEqual(outcome.data, data)

    def test_ends(self):
        texts = {
            "sense 5/26/00 field=12.3 deferred": None, "never": "never",
            "unplug": "unplug", "status 18": "status 00000018",
            "host 07": "status 00070000", "late 2.5": "good, 2.5 s late",
            "sense 5/24/00; late 2": "sense 5/24/00, 2 s late",
        }
        for action, text in texts.items():
            outcome, = self.answers(f"on any: {action}", bytes(6))
            self.assertEqual(outcome.text, text or action)

    def test_events(self):
        drive = new_drive("dvd-reader",
                          "on mode-sense after=1 times=1: page 0d 0 0d 01 07",
                          "on mode-sense after=3: medium none",
                          "on 25: attention 28/00")
        pages = [drive.execute(sense_cdb(0x0d)).data[9] for _ in range(3)]
        self.assertEqual(pages, [6, 1, 1])
        drive.execute(sense_cdb(1))
        self.assertEqual(drive.execute(bytes(6)).text, "sense 2/3a/00")
        self.assertEqual(drive.execute(b"\x25").text, "sense 6/28/00")

    def test_conditions(self):
        """Each with a command that it is about, and one that it is not."""
        plain = sense_cdb(1)
        for condition, cdb, other in (
                ("form=6", sense6_cdb(1), plain),
                ("form=10", plain, sense6_cdb(1)),
                ("control=2", sense_cdb(1, 2), plain),
                ("dbd=0", sense_cdb(1, dbd=0), plain),
                ("below=10", sense_cdb(1, length=8), plain),
                ("above=600", sense_cdb(1, length=602), plain),
                ("odd=1", sense_cdb(1, length=19), plain)):
            texts = [outcome.text for outcome in self.answers(
                f"on mode-sense {condition}: sense 4/44/00", cdb, other)]
            self.assertEqual(texts, ["sense 4/44/00", "good"], condition)

    def test_hostile(self):
        """Anything, but the same for the same seed, and all of it logged."""
        runs = [[(outcome.text, outcome.data) for outcome in self.answers(
            f"on mode-sense: hostile {seed}",
            *[sense_cdb(0x3f, length=4096), sense6_cdb(0x2a)] * 500)]
            for seed in ("1", "1", "2")]
        self.assertEqual(runs[0], runs[1])
        self.assertNotEqual(runs[0], runs[2])
        sizes = {len(data) for _, data in runs[0]}
        self.assertTrue({0, 1, 2, 3, 4} < sizes)
        self.assertTrue(700 < max(sizes) <= 1024)
        self.assertEqual({text.split()[0] for text, _ in runs[0]},
                         {"good", "sense", "status"})
        self.assertGreater(len(set(runs[0])), 700)

    def test_hostile_whoever_else_asks(self):
        """What one is told does not depend on the others' commands."""
        rule, ours, other = ("on mode-sense: hostile 1", sense_cdb(0x2a),
                             sense_cdb(0x3f, length=4096))
        alone = self.answers(rule, *[ours] * 50)
        self.assertEqual(self.answers(rule, *[ours, other] * 50)[::2], alone)
        self.assertEqual(self.answers(rule, *[other, other, ours] * 50)[2::3],
                         alone)
        self.assertGreater(len({outcome.data for outcome in alone}), 20)

    def test_hostile_anew_after_a_reset(self):
        drive = new_drive("dvd-reader")
        drive.profile.rules.append(Rule.parse("on mode-sense: hostile 1"))
        runs = []
        for _ in range(2):
            drive.reset()
            runs.append([drive.execute(sense_cdb(0x2a)) for _ in range(20)])
        self.assertEqual(*runs)

    def test_other_values(self):
        """Of the first page, and of nothing else."""
        for cdb, start in ((sense_cdb(0x0d), 8), (sense6_cdb(0x2a), 4),
                           (sense_cdb(0x3f), 8)):
            plain = new_drive("dvd-reader").execute(cdb).data
            size = 2 + plain[start + 1]
            again = [outcome.data for outcome in self.answers(
                "on mode-sense: values 1", *[cdb] * 50)]
            for data in again:
                self.assertEqual(len(data), len(plain))
                self.assertEqual(data[:start + 2], plain[:start + 2])
                self.assertEqual(data[start + size:], plain[start + size:])
            self.assertGreater(len(set(again)), 45)

    def test_hostile_answer_again(self):
        """What the log says of it can be told to a drive as a rule."""
        drive = new_drive("dvd-reader", "on mode-sense: hostile 3")
        for _ in range(200):
            outcome = drive.execute(sense_cdb(0x3f))
            if not outcome.sense:
                continue
            again, = self.answers(f"on 5a: {outcome.text}", sense_cdb(0x3f))
            self.assertEqual(again, outcome)

    def test_page_of_mode_select(self):
        drive = new_drive("dvd-reader", "on mode-select page=0d: host 03")
        self.assertEqual(select(drive, changed(drive, 1)), "good")
        self.assertEqual(select(drive, changed(drive, 0x0d)),
                         "status 00030000")


class Attentions(unittest.TestCase):

    def test_once_and_not_to_inquiry(self):
        drive = Drive(profile.load("dvd-reader"))
        texts = [drive.execute(cdb).text for cdb in (
            b"\x12\0\0\0\x24", b"\x4a\1\0\0\x10\0\0\0\x08", bytes(6),
            bytes(6))]
        self.assertEqual(texts, ["good", "good", "sense 6/29/00", "good"])

    def test_request_sense_takes_it(self):
        drive = Drive(profile.load("dvd-reader"))
        data = drive.execute(b"\x03\0\0\0\x12").data
        self.assertEqual((data[2], data[12]), (6, 0x29))
        self.assertEqual(drive.execute(bytes(6)).text, "good")


class SenseData(unittest.TestCase):

    def test_text_and_back(self):
        for text in ("5/24/00", "5/24/00 cdb=2.5", "5/26/00 field=300",
                     "4/44/00 descriptor deferred length=24"):
            self.assertEqual(str(Sense.parse(text)), text)

    def test_bytes(self):
        for text, data in (
                ("5/26/00 field=300.2",
                 "700005000000000a000000002600008a012c"),
                ("5/24/00 cdb=2.5 descriptor",
                 "720524000000000802060000cd000200")):
            self.assertEqual(Sense.parse(text).encode().hex(), data)
        self.assertEqual(len(Sense.parse("5/24/00 length=8").encode()), 8)
        raw = parse_any("raw 70 00 05")
        self.assertEqual((raw.encode(), str(raw)),
                         (b"\x70\0\5", "raw 700005"))
        self.assertEqual(str(parse_any("5/24/00")), "5/24/00")
        self.assertEqual(Sense.parse("2/3a/00 length=24").encode()[7], 16)


if __name__ == "__main__":
    unittest.main()
