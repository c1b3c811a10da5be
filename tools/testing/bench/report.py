#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""
report.py DIRECTORY: makes of the figures of bench.py, which are in its file
"figures", a table on stdout, "bench.json", and the data of the plots. Exits 1
when a target is missed.
"""

import json
import os
import sys
from dataclasses import asdict, dataclass

ABOUT = """\
What the module costs, beside what does the same without it.

The clock of this machine counts the instructions that its one processor executes,
one a nanosecond. So these are no times of a real machine, where memory and the drive
take most of it. But two runs agree, on a busy machine, too; and a change that makes
a call longer shows here, where a stopwatch would see noise. The drive is the kernel's
own, scsi_debug, which answers at once: nothing hides what the software costs.
"""


@dataclass
class Row:
    """ours and theirs: nanoseconds, bytes or commands."""
    name: str
    ours: float
    theirs: float
    unit: str
    target: float | None = None

    @property
    def ratio(self):
        return self.ours / self.theirs

    @property
    def verdict(self):
        if self.target is None:
            return "-"
        # As it is printed: what looks like the target is within it.
        return "ok" if round(self.ratio, 2) <= self.target else "MISS"


def rows(figure):
    """All that is compared. The names of figures are those of measure.c."""
    def calls(name, ours, theirs, target=None):
        return Row(name, figure[ours], figure[theirs], "us", target)

    def commands(name, which, fewest):
        return Row(name, figure[which], fewest, "", 1.0)

    return [
        calls("GET of a page / SG_IO on sg", "get-page", "sg-page", 1.0),
        calls("GET of a page / SG_IO on sr", "get-page", "sr-page", 0.7),
        calls("GET of all pages / SG_IO on sg", "get-all", "sg-all", 1.05),
        calls("page's file: open, read, close / trivial file",
              "page-file", "trivial-file", 1.3),
        calls("page's file: pread / trivial file", "page-pread",
              "trivial-pread", 1.3),
        calls("CACHED GET / ioctl that does nothing", "get-cached",
              "noop-ioctl", 3.0),
        Row("modepages show / faster of sg_modes -a, sdparm --all",
            figure["show"], min(figure["sg_modes"], figure["sdparm"]), "us",
            0.8),
        calls("library: all pages / SG_IO, page by page", "library-all",
              "sg-each", 0.3),
        calls("the same, asking the drive", "library-fresh-all", "sg-each"),
        calls("the same, with open and close", "library-open-all",
              "sg-open-each"),
        calls("MODIFY of a field / SG_IO, the same steps", "modify",
              "sg-modify", 1.0),
        commands("commands: at attach / fewest", "commands-attach", 2),
        commands("commands: all files of a drive / fewest", "commands-files",
                 4),
        commands("commands: 64 readers of a stale page / fewest",
                 "commands-readers", 1),
        calls("scan of 200 drives / without the module", "scan-with",
              "scan-without", 1.02),
        calls("from scan to our add: where 199 drives are / alone",
              "add-200", "add-1", 1.1),
        Row("kernel memory of a drive / that of sg",
            figure["memory-modepages-200"], figure["memory-sg-200"], "bytes",
            3.0),
        calls("remove_dev: drive hangs, 8 readers / idle", "remove-hung",
              "remove-idle"),
    ]


def shown(value, unit):
    if unit == "us":
        return f"{value / 1000:.1f} us"
    return f"{value:.0f} {unit}".strip()


def table(found):
    lines = [("ours / theirs", "ours", "theirs", "ratio", "target", "")]
    for row in found:
        target = "-" if row.target is None else f"{row.target:.2f}x"
        lines.append((row.name, shown(row.ours, row.unit),
                      shown(row.theirs, row.unit), f"{row.ratio:.2f}x", target,
                      row.verdict))
    for name, ours, theirs, ratio, target, verdict in lines:
        print(f"{name:62} {ours:>13} {theirs:>13} {ratio:>8} {target:>7}"
              f"  {verdict}".rstrip())


def as_json(figure, found):
    extra = [{**asdict(row), "ratio": row.ratio, "verdict": row.verdict}
             for row in found]
    return {**{name: figure[name] for name in ("kernel", "drive", "rounds")},
            "rows": extra, "figures": figure}


def numbers(figure, prefix):
    """Those of which figures with the prefix tell, ascending."""
    return sorted({int(name.removeprefix(prefix).split("-")[0])
                   for name in figure if name.startswith(prefix)})


def plot_data(figure, directory):
    def write(name, lines):
        with open(os.path.join(directory, name), "w", encoding="ascii") as file:
            file.writelines(f"{line}\n" for line in lines)

    write("drives.dat", (f"{count} {figure[f'add-{count}'] / 1000}"
                         for count in numbers(figure, "add-")))
    write("memory.dat",
          (f"{count} {figure[f'memory-modepages-{count}'] / 1024}"
           f" {figure[f'memory-sg-{count}'] / 1024}"
           for count in numbers(figure, "memory-modepages-")))
    write("readers.dat",
          (" ".join([str(readers),
                     *(str(figure[f"read-{count}-{readers}"] / 1000)
                       for count in numbers(figure, "read-"))])
           for readers in numbers(figure, "read-1-")))


def main(directory):
    figure = {}
    with open(os.path.join(directory, "figures"), encoding="ascii") as file:
        for line in file:
            figure.update(json.loads(line))
    found = rows(figure)

    print(ABOUT)
    print(f"kernel {figure['kernel']}; drive {figure['drive']}; "
          f"medians of {figure['rounds']} rounds\n")
    table(found)
    with open(os.path.join(directory, "bench.json"), "w",
              encoding="ascii") as file:
        json.dump(as_json(figure, found), file, indent=2)
    plot_data(figure, directory)
    return any(row.verdict == "MISS" for row in found)


sys.exit(main(sys.argv[1]))
