# SPDX-License-Identifier: MIT
# flake8: noqa: F811
"""What a simulated drive does wrong on purpose is what a host gets to see."""

import threading
import time

import pytest

import drives
from drives import wait_until
from simulated import (TEST_UNIT_READY, one_reader,  # noqa: F401
                       plugged, reader, sgio, sim, simulator,
                       udev_paused)


def test_answer_that_is_cut(reader):
    drive, device = reader
    whole = device.mode_sense(0x3f).data[:40]
    drive.on("mode-sense: short 40")
    result = device.mode_sense(0x3f, fill=0xa5)
    assert result.data[:40] == whole
    # VHBA leaves the rest as it was, and reports no residue.
    assert set(result.data[40:]) == {0xa5}
    assert result.residue == 0


def test_answer_that_is_late(reader):
    drive, device = reader
    drive.on("mode-sense times=1: late 1.5")
    before = time.monotonic()
    assert device.mode_sense(0x2a).data[8] == 0x2a
    assert 1.5 <= time.monotonic() - before < 15
    assert drive.commands("mode-sense")[0].outcome == "good, 1.5 s late"


def test_late_answer_does_not_stop_another_drive(sim, reader):
    drive, device = reader
    other, = plugged(sim, "bd-writer")
    drive.on("mode-sense times=1: late 3")
    slow = threading.Thread(target=device.mode_sense, args=(0x2a,))
    slow.start()
    wait_until(lambda: drive.commands("mode-sense"), "a command is under way")
    with sgio.Device(other.block) as quick:
        assert quick.mode_sense(0x2a).data[8] == 0x2a
    assert slow.is_alive()
    slow.join()
    other.unplug()


@pytest.mark.parametrize("text, codes, expected", [
    ("5/24/00 cdb=2.5", (5, 0x24, 0), "700005000000000a00000000240000cd0002"),
    ("5/26/00 field=300", (5, 0x26, 0), "700005000000000a0000000026000080012c"),
    ("5/26/00 field=9.3 descriptor", (5, 0x26, 0),
     "7205260000000008 020600008b000900"),
    ("3/11/05 deferred", None, "710003000000000a00000000110500000000"),
    ("2/3a/01 length=14", (2, 0x3a, 1), "7000020000000006000000003a01"),
    ("raw 70 00 05", None, "70000500 00000000"),
])
def test_sense_data(reader, text, codes, expected):
    drive, device = reader
    drive.on(f"mode-sense times=1: sense {text}")
    result = device.mode_sense(0x2a)
    assert result.status == 2
    assert result.sense.hex() == expected.replace(" ", "")
    assert codes is None or result.codes == codes


def test_hostile(reader):
    """The kernel may ask again; the last answer counts."""
    drive, device = reader
    drive.on("mode-sense: hostile 1")
    good = 0
    for _ in range(100):
        drive.clear()
        result = device.mode_sense(0x3f, room=4096)
        last = drive.commands("mode-sense")[-1]
        if last.outcome == "good":
            assert (result.status, result.host) == (0, 0)
            assert result.data[:last.size] == last.sent
            good += 1
    assert 50 < good < 100


def test_status(reader):
    drive, device = reader
    drive.on("mode-sense times=1: status 18")
    result = device.mode_sense(0x2a)
    assert (result.status, result.host, result.sense) == (0x18, 0, b"")
    # The kernel repeats a command when the drive is busy.
    drive.off()
    drive.clear()
    drive.on("mode-sense times=2: status 08")
    assert device.mode_sense(0x2a).status == 0
    assert len(drive.commands("mode-sense")) == 3


@pytest.mark.parametrize("host", [0x01, 0x07])
def test_host_byte(reader, host):
    drive, device = reader
    drive.on(f"mode-sense times=1: host {host:02x}")
    result = device.mode_sense(0x2a)
    assert (result.status, result.host) == (0, host)
    assert device.mode_sense(0x2a).host == 0


def test_unplug_during_a_command(sim):
    drive, = plugged(sim, "dvd-reader")
    address = drive.address
    drive.on("mode-sense times=1: unplug")
    with sgio.Device(drive.block) as device:
        assert device.mode_sense(0x2a).host == 0x01
    wait_until(lambda: not drive.plugged, "the simulator says so")
    drive.wait_gone()
    drive.replug()
    drive.wait_attached()
    assert drive.address == address
    drive.unplug()
    drive.wait_gone()


def test_command_that_is_never_answered(sim):
    """After its time-out the device is offline for good."""
    drive, = plugged(sim, "dvd-reader")
    drive.on("mode-sense times=1: never")
    with sgio.Device(drive.block) as device:
        assert device.mode_sense(0x2a, timeout=2).host != 0
    wait_until(lambda: drives.read(f"{drive.sysfs}/state").strip() == "offline",
               "the device is offline")
    drive.unplug()
    drive.wait_gone()


def test_unit_attention(reader):
    drive, device = reader
    drive.attention(0x2a, 0x01)
    assert device.execute(b"\x12\0\0\0\x24\0", 36).status == 0
    assert device.mode_sense(0x2a).codes == (6, 0x2a, 0x01)
    assert device.mode_sense(0x2a).status == 0


def test_medium(reader):
    drive, device = reader
    with udev_paused():
        drive.set_medium("none")
        assert device.execute(TEST_UNIT_READY).codes == (2, 0x3a, 0)
        drive.set_medium("cd")
        assert device.execute(TEST_UNIT_READY).codes == (6, 0x28, 0)
        assert device.execute(TEST_UNIT_READY).status == 0


def test_page_that_changes_by_itself(reader):
    drive, device = reader
    drive.on("mode-sense after=1 times=1: page 0d current 0d 06 00 01 00 3c "
             "00 4b")
    bytes_3 = [device.mode_sense(0x0d).data[11] for _ in range(2)]
    assert bytes_3 == [5, 1]
    assert drive.page(0x0d)[3] == 1


def test_log(reader):
    drive, device = reader
    device.mode_sense(0x2a, control=1, room=20)
    device.mode_select(b"\x0d\6\0\7\0\x3c\0\x4b")
    sense, = drive.commands("mode-sense", page=0x2a, control=1)
    assert (sense.size, sense.room, sense.outcome) == (20, 20, "good")
    select, = drive.commands("mode-select")
    assert select.received == bytes(8) + b"\x0d\6\0\7\0\x3c\0\x4b"
    assert select.time > sense.time
    drive.clear()
    assert drive.commands("mode-sense") == []


def test_mistakes_are_answered(sim, reader):
    drive, _ = reader
    for line in ("on mode-sense", "on any: dance", "medium tea", "page 2a 7",
                 "profile", "off 99"):
        with pytest.raises(simulator.SimulatorError):
            drive.tell(line)
    with pytest.raises(simulator.SimulatorError):
        sim.tell("add no-such-profile")
