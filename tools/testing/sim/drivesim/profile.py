# SPDX-License-Identifier: MIT
"""
What a drive is, read from a text file. Documentation/simulator.rst describes
the format; the defaults are here.
"""

import configparser
import os
from dataclasses import dataclass, field

from .faults import Rule
from .medium import KINDS
from .pages import CONTROLS, page_key, parse_page
from .select import Rounding
from .sense import Sense

DIRECTORY = os.path.join(os.path.dirname(__file__), "..", "profiles")

DEFAULTS = {
    "drive": {
        "vendor": "MODEPAGE", "model": "SIMULATED DRIVE", "revision": "1.0",
        "serial": "SIM0001", "type": "5", "qualifier": "0",
        "removable": "yes", "version": "5", "vpd": "00 80 83",
        "medium": "cd", "slots": "0", "attention": "yes", "lock-bit": "no",
        "profiles": "0008", "refuses": "",
    },
    "mode sense": {
        "forms": "10 6", "dbd": "honoured", "descriptor": "0",
        "medium-type": "00", "device-specific": "00", "order": "",
        "all": "answered", "current": "answered", "changeable": "answered",
        "default": "answered", "saved": "5/39/00",
        "unknown-page": "5/24/00 cdb=2.5", "subpage": "5/24/00 cdb=3",
    },
    "mode select": {
        "supported": "yes", "pf": "5/24/00 cdb=1.4", "sp": "5/24/00 cdb=1.0",
        "data-length": "accepted", "ps": "accepted", "list-length": "any",
        "short-list": "5/1a/00", "descriptor": "any",
        "bad-descriptor": "5/26/00 field=descriptor",
        "pages": "all", "ignored": "", "many": "yes",
        "unknown-page": "5/26/00 field=page.5",
        "page-length": "5/26/00 field=page+1",
        "unchangeable": "5/26/00 field=offender",
        "round": "", "attention": "none",
    },
    "current": {}, "changeable": {}, "default": {}, "saved": {}, "faults": {},
}


class ProfileError(Exception):
    """What is wrong, and in which file."""


@dataclass
class Profile:
    """The values of a profile, in the types the program works with."""
    name: str
    drive: dict
    sense: dict
    select: dict
    pages: dict = field(default_factory=dict)
    rules: list = field(default_factory=list)


def yes_no(text):
    return {"yes": True, "no": False}[text]


def sense_or_word(*words):
    """Either one of some words, or the sense data to refuse with."""
    return lambda text: text if text in words else Sense.parse(text)


def number(base=10):
    return lambda text: int(text, base)


def codes(text):
    return [int(word, 16) for word in text.split()]


def choice(*words):
    return lambda text: words[words.index(text)]


def words_of(*words):
    return lambda text: [words[words.index(word)] for word in text.split()]


def keys(text):
    return [page_key(word) for word in text.split()]


def all_or_codes(text):
    return text if text == "all" else codes(text)


def roundings(text):
    return [Rounding.parse(part.strip()) for part in text.split(",")
            if part.strip()]


def attention(text):
    return None if text == "none" else Sense.parse("6/" + text)


TYPES = {
    "drive": {
        "type": number(), "qualifier": number(), "removable": yes_no,
        "version": number(), "vpd": codes, "slots": number(),
        "medium": choice(*KINDS),
        "attention": yes_no, "lock-bit": yes_no, "profiles": codes,
        "refuses": codes,
    },
    "mode sense": {
        "forms": words_of("6", "10"),
        "dbd": sense_or_word("honoured", "ignored"),
        "descriptor": choice("0", "8", "16", "by-llbaa"),
        "medium-type": number(16), "device-specific": number(16),
        "order": keys, "all": sense_or_word("answered"),
        "unknown-page": Sense.parse,
        "subpage": sense_or_word("ignored"),
        **{control: sense_or_word("answered", "current")
           for control in CONTROLS},
    },
    "mode select": {
        "supported": yes_no, "pf": sense_or_word("any"),
        "sp": sense_or_word("allowed"),
        "data-length": sense_or_word("accepted"),
        "ps": sense_or_word("accepted"), "list-length": choice("any", "exact"),
        "descriptor": choice("any", "required", "refused"),
        "short-list": sense_or_word("accepted"),
        "bad-descriptor": sense_or_word("accepted"),
        "pages": all_or_codes, "ignored": codes, "many": yes_no,
        "unknown-page": Sense.parse, "page-length": Sense.parse,
        "unchangeable": sense_or_word("accepted"), "round": roundings,
        "attention": attention,
    },
}


def find(name):
    """The file of a profile: a path, or the name of one that comes with us."""
    if os.sep in name:
        return name
    return os.path.join(DIRECTORY, name + ".profile")


def read_sections(name):
    """The file's text by section, on top of what "like" names."""
    parser = configparser.ConfigParser(
        delimiters=("=",), comment_prefixes=("#",),
        inline_comment_prefixes=("#",), interpolation=None)
    with open(find(name), encoding="ascii") as file:
        parser.read_file(file)
    like = parser.get("drive", "like", fallback=None)
    sections = read_sections(like) if like else \
        {section: dict(values) for section, values in DEFAULTS.items()}
    for section in parser.sections():
        sections[section].update(parser[section])
    sections["drive"].pop("like", None)
    return sections


def typed(section, values):
    unknown = set(values) - set(DEFAULTS[section])
    if unknown:
        raise ValueError(f"[{section}] has no {', '.join(sorted(unknown))}")
    result = {}
    for name, text in values.items():
        try:
            result[name] = TYPES[section].get(name, str)(text)
        except (KeyError, ValueError) as error:
            raise ValueError(f"[{section}] {name} = {text}: {error}") from None
    return result


def typed_pages(section, values):
    pages = {}
    for name, text in values.items():
        try:
            data = parse_page(text)
        except ValueError as error:
            raise ValueError(f"[{section}] {name} = {text}: {error}") from None
        pages[page_key(name)] = data
    return pages


def load(name):
    """Reads a profile by name or path; ProfileError if it can't be used."""
    try:
        sections = read_sections(name)
        return Profile(
            name=os.path.basename(name).removesuffix(".profile"),
            drive=typed("drive", sections["drive"]),
            sense=typed("mode sense", sections["mode sense"]),
            select=typed("mode select", sections["mode select"]),
            pages={control: typed_pages(control, sections[control])
                   for control in CONTROLS},
            rules=[Rule.parse(text)
                   for text in sections["faults"].values()])
    except (OSError, configparser.Error, ValueError) as error:
        raise ProfileError(f"{name}: {error}") from None
    except KeyError as error:
        raise ProfileError(f"{name}: no such section: {error}") from None


def names():
    """All profiles that come with the simulator."""
    return sorted(file.removesuffix(".profile")
                  for file in os.listdir(DIRECTORY)
                  if file.endswith(".profile"))
