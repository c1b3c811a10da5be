# SPDX-License-Identifier: MIT
"""
The command where the module is not loaded, and it reaches a drive by SG_IO: the same
checks, words and exit codes; but nothing that somebody else would have to undo.
"""

import json

import pytest

import restoring
from attached import simulator
from changing import ERRORS
from drives import modepages


@pytest.fixture(name="sim")
def without_module():
    """No test before has left a file of the module open, or it could not go."""
    sim = simulator().add("dvd-writer")
    assert restoring.unload()[0]
    yield sim
    restoring.load()
    sim.unplug()
    sim.wait_gone()


def test_set(sim):
    status, out, errors = modepages("set", sim.block, "rw.rrc=35", "po.idle=0")
    assert (status, errors) == (0, [])
    assert out.decode() == \
        "rw.rrc: 16 -> 32 (rounded by the drive from 35)\npo.idle: 1 -> 0\n"
    out = modepages("set", sim.block, "rw.rrc=8", "--json")[1]
    assert json.loads(out)["via"] == "sg_io"
    assert sim.page(ERRORS)[3] == 8


@pytest.mark.parametrize("words, code, named", [
    (["wp.wr_t=1", "ca.mf=1"], 1, "ca.mf: the drive does not let"),
    (["--expect", "rw.rrc=9"], 1, "rw.rrc: is 16, and not 9"),
    (["ca.wce=0", "--save"], 1, "page 08: the drive can not save"),
    (["po.idle_c=1"], 1, "does not have this field"),
    (["3e.2:7:8=1"], 1, "page 3e"),
    (["rw.rrc=256"], 2, "255"),
])
def test_set_that_is_refused(sim, words, code, named):
    before = sim.page(ERRORS)
    status, out, errors = modepages("set", sim.block, "rw.wrc=1", *words)
    assert (status, out, len(errors)) == (code, b"", 1)
    assert named in errors[0]
    assert sim.page(ERRORS) == before
    assert not sim.commands("mode-select")


@pytest.mark.parametrize("words", [[], ["--exclusive"]])
def test_run(sim, words):
    """Nobody would put back, so nothing is changed, and nothing run."""
    before = sim.page(ERRORS)
    status, out, errors = modepages("run", sim.block, "rw.rrc=32", *words, "--",
                                    "echo", "here")
    assert (status, out, len(errors)) == (1, b"", 1)
    assert "load the module modepages" in errors[0]
    assert sim.page(ERRORS) == before
    assert not sim.commands("mode-select")
