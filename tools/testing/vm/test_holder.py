# SPDX-License-Identifier: MIT
"""The file "holder": who keeps others away from a drive."""

import os
import subprocess
import sys
import threading

import pytest

import uapi
from changing import ERRORS, RETRIES
from changing import drive, fd, shared  # noqa: F401, pylint: disable=unused-import
from drives import read
from exclusive import EXCLUSIVE, holding, locked

# pylint: disable=redefined-outer-name


def own_comm():
    return read("/proc/self/comm").strip()


def test_nobody(drive, fd):  # pylint: disable=unused-argument
    assert drive.file("holder") == ""


def test_who_has_it(drive):
    with locked(drive):
        assert drive.file("holder") == f"{os.getpid()} {own_comm()}\n"
    assert drive.file("holder") == ""


def test_who_has_opened_it(drive):
    """Not whom it was passed to, and by the name of then."""
    name = os.path.basename(sys.executable)
    with holding(drive, "new name") as process:
        assert read(f"/proc/{process.pid}/comm") == "new name\n"
        assert drive.file("holder") == f"{process.pid} {name}\n"


@pytest.mark.parametrize("comm, shown", [
    ("two words", "two words"),
    ("a\nb", "a\\nb"),
    ("1 root\n2 x", "1 root\\n2 x"),
    ("\x1b[31m\x07", "\\e[31m\\a"),
    ("back\\slash", "back\\slash"),
    ("exactly fifteen", "exactly fifteen"),
])
def test_name_is_one_line(drive, comm, shown):
    with holding(drive, comm, again=True) as process:
        assert drive.file("holder") == f"{process.pid} {shown}\n"


def test_all_who_have_something_to_put_back(drive):
    first, second = (os.open(drive.node, os.O_RDWR) for _ in range(2))
    line = f"{os.getpid()} {own_comm()}\n"
    uapi.modify(first, ERRORS, {RETRIES: 0x20}, uapi.RESTORE)
    assert drive.file("holder") == line
    uapi.modify(second, ERRORS, {(8, 0xff): 0x20}, uapi.RESTORE)
    uapi.modify(second, ERRORS, {RETRIES: 0x24}, uapi.RESTORE)
    assert drive.file("holder") == 2 * line
    os.close(first)
    assert drive.file("holder") == line
    os.close(second)
    assert drive.file("holder") == ""


def test_number_of_another_namespace(drive):
    """0: from there he can't be seen, and he sees himself as what he is."""
    unshare = ["unshare", "--pid", "--fork", "--mount-proc"]
    path = f"{drive.sysfs}/holder"
    with locked(drive):
        inside = subprocess.run([*unshare, "cat", path], check=True,
                                capture_output=True, text=True).stdout
        assert inside == f"0 {own_comm()}\n"
    with holding(drive, prefix=unshare) as process:
        number = int(drive.file("holder").split()[0])
        children = read(f"/proc/{process.pid}/task/{process.pid}/children")
        assert number == int(children.split()[0])


def test_opener_is_gone(drive):
    """The number is still his, as long as the file is open."""
    own = []

    def open_it():
        own.append(os.open(drive.node, EXCLUSIVE))

    thread = threading.Thread(target=open_it)
    thread.start()
    thread.join()
    assert drive.file("holder").startswith(f"{os.getpid()} ")
    os.close(own[0])
