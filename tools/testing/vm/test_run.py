# SPDX-License-Identifier: MIT
"""
modepages run: a command with settings that last as long as it, whatever becomes of
who has started it.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time

import pytest

import drives
from attached import attached
from changing import ERRORS, selects, with_byte
from drives import granted_to, modepages, read, wait_until
from exclusive import locked

MODEPAGES = "/usr/bin/modepages"
POWER = 0x1a
CDROM = 24

# Writes a line to a file, waits for a byte, and ends; a signal that it can have
# writes its number.
COMMAND = """
import os, signal, sys
said = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def note(number, frame):
    os.write(said, f"{number}\\n".encode())
for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, note)
os.write(said, b"begins\\n")
while True:
    signal.pause()
"""


@pytest.fixture(scope="module")
def shared():
    with attached("dvd-writer", polled=False) as found:
        yield found


@pytest.fixture
def drive(shared):
    """As at the beginning; and no test leaves anything behind."""
    shared.sim.reset()
    shared.write("refresh", 1)
    shared.sim.clear()
    before = {page: shared.sim.page(page) for page in shared.supported()}
    yield shared
    wait_until(lambda: shared.file("holder") == "", "nobody holds anything")
    assert {page: shared.sim.page(page) for page in before} == before


def run(drive, *words, **options):
    """exit code, stdout, lines of stderr"""
    done = subprocess.run([MODEPAGES, "run", drive.node, *words],
                          capture_output=True, text=True, timeout=120,
                          check=False, **options)
    return done.returncode, done.stdout, done.stderr.splitlines()


@contextlib.contextmanager
def running(drive, tmp_path, *words, **options):
    """Both processes, with settings; a list of what the command has said."""
    path = tmp_path / "said"
    with subprocess.Popen([MODEPAGES, "run", drive.node, *words, "rw.rrc=32", "--",
                           sys.executable, "-c", COMMAND, str(path)],
                          start_new_session=True, **options) as process:
        try:
            wait_until(lambda: path.exists() and read(path), "it begins")
            assert drive.sim.page(ERRORS)[3] == 32
            yield process, lambda: read(path).split()
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def command_of(process):
    """The pid of its only child."""
    return int(read(f"/proc/{process.pid}/task/{process.pid}/children"))


def test_settings_last_as_long_as_the_command(drive):
    """It sees them, and nobody after it; its output and input are its own."""
    script = f"cat; {MODEPAGES} get {drive.node} rw.rrc po.idle --fresh"
    code, out, errors = run(drive, "rw.rrc=32", "po.idle=0", "--", "sh", "-c",
                            script, input="words\n")
    assert (code, errors) == (0, [])
    assert out == "words\nrw.rrc=32\npo.idle=0\n"
    # Two pages written, and both put back.
    assert len(selects(drive)) == 4
    assert drive.sim.page(ERRORS)[3] == 16


def test_holder(drive):
    code, out, _ = run(drive, "rw.rrc=32", "--", "cat", f"{drive.sysfs}/holder")
    assert code == 0
    assert out.split()[1:] == ["modepages"]


@pytest.mark.parametrize("code", [0, 1, 2, 7, 127, 255])
def test_exit_code_of_the_command(drive, code):
    assert run(drive, "rw.rrc=32", "--", "sh", "-c", f"exit {code}") == \
        (code, "", [])


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM,
                                    signal.SIGINT, signal.SIGSEGV])
def test_command_that_a_signal_ends(drive, number):
    assert run(drive, "rw.rrc=32", "--", "sh", "-c", f"kill -{int(number)} $$") \
        == (128 + number, "", [])


@pytest.mark.parametrize("command", ["/nosuch", "nosuch", "/etc/passwd", "/"])
def test_command_that_can_not_be_started(drive, command):
    code, out, errors = run(drive, "rw.rrc=32", "--", command)
    assert (code, out, len(errors)) == (127, "", 1)
    assert errors[0].startswith(f"modepages: {command}: can not be started: ")


@pytest.mark.parametrize("words, code, named", [
    (["rw.rrc=32"], 2, "no command"),
    (["rw.rrc=32", "--"], 2, "no command"),
    (["rw.rrc=32", "echo", "here"], 2, "no command"),
    (["--", "echo", "here"], 2, "no FIELD=VALUE"),
    (["rw.rrc=256", "--", "echo", "here"], 2, "255"),
    (["rw.rrcc=1", "--", "echo", "here"], 2, "rw.rrcc"),
    (["rw.rrc=32", "echo", "--", "echo", "here"], 2, "'echo'"),
    (["rw.rrc=32", "--save", "--", "echo", "here"], 2, "--save"),
    (["rw.rrc=32", "rw.tb=1", "--", "echo", "here"], 1, "rw.tb: the drive does not"),
    (["rw.rrc=32", "ca.mf=1", "--", "echo", "here"], 1, "ca.mf: the drive does not"),
    (["rw.rrc=32", "3e.2:7:8=1", "--", "echo", "here"], 1, "page 3e"),
    (["rw.rrc=32", "--expect", "wp.wr_t=1", "--", "echo", "here"], 1,
     "wp.wr_t: is 0, and not 1 as expected"),
])
def test_settings_that_can_not_be_made(drive, words, code, named):
    """Then the command does not run, and no page was written."""
    result, out, errors = run(drive, *words)
    assert (result, out, len(errors)) == (code, "", 1)
    assert named in errors[0]
    assert not selects(drive)


def test_drive_that_refuses(drive):
    """What was written before is put back; the command does not run."""
    drive.sim.on(f"mode-select page={POWER:02x}: sense 5/26/00 field=11.1")
    code, out, errors = run(drive, "rw.rrc=32", "po.idle=0", "--", "echo", "here")
    assert (code, out, len(errors)) == (1, "", 1)
    assert "po.idle: the drive refused the new values" in errors[0]
    assert [command.received[8] for command in selects(drive)] == \
        [ERRORS, POWER, ERRORS]


def test_drive_that_rounds(drive):
    script = f"{MODEPAGES} get {drive.node} rw.rrc --fresh"
    assert run(drive, "rw.rrc=33", "--", "sh", "-c", script) == (0, "32\n", [])


def test_options_of_the_command(drive):
    """All behind the first "--" is the command's, in its order."""
    assert run(drive, "rw.rrc=32", "--expect", "rw.rrc=16", "--", "echo", "--json",
               "-h", "--", "rw.rrc=1", "--expect")[:2] == \
        (0, "--json -h -- rw.rrc=1 --expect\n")


