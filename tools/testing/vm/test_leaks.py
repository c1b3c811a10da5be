# SPDX-License-Identifier: MIT
"""
What the tests before this one have left behind. For a kernel with kmemleak only;
run last.
"""

import os

from drives import read, write

KMEMLEAK = "/sys/kernel/debug/kmemleak"


def test_nothing_has_leaked():
    """Twice: what is on its way from one place to another is no leak."""
    assert os.path.exists(KMEMLEAK)
    for _ in range(2):
        write(KMEMLEAK, "scan")
    assert read(KMEMLEAK) == ""
