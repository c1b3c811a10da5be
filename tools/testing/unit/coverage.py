#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""coverage.py JSON LIST: is drivers/core reached by its vectors and the corpus?

JSON is a report of gcovr. Both of lines and branches, LEAST per cent have to be
reached, and what is not reached has to be in LIST: a line as this program prints it,
and the reason why it can't be reached, indented, in the lines below. What is reached
must not be in LIST. Prints TAP.
"""
import json
import os
import sys

LEAST = 95


def untaken(line):
    return sum(not branch["count"] for branch in line["branches"])


class File:
    """What a run has left of one source file."""

    def __init__(self, report, root):
        self.name = os.path.basename(report["file"])
        self.lines = report["lines"]
        self.functions = report["functions"]
        with open(os.path.join(root, report["file"]), encoding="utf-8") as source:
            self.source = source.read().split("\n")

    def line_counts(self):
        return sum(line["count"] > 0 for line in self.lines), len(self.lines)

    def branch_counts(self):
        every = sum(len(line["branches"]) for line in self.lines)
        return every - sum(map(untaken, self.lines)), every

    def function_at(self, number):
        begun = [f for f in self.functions if f["lineno"] <= number]
        return max(begun, key=lambda f: f["lineno"])["name"]

    def missing(self):
        for line in self.lines:
            number = line["line_number"]
            where = f"{self.name}: {self.function_at(number)}"
            text = self.source[number - 1].strip()
            if not line["count"]:
                yield f"{where}: not reached: {text}"
            elif untaken(line):
                yield f"{where}: {untaken(line)} of its branches not taken: {text}"


def per_cent(reached, every):
    return 100 * reached / every if every else 100


def read_list(path):
    """Each item with the number of lines that give its reason."""
    items = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line[0] == "\t":
                items[item] += 1
            elif line[0] not in "#\n":
                item = line.strip()
                items[item] = 0
    return items


def total(counts):
    return tuple(map(sum, zip(*counts)))


def show(name, lines, branches):
    print(f"# {name}: {lines[0]} of {lines[1]} lines, {per_cent(*lines):.1f} %;",
          f"{branches[0]} of {branches[1]} branches, {per_cent(*branches):.1f} %")


def differences(missing, listed):
    for item in sorted(missing - listed.keys()):
        yield f"not in the list: {item}"
    for item in sorted(listed.keys() - missing):
        yield f"in the list, but reached or gone: {item}"
    for item in sorted(item for item, reasons in listed.items() if not reasons):
        yield f"in the list without a reason: {item}"


def main():
    report_path, list_path = sys.argv[1:]
    root = os.path.join(os.path.dirname(__file__), "../../..")
    with open(report_path, encoding="utf-8") as report:
        files = [File(file, root) for file in json.load(report)["files"]]
    for file in files:
        show(file.name, file.line_counts(), file.branch_counts())
    lines = total(file.line_counts() for file in files)
    branches = total(file.branch_counts() for file in files)
    show("all", lines, branches)

    sources = {name for name in os.listdir(os.path.join(root, "drivers/core"))
               if name.endswith(".c")}
    missing = {item for file in files for item in file.missing()}
    wrong = list(differences(missing, read_list(list_path)))
    for item in wrong:
        print("#", item)

    tests = (("every file is in the report",
              sources <= {file.name for file in files}),
             (f"{LEAST} % of lines are reached", per_cent(*lines) >= LEAST),
             (f"{LEAST} % of branches are taken", per_cent(*branches) >= LEAST),
             ("what is not reached is listed, with the reason", not wrong))
    print(f"1..{len(tests)}")
    for number, (name, good) in enumerate(tests, 1):
        print(f"{'ok' if good else 'not ok'} {number} - {name}")
    return not all(good for name, good in tests)


if __name__ == "__main__":
    sys.exit(main())
