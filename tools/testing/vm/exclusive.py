# SPDX-License-Identifier: MIT
"""Having a drive for oneself, here or in a process of its own."""

import contextlib
import os
import subprocess
import sys

EXCLUSIVE = os.O_RDWR | os.O_EXCL | os.O_CLOEXEC


def open_errno(drive, flags=EXCLUSIVE):
    """Of an open() that is closed at once."""
    try:
        os.close(os.open(drive.node, flags))
    except OSError as error:
        return error.errno
    return 0


@contextlib.contextmanager
def locked(drive, flags=EXCLUSIVE):
    number = os.open(drive.node, flags)
    try:
        yield number
    finally:
        os.close(number)


HOLD = """
import os, sys
fd = os.open(sys.argv[1], os.O_RDWR | os.O_EXCL)
open("/proc/self/comm", "w").write(sys.argv[2])
if len(sys.argv) > 3:
    os.close(fd)
    fd = os.open(sys.argv[1], os.O_RDWR | os.O_EXCL)
print("held", flush=True)
sys.stdin.read()
"""


@contextlib.contextmanager
def holding(drive, comm="other", again=False, prefix=()):
    """A process that has it, under a name that it was given after or before."""
    command = [*prefix, sys.executable, "-c", HOLD, drive.node, comm]
    with subprocess.Popen([*command, "again"] if again else command,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          text=True) as process:
        try:
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            # It ends by itself then, and what it runs under after it.
            process.stdin.close()
            process.wait(timeout=60)