def test_words_for_the_drive():
    """It may be left out where there is one; here there are several."""
    status, out, errors = modepages("run", "rw.rrc=32", "--", "echo", "here")
    assert (status, out, len(errors)) == (2, b"", 1)
    assert "several drives" in errors[0]


def test_exclusive(drive):
    script = f"{MODEPAGES} show {drive.node} 01 --fresh"
    code, _, errors = run(drive, "rw.rrc=32", "--exclusive", "--", "sh", "-c",
                          script)
    assert (code, len(errors)) == (1, 1)
    assert "another program holds the drive" in errors[0]
    with locked(drive):
        code, out, errors = run(drive, "rw.rrc=32", "--exclusive", "--", "echo",
                                "here")
        assert (code, out, len(errors)) == (1, "", 1)
        assert "wait until it lets go" in errors[0]
        code, out, errors = run(drive, "rw.rrc=32", "--", "echo", "here")
        assert (code, out, len(errors)) == (1, "", 1)


def files_of(pid, node):
    """The numbers of the descriptors of it that are the node."""
    found = []
    for name in os.listdir(f"/proc/{pid}/fd"):
        with contextlib.suppress(FileNotFoundError):
            if os.readlink(f"/proc/{pid}/fd/{name}") == node:
                found.append(int(name))
    return found


def test_command_has_the_file(drive, tmp_path):
    """One, and never as its input or output."""
    with running(drive, tmp_path) as (process, _):
        number, = files_of(command_of(process), drive.node)
        assert number > 2


def test_closed_input_and_output(drive, tmp_path):
    """The file of the drive does not take their places."""
    path = tmp_path / "files"
    script = f"ls -l /proc/self/fd/ >{path} 2>&1"
    done = subprocess.run(["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", MODEPAGES,
                           "run", drive.node, "rw.rrc=32", "--", "sh", "-c", script],
                          timeout=120, check=False)
    assert done.returncode == 0
    links = dict(line.split()[-3::2] for line in read(path).splitlines()
                 if "->" in line)
    found = [int(name) for name, link in links.items() if link == drive.node]
    assert len(found) == 1 and found[0] > 2


# Signals.

def test_same_process_group(drive, tmp_path):
    with running(drive, tmp_path) as (process, _):
        assert os.getpgid(command_of(process)) == os.getpgid(process.pid)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT])
def test_key_that_sends_a_signal(drive, tmp_path, number):
    """^C: the command has it, once, and decides; nothing is put back before."""
    with running(drive, tmp_path) as (process, said):
        os.killpg(process.pid, number)
        wait_until(lambda: len(said()) > 1, "it has got it")
        time.sleep(1)
        assert said() == ["begins", str(int(number))]
        assert process.poll() is None
        assert drive.sim.page(ERRORS)[3] == 32
        os.kill(command_of(process), signal.SIGKILL)
        assert process.wait(60) == 128 + signal.SIGKILL
        assert drive.sim.page(ERRORS)[3] == 16


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_signal_for_both(drive, tmp_path, number):
    """Who ends this process means the command."""
    with running(drive, tmp_path) as (process, said):
        process.send_signal(number)
        wait_until(lambda: len(said()) > 1, "it has got it")
        assert said() == ["begins", str(int(number))]
        assert process.poll() is None
        os.kill(command_of(process), signal.SIGKILL)
        assert process.wait(60) == 128 + signal.SIGKILL


