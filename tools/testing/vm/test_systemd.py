# SPDX-License-Identifier: MIT
"""The machine that systemd has booted."""

from drives import read


def test_systemd_is_the_first_process():
    assert read("/proc/1/comm") == "systemd\n"
