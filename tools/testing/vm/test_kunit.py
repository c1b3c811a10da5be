# SPDX-License-Identifier: MIT
"""
The KUnit suites, in a kernel that watches itself. For a kernel with KUnit only.
"""

import os
import re
import subprocess

import pytest

from drives import read

RESULTS = "/sys/kernel/debug/kunit"
SUITES = ["capability", "change", "deny", "exchange", "mode", "sense"]


@pytest.fixture(scope="module", autouse=True)
def suites():
    """They run when their module is loaded."""
    subprocess.run(["modprobe", "modepages-kunit"], check=True)
    yield
    subprocess.run(["rmmod", "modepages-kunit", "kunit"], check=True)


def test_suites_are_all_there():
    assert sorted(os.listdir(RESULTS)) == [f"modepages-{name}" for name in SUITES]


@pytest.mark.parametrize("name", SUITES)
def test_suite_passes(name):
    """Vectors are the tests that are furthest in; each suite has some."""
    results = read(f"{RESULTS}/modepages-{name}/results")
    assert re.findall("^ *not ok .*", results, re.M) == []
    assert re.search("^ {8}ok [0-9]+ ", results, re.M)
    assert re.search(f"^ok [0-9]+ modepages-{name}$", results, re.M)
