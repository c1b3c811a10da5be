# SPDX-License-Identifier: MIT
"""
What drives do that is no error, and how we behave towards them: slow ones hold
nobody up, and nobody is asked without need.
"""

import contextlib
import signal
import subprocess
import time

import pytest

import drives
import uapi
from attached import attached
from drives import read, wait_until

ASK = {
    "node": ["modepages", "show", "{0.node}", "01", "--raw", "--fresh"],
    "sysfs": ["cat", "{0.sysfs}/modepages/01"],
}


@contextlib.contextmanager
def asking(drive, way):
    """A process that asks the drive for a page."""
    words = [word.format(drive) for word in ASK[way]]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def in_the_module(process):
    return "modepages_" in read(f"/proc/{process.pid}/stack")


@pytest.mark.parametrize("way", ASK)
def test_who_waits_for_another_command_can_be_killed(way):
    with attached("dvd-writer") as drive:
        drive.sim.clear()
        drive.sim.on("mode-sense times=1: late 25")
        with asking(drive, "node") as first:
            wait_until(drive.asked, "the drive is asked")
            with asking(drive, way) as second:
                wait_until(lambda: in_the_module(second), "another one waits")
                second.kill()
                assert second.wait(timeout=5) == -signal.SIGKILL
                assert first.poll() is None
            assert first.wait(timeout=60) == 0


def test_slow_drive_holds_no_other_up():
    """Neither one of its own host, nor one of another host."""
    with attached("dvd-writer", "dvd-reader") as (slow, quick):
        slow.sim.clear()
        slow.sim.on("mode-sense times=1: late 25")
        with asking(slow, "sysfs") as process:
            wait_until(slow.asked, "the drive is asked")
            assert quick.page(0x01) == quick.sim.page(0x01)
            assert quick.file("modepages/01", "rb") == quick.sim.page(0x01)
            other = drives.of_kind("virtio")
            assert read(other.page_file(0x2a), "rb")
            assert slow.file("supported") and slow.file("last_status")
            assert uapi.info(slow.fd)[0] == 0
            assert slow.get(0x01, flags=uapi.CACHED)[0] == 0
            assert process.poll() is None
            assert process.wait(timeout=60) == 0


def test_drive_is_left_alone():
    """No polling: it may sleep, or be somebody's who burns a disc."""
    with attached("dvd-writer") as drive:
        drive.page(0x01)
        drives.settle()
        drive.sim.clear()
        time.sleep(10)
        assert drive.asked() == []
        for name in ("supported", "last_status", "quirks"):
            drive.file(name)
        uapi.info(drive.fd)
        drive.get(0x2a, flags=uapi.CACHED)
        uapi.entries(drive.fd, flags=uapi.CACHED)
        assert drive.asked() == []


def test_unit_attentions_at_power_on():
    """More of them than one command is tried, with the first commands."""
    with attached("broken-attention") as drive:
        wait_until(lambda: 0x2a in drive.supported(), "it has told its pages")
        assert drive.quirks() == []
        for code in drive.supported():
            assert drive.page(code) == drive.sim.page(code)


def test_default_values_of_zeros():
    """One drive's mistake: they are its own, and the current ones are good."""
    with attached("broken-default-zero") as drive:
        default = drive.page(0x2a, 2)
        assert default == drive.sim.page(0x2a, "default")
        assert set(default[2:]) == {0}
        assert drive.page(0x2a) == drive.sim.page(0x2a) != default


def test_values_that_change_with_the_disc():
    with attached("dvd-writer") as drive:
        before = drive.file("modepages/2a", "rb")
        after = before[:-1] + bytes([before[-1] ^ 0xff])
        drive.sim.attention(0x28, 0x00)
        drive.sim.set_page(0x2a, after)
        assert drive.page(0x2a) == after
        wait_until(lambda: drive.file("modepages/2a", "rb") == after,
                   "sysfs shows the values of now")


def test_pages_out_of_order():
    with attached("dvd-writer") as drive:
        pages = [drive.sim.page(code) for code in (0x2a, 0x01, 0x0e)]
        body = b"".join(pages)
        data = (len(body) + 6).to_bytes(2, "big") + bytes(6) + body
        drive.sim.on(f"mode-sense page=3f: data {data.hex()}")
        error, result, got = drive.get(0x3f)
        assert (error, got[:result.length]) == (0, body)
        for page in pages:
            code = page[0] & 0x3f
            assert drive.file(f"modepages/{code:02x}", "rb") == page
