# SPDX-License-Identifier: MIT
"""
Which lines of the module the tests before this one have reached. Those that they
have not are in "unreached", each with the reason. For a kernel with gcov only;
run last.
"""

import glob
import json
import os
import shutil
import subprocess

import pytest

import drives

COUNTS = "/sys/kernel/debug/gcov/src/src/drivers"
UNREACHED = os.path.join(os.path.dirname(__file__), "unreached")


def gcov(directory):
    """What gcov says of each object file of the module."""
    for path in glob.glob(f"{COUNTS}/*.gcda"):
        name = os.path.splitext(path)[0]
        with open(f"{directory}/{os.path.basename(path)}", "wb") as file:
            file.write(drives.read(path, "rb"))
        shutil.copy(f"{name}.gcno", directory)
    done = subprocess.run(["gcov", "--json-format", "--stdout",
                           *glob.glob(f"{directory}/*.gcda")],
                          capture_output=True, check=True, cwd=directory)
    return [json.loads(line) for line in done.stdout.splitlines()]


def lines(directory):
    """(file, function, text) of each line, and how often it was reached."""
    counts = {}
    for report in gcov(directory):
        for file in report["files"]:
            name = file["file"].removeprefix("/src/src/")
            if not name.startswith("drivers/") or name.endswith(".h"):
                continue
            text = [""] + drives.read(f"/src/src/{name}").splitlines()
            for line in file["lines"]:
                key = (name, line.get("function_name", ""),
                       text[line["line_number"]].strip())
                # The same text twice in a function counts as one.
                counts[key] = min(counts.get(key, line["count"]),
                                  line["count"])
    return counts


def listed():
    """What is known not to be reached, by the reason in front of it."""
    found, reason = {}, None
    for line in drives.read(UNREACHED).splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if not line.startswith("    "):
            reason = line
            continue
        place, text = line.strip().split(": ", 1)
        name, function = place.split()
        found[name, function, text] = reason
    return found


def as_listed(keys):
    """As it would stand there."""
    return "".join(f"    {name} {function}: {text}\n"
                   for name, function, text in sorted(keys))


def test_every_line_is_reached_or_has_a_reason(tmp_path, capsys):
    counts = lines(tmp_path)
    unreached = {key for key, count in counts.items() if not count}
    known = listed()
    with capsys.disabled():
        print(f"\n# {len(counts) - len(unreached)} of {len(counts)} lines "
              "of drivers/*.c reached")
    assert {name for name, _, _ in counts} == \
        {path.removeprefix("/src/src/")
         for path in glob.glob("/src/src/drivers/*.c")}
    # What only happens when two things meet may happen.
    stale = {key for key in set(known) - unreached
             if not known[key].startswith("Race")}
    news = as_listed(unreached - set(known)), as_listed(stale)
    if any(news):
        pytest.fail("not reached:\n{}reached all the same:\n{}".format(*news),
                    pytrace=False)
