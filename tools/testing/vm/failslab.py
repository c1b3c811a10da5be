# SPDX-License-Identifier: MIT
"""
Allocations that fail, each in its turn. For a kernel with CONFIG_FAILSLAB,
CONFIG_FAIL_PAGE_ALLOC for what is too large for slabs, and a filter by call stack:
see Documentation/fault-injection in the kernel's source.
"""

import contextlib
import errno
import itertools

import pytest

from attached import attached
from drives import read, without_udev, write

NO_MEMORY = 3

CONTROL = "/sys/kernel/debug"


def module_text(name):
    """From the first to behind the last function of a module."""
    addresses = [int(line.split()[0], 16)
                 for line in read("/proc/kallsyms").splitlines()
                 if line.endswith(f"\t[{name}]") and line.split()[1] in "tT"]
    return min(addresses), max(addresses) + 4096


def function_text(name):
    """One function of the kernel itself."""
    symbols = [(int(line.split()[0], 16), line.split()[2])
               for line in read("/proc/kallsyms").splitlines()
               if line.split()[1] in "tT"]
    start = next(address for address, symbol in symbols if symbol == name)
    return start, min(address for address, _ in symbols if address > start)


class Refusals:
    """
    Of "failslab" or "fail_page_alloc", as the kernel calls it. Refuses one
    allocation that has code of a range on its call stack.

    The kernel counts allocations, and refuses those whose number is a multiple of
    "interval"; an interval of 1 counts nothing. The count can't be read: but once
    one was refused, it is the interval.
    """

    def __init__(self, name):
        self.control = f"{CONTROL}/{name}"
        self.count = 0

    def set(self, name, value):
        write(f"{self.control}/{name}", value)

    def refuse(self, number):
        """The one of that number from now on, and no other."""
        self.set("interval", self.count + number)
        self.set("times", 1)

    def refused(self):
        """Has it come to that?"""
        if int(read(f"{self.control}/times")):
            return False
        interval = int(read(f"{self.control}/interval"))
        self.count = interval if interval > 1 else 0
        return True

    @contextlib.contextmanager
    def below(self, start, end):
        """Only those that this code makes, or has made by others."""
        self.set("times", 0)
        self.set("require-start", hex(start))
        self.set("require-end", hex(end))
        self.set("ignore-gfp-wait", "N")
        self.set("stacktrace-depth", 32)
        self.set("verbose", 0)
        self.set("probability", 100)
        try:
            yield
        finally:
            self.set("probability", 0)

    def each(self, action):
        """
        Runs the action again and again, each time with another allocation that
        fails, until all have. Yields what it returns.
        """
        for number in itertools.count(1):
            self.refuse(number)
            result = action()
            if not self.refused():
                break
            yield result
        # The count is not known before the next refusal: let it come.
        for _ in range(1000):
            action()
            if self.refused():
                return
        raise AssertionError("it allocates nothing")


failslab = Refusals("failslab")
# Of two pages and more: for one, the slabs ask.
fail_page_alloc = Refusals("fail_page_alloc")


@pytest.fixture
def refused():
    """Fails what the module allocates, or has allocated."""
    with without_udev(), failslab.below(*module_text("modepages")):
        yield failslab


@pytest.fixture
def drive():
    """One that nobody else asks."""
    with attached("dvd-writer", polled=False) as found:
        yield found


def refusals(outcomes):
    """Some of them were told, and nothing but "no memory"."""
    outcomes = list(outcomes)
    assert set(outcomes) <= {0, errno.ENOMEM}
    assert errno.ENOMEM in outcomes


def number_of(action):
    """The errno; 0 if it succeeds."""
    try:
        action()
    except OSError as error:
        return error.errno
    return 0


def refresh(drive):  # pylint: disable=redefined-outer-name
    """Its errno, or 0."""
    return number_of(lambda: drive.write("refresh", 1))
