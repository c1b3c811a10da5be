# SPDX-License-Identifier: MIT
"""
Simulated drives as fixtures. Starting the simulator takes seconds here, so one
serves all tests of a module; each test plugs in the drives it needs.
"""

import contextlib
import os
import subprocess
import sys

import pytest

import drives

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../sim"))
# pylint: disable=wrong-import-position
import sgio  # noqa: E402
import simulator  # noqa: E402
from drivesim import profile  # noqa: E402, F401

TEST_UNIT_READY = bytes(6)


@pytest.fixture(scope="module")
def sim():
    with simulator.Simulator() as running:
        yield running


@contextlib.contextmanager
def udev_paused():
    """
    The kernel tells udev of some unit attentions, and udev then asks the drive
    many things, which takes later unit attentions away from a test. What it has
    begun it ends first.
    """
    if not drives.udev_runs():
        yield
        return
    drives.settle()
    control = ["udevadm", "control"]
    subprocess.run([*control, "--stop-exec-queue"], check=True)
    try:
        yield
    finally:
        subprocess.run([*control, "--start-exec-queue"], check=True)
        # Without anything else to do, udev was seen not to begin.
        subprocess.run([*control, "--ping"], check=True)


def plugged(sim, *names):
    """New drives that are ready, and that nobody is looking at any more."""
    added = sim.add_all(*names)
    drives.settle()
    for drive in added:
        sgio.stop_polling(drive.block)
        with sgio.Device(drive.block) as device:
            device.execute(TEST_UNIT_READY)
        drive.clear()
    return added


@pytest.fixture(scope="module")
def one_reader(sim):
    return plugged(sim, "dvd-reader")[0]


@pytest.fixture
def reader(one_reader):
    """A drive without faults, and the way to send commands to it."""
    if not one_reader.plugged:
        one_reader.replug()
        one_reader.wait_attached()
        drives.settle()
        sgio.stop_polling(one_reader.block)
    with sgio.Device(one_reader.block) as device:
        one_reader.reset()
        yield one_reader, device