def test_signal_that_ends_the_command(drive):
    """It has them as if it had been started without us."""
    with subprocess.Popen([MODEPAGES, "run", drive.node, "rw.rrc=32", "--", "sleep",
                           "1000"], start_new_session=True) as process:
        try:
            wait_until(lambda: read(f"/proc/{process.pid}/task/{process.pid}"
                                    "/children"), "it runs")
            wait_until(lambda: "sleep" in
                       read(f"/proc/{command_of(process)}/comm"), "it has begun")
            state = read(f"/proc/{command_of(process)}/status")
            assert "SigBlk:\t0000000000000000\n" in state
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 128 + signal.SIGTERM
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    assert drive.sim.page(ERRORS)[3] == 16


def test_children_that_nobody_waits_for(drive):
    """SIGCHLD may have been ignored by who has started it."""
    def ignore():
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)

    assert run(drive, "rw.rrc=32", "--", "sh", "-c", "exit 5",
               preexec_fn=ignore) == (5, "", [])
    # A shell would have changed that for itself.
    code, out, _ = run(drive, "rw.rrc=32", "--", "grep", "SigIgn",
                       "/proc/self/status", preexec_fn=ignore)
    assert code == 0
    assert int(out.split()[1], 16) >> (signal.SIGCHLD - 1) & 1


def test_killed(drive, tmp_path):
    """The command lives on, and so do its settings."""
    with running(drive, tmp_path) as (process, said):
        command = command_of(process)
        process.kill()
        assert process.wait(60) == -signal.SIGKILL
        time.sleep(1)
        assert read(f"/proc/{command}/comm")
        assert drive.sim.page(ERRORS)[3] == 32
        assert drive.file("holder") != ""
        os.kill(command, signal.SIGTERM)
        wait_until(lambda: len(said()) > 1, "it lives")
        assert drive.sim.page(ERRORS)[3] == 32
        os.kill(command, signal.SIGKILL)
        wait_until(lambda: drive.sim.page(ERRORS)[3] == 16, "it is put back")


def test_both_killed(drive, tmp_path):
    with running(drive, tmp_path) as (process, _):
        os.killpg(process.pid, signal.SIGKILL)
        assert process.wait(60) == -signal.SIGKILL
        wait_until(lambda: drive.sim.page(ERRORS)[3] == 16, "it is put back")


def test_command_that_goes_into_the_background(drive):
    """As long as one of its processes has the file."""
    code, out, _ = run(drive, "rw.rrc=32", "--", "sh", "-c",
                       "sleep 1000 >/dev/null 2>&1 & echo $!")
    assert code == 0
    assert drive.sim.page(ERRORS)[3] == 32
    os.kill(int(out), signal.SIGKILL)
    wait_until(lambda: drive.sim.page(ERRORS)[3] == 16, "it is put back")


def test_what_others_change_meanwhile(drive):
    """The bits of the settings are put back, and no others."""
    script = f"{MODEPAGES} set {drive.node} rw.wrc=9"
    before = drive.sim.page(ERRORS)
    code, out, errors = run(drive, "rw.rrc=32", "--", "sh", "-c", script)
    assert (code, out, errors) == (0, "rw.wrc: 16 -> 9\n", [])
    assert drive.sim.page(ERRORS) == with_byte(before, 8, 9)
    drive.sim.set_page(ERRORS, before)


# Rights.

@pytest.fixture
def granted(drive):
    with granted_to(drive.node, CDROM):
        yield drive


def as_user(drive, group, *words):
    done = subprocess.run(["setpriv", "--reuid=nobody", f"--regid={group}",
                           "--clear-groups", "--", MODEPAGES, "run", drive.node,
                           "rw.rrc=32", "--", *words], capture_output=True,
                          text=True, timeout=120, check=False)
    return done.returncode, done.stdout, done.stderr.splitlines()


def test_user_who_may_open_the_node(granted):
    """Nothing else is needed; not the block device, and not root."""
    script = f"id -un; {MODEPAGES} get {granted.node} rw.rrc --fresh"
    assert as_user(granted, "cdrom", "sh", "-c", script) == \
        (0, "nobody\n32\n", [])


def test_user_who_may_not(granted):
    code, out, errors = as_user(granted, "nogroup", "echo", "here")
    assert (code, out, len(errors)) == (1, "", 1)
    assert granted.node in errors[0]


def test_drive_of_qemu():
    found = drives.of_kind("virtio")
    value = drives.raw_page(found, 0, 0x08)[0][2] >> 2 & 1
    script = f"{MODEPAGES} get {found.node} ca.wce --fresh"
    status, out, errors = modepages("run", found.block, f"ca.wce={1 - value}", "--",
                                    "sh", "-c", script)
    assert (status, out.decode(), errors) == (0, f"{1 - value}\n", [])
    assert drives.raw_page(found, 0, 0x08)[0][2] >> 2 & 1 == value
