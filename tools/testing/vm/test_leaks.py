# SPDX-License-Identifier: MIT
"""
What the tests before this one have left behind. For a kernel with kmemleak only;
run last.
"""

import os
import time

from drives import read, write

KMEMLEAK = "/sys/kernel/debug/kmemleak"
# What was allocated a moment ago is not looked at (5 s, in the kernel's kmemleak.c).
YOUNG = 6


def test_nothing_has_leaked():
    """Twice: what is on its way from one place to another is no leak."""
    assert os.path.exists(KMEMLEAK)
    time.sleep(YOUNG)
    for _ in range(2):
        write(KMEMLEAK, "scan")
    assert read(KMEMLEAK) == ""
