# SPDX-License-Identifier: MIT
"""Prints the results as TAP, and finds the drives of the machine."""

import os

import pytest

import drives


class Tap:
    """A line of TAP for each test, as soon as it has ended."""

    def __init__(self, terminal):
        self.terminal = terminal
        self.count = 0

    def line(self, text):
        self.terminal.write_line(text)

    def result(self, ok, report, note=""):
        self.count += 1
        word = "ok" if ok else "not ok"
        name = report.nodeid.replace("#", "-")
        self.line(f"{word} {self.count} - {name}{note}")

    def pytest_runtest_logreport(self, report):
        if report.skipped:
            reason = report.longrepr[2] if report.longrepr else ""
            self.result(True, report, f" # SKIP {reason}")
        elif report.failed:
            # It is not what was to be tested that has failed.
            note = "" if report.when == "call" else f" # in {report.when}"
            self.result(False, report, note)
            for text in report.longreprtext.splitlines():
                self.line(f"# {text}")
        elif report.when == "call":
            self.result(True, report)

    def pytest_sessionfinish(self):
        self.line(f"1..{self.count}")


@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    terminal = config.pluginmanager.getplugin("terminalreporter")
    config.pluginmanager.register(Tap(terminal), "tap")


def pytest_report_teststatus():
    """The lines of TAP are all there is to say."""
    return "", "", ""


@pytest.fixture(scope="module")
def say(request):
    """A line among those of TAP."""
    plugins = request.config.pluginmanager
    terminal = plugins.getplugin("terminalreporter")
    capture = plugins.getplugin("capturemanager")

    def write(text):
        with capture.global_and_fixture_disabled():
            terminal.write_line(f"# {text}")
    return write


@pytest.fixture(scope="module")
def seed(say):
    """What is tried at random follows from it."""
    chosen = os.environ.get("MODEPAGES_SEED", "1")
    say(f"MODEPAGES_SEED={chosen}")
    return chosen


@pytest.fixture(params=drives.KINDS.values())
def drive(request):
    """Its files show the values of now."""
    found = drives.of_kind(request.param)
    drives.write(f"{found.sysfs}/max_age_ms", 0)
    return found


@pytest.fixture
def node(drive):
    fd = os.open(drive.node, os.O_RDWR | os.O_CLOEXEC)
    yield fd
    os.close(fd)


@pytest.fixture(scope="session", autouse=True)
def no_udev():
    """
    It looks at each drive that comes, and reads what a drive can do after each
    change: that would be counted with what a test asks for, and takes time. It
    runs for the tests that are about it. Where systemd is, udev is its business.
    """
    if drives.booted_by_systemd():
        yield
        return
    with drives.without_udev():
        yield


@pytest.fixture
def udev(no_udev):  # pylint: disable=redefined-outer-name,unused-argument
    """It runs, on every kernel."""
    with drives.with_udev():
        yield
