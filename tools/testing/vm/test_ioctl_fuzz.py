# SPDX-License-Identifier: MIT
"""
Random arguments for each ioctl, from programs of both word sizes that know what
<linux/modepages.h> promises (tools/testing/ioctl): the errno is the right one, and
not a byte is written but those that should be.
"""

import contextlib
import os
import re
import subprocess

import pytest

import drives
import uapi
from attached import attached
from drives import wait_until, without_udev, write

NOBODY = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups",
          "--"]


@pytest.fixture(scope="module", autouse=True)
def quiet():
    """Nobody else opens a drive, which page 2Ah would tell."""
    with without_udev():
        yield


@contextlib.contextmanager
def fuzzer(node, bits, *options, prefix=()):
    """One that runs, and does not any more when the test has failed."""
    with subprocess.Popen([*prefix, uapi.program("fuzz", bits), *options],
                          stdin=node, stdout=subprocess.PIPE,
                          text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def finish(process):
    """What has come of how many calls: {"GET": {"0": 123, ...}, ...}."""
    out, _ = process.communicate(timeout=300)
    assert process.returncode == 0, out
    return {name: {error: int(count) for error, count in
                   re.findall(r"(\w+) (\d+)", line)}
            for name, line in re.findall(r"^(\w+):(.*)$", out, re.MULTILINE)}


def check_changes(seen):
    """Of a node that was opened for writing."""
    assert set(seen["SET"]) >= {"0", "E2BIG", "EFAULT", "EINVAL"}
    assert set(seen["MODIFY"]) >= {"0", "E2BIG", "EFAULT", "EINVAL", "ENOENT",
                                   "EPERM", "ESTALE"}
    assert set(seen["KEEP"]) == {"0", "E2BIG", "EFAULT", "EINVAL"}


def fuzz(node, bits, rounds, seed, prefix=()):
    """Nothing that it is for has been left out."""
    with fuzzer(node, bits, "-n", str(rounds), "-s", str(seed),
                prefix=prefix) as process:
        seen = finish(process)
    assert sum(sum(row.values()) for row in seen.values()) == rounds
    assert set(seen["INFO"]) == {"0", "E2BIG", "EFAULT", "EINVAL"}
    assert set(seen["LIST"]) == {"0", "E2BIG", "EFAULT", "EINVAL"}
    assert set(seen["GET"]) >= {"0", "E2BIG", "EFAULT", "EINVAL", "ENOENT"}
    assert set(seen["cached"]) >= {"0", "EFAULT", "EINVAL", "ENODATA"}
    assert set(seen["other"]) == {"ENOTTY"}
    return seen


@pytest.mark.parametrize("bits", uapi.BITS)
def test_drive_of_qemu(bits):
    drive = drives.of_kind("virtio")
    expected, _ = drives.raw_page(drive, 0, 0x2a)
    with open(drive.node, "r+b", buffering=0) as node:
        check_changes(fuzz(node, bits, 20000, seed=bits))
        error, result, data = uapi.get(node, 0x2a)
    assert error == 0
    assert drives.comparable(drive, 0x2a, data[:result.length]) == \
        drives.comparable(drive, 0x2a, expected)


@pytest.mark.parametrize("bits", uapi.BITS)
def test_simulated_drive(bits):
    with attached("dvd-writer") as drive:
        before = {code: drive.sim.page(code) for code in drive.supported()}
        check_changes(fuzz(drive.fd, bits, 8000, seed=bits + 1))
        assert drive.page(0x2a) == drive.sim.page(0x2a)
        assert before == {code: drive.sim.page(code) for code in before}


@pytest.mark.parametrize("bits", uapi.BITS)
def test_nobody_with_a_descriptor_for_reading(bits):
    with open(drives.of_kind("virtio").node, "rb") as node:
        seen = fuzz(node, bits, 5000, seed=bits + 2, prefix=NOBODY)
    for name in ("SET", "MODIFY", "KEEP"):
        assert set(seen[name]) == {"E2BIG", "EBADF", "EFAULT", "EINVAL"}


@contextlib.contextmanager
def virtio():
    """Its node, and the way to pull it; it is found again afterwards."""
    drive = drives.of_kind("virtio")
    host = drive.address.split(":", maxsplit=1)[0]
    device = f"/sys/class/scsi_device/{drive.address}/device"
    try:
        with open(drive.node, "r+b", buffering=0) as node:
            yield node, lambda: write(f"{device}/delete", 1)
    finally:
        write(f"/sys/class/scsi_host/host{host}/scan", "- - -")
        wait_until(lambda: os.path.exists(drive.node), "it is back")
        drives.settle()


@contextlib.contextmanager
def simulated():
    with attached("dvd-writer") as drive:
        yield drive.fd, drive.sim.unplug


@pytest.mark.parametrize("plugged", [virtio, simulated])
def test_two_at_once_and_the_drive_is_pulled(plugged):
    """ENODEV is all that is new then, and is all that is left."""
    options = ["-p", "-n", "2000", "-s", "3"]
    with plugged() as (node, pull), \
            fuzzer(node, 64, *options) as one, \
            fuzzer(node, 32, *options) as other:
        for process in (one, other):
            assert process.stdout.readline() == "seed 3\n"
            assert process.stdout.readline() == "1000 calls\n"
        pull()
        for process in (one, other):
            seen = finish(process)
            for name in ("INFO", "LIST", "GET", "SET", "MODIFY", "KEEP"):
                assert seen[name]["ENODEV"]
            assert set(seen["other"]) == {"ENOTTY"}
