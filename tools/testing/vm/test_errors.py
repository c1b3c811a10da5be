# SPDX-License-Identifier: MIT
"""
Every status that a MODE SENSE can end in, provoked at a simulated drive
through the real midlayer: its errno, its status block, what sysfs says, and
what the command says.
"""

import errno
import fcntl
import os

import pytest

import uapi
from attached import attached
from drives import modepages, wait_until
from simulated import sgio

CDROM_MEDIA_CHANGED, CDSL_CURRENT = 0x5325, 0x7fffffff

SENSES = [
    # sense, name of the status, errno
    ("2/3a/00", "no_media", errno.ENOMEDIUM),
    ("2/3a/01", "no_media", errno.ENOMEDIUM),
    ("2/3a/02", "no_media", errno.ENOMEDIUM),
    ("2/04/03", "no_media", errno.ENOMEDIUM),
    ("2/04/00", "becoming_ready", errno.EAGAIN),
    ("2/04/01", "becoming_ready", errno.EAGAIN),
    ("2/04/02", "becoming_ready", errno.EAGAIN),
    ("2/04/04", "format_in_progress", errno.EINPROGRESS),
    ("2/04/07", "busy", errno.EALREADY),
    ("2/04/08", "busy", errno.EALREADY),
    ("2/06/00", "upside_down", errno.EMEDIUMTYPE),
    ("3/06/00", "upside_down", errno.EMEDIUMTYPE),
    ("2/30/00", "incompatible", errno.EMEDIUMTYPE),
    ("5/30/02", "incompatible", errno.EMEDIUMTYPE),
    ("3/57/00", "incompatible", errno.EMEDIUMTYPE),
    ("5/64/00", "incompatible", errno.EMEDIUMTYPE),
    ("3/31/00", "incompatible", errno.EMEDIUMTYPE),
    ("2/30/11", "speed_mismatch", errno.EMEDIUMTYPE),
    ("5/27/00", "write_protected", errno.EROFS),
    ("7/27/01", "write_protected", errno.EROFS),
    ("7/00/00", "write_protected", errno.EROFS),
    ("3/0c/09", "loss_of_streaming", errno.EPIPE),
    ("5/bf/00", "loss_of_streaming", errno.EPIPE),
    ("3/11/11", "loss_of_streaming", errno.EPIPE),
    ("4/08/01", "timeout", errno.ETIMEDOUT),
    ("4/3e/02", "timeout", errno.ETIMEDOUT),
    ("5/2e/01", "timeout", errno.ETIMEDOUT),
    ("5/25/00", "no_device", errno.ENODEV),
    ("5/20/00", "no_such_page", errno.ENOENT),
    ("5/24/00", "no_such_page", errno.ENOENT),
    ("5/26/00", "no_such_page", errno.ENOENT),
    ("5/39/00", "no_such_page", errno.EOPNOTSUPP),
    ("4/44/00", "fail", errno.EIO),
    ("4/09/01", "fail", errno.EIO),
    ("8/00/00", "fail", errno.EIO),
    ("3/02/00", "fail", errno.EIO),
]

CODES = {
    "ok": 0, "fail": 2, "timeout": 4, "invalid_response": 5,
    "upside_down": 6, "becoming_ready": 7, "no_media": 8,
    "format_in_progress": 9, "busy": 10, "loss_of_streaming": 11,
    "incompatible": 12, "no_such_page": 13, "write_protected": 15,
    "speed_mismatch": 16, "no_device": 17, "locked": 18,
}


@pytest.fixture(scope="module")
def shared():
    with attached("dvd-writer") as drive:
        yield drive


@pytest.fixture
def drive(shared):
    shared.sim.off()
    # What it is still to be asked for the news of before is asked now.
    shared.write("refresh", 1)
    shared.sim.clear()
    yield shared
    shared.sim.off()


def sysfs_errno(drive, page):
    fd = os.open(f"{drive.sysfs}/modepages/{page:02x}", os.O_RDONLY)
    try:
        os.read(fd, 4096)
    except OSError as failure:
        return failure.errno
    finally:
        os.close(fd)
    return 0


@pytest.mark.parametrize("form", ["", "descriptor"])
@pytest.mark.parametrize("sense, name, error", SENSES,
                         ids=[row[0] for row in SENSES])
def test_sense(drive, sense, name, error, form):
    drive.sim.on(f"mode-sense: sense {sense} {form}")
    got, result, data = drive.get(0x01)
    assert (got, result.status.code) == (error, CODES[name])
    assert result.status.stage == uapi.STAGE_SENSE
    assert result.status.scsi_status == 0x02
    assert result.status.flags & uapi.STATUS_SENSE
    key, asc, ascq = (int(part, 16) for part in sense.split("/"))
    assert (result.status.sense_key, result.status.asc, result.status.ascq) \
        == (key, asc, ascq)
    assert result.status.sense[0] & 0x7f == (0x72 if form else 0x70)
    assert set(data) == {0xa5}
    assert drive.file("last_status") == \
        f"{name} {key:02x}/{asc:02x}/{ascq:02x}\n"
    assert len(drive.asked()) == 1
    refused = error in (errno.ENOENT, errno.EOPNOTSUPP)
    assert sysfs_errno(drive, 0x01) == (errno.ENODATA if refused else error)


@pytest.mark.parametrize("form", ["", "descriptor"])
@pytest.mark.parametrize("where, flags, byte, bit", [
    ("cdb=2.5", uapi.STATUS_FIELD | uapi.STATUS_FIELD_CDB |
     uapi.STATUS_FIELD_BIT, 2, 5),
    ("cdb=1", uapi.STATUS_FIELD | uapi.STATUS_FIELD_CDB, 1, 0),
    ("field=300.7", uapi.STATUS_FIELD | uapi.STATUS_FIELD_BIT, 300, 7),
])
def test_field_pointer(drive, where, flags, byte, bit, form):
    drive.sim.on(f"mode-sense: sense 5/24/00 {where} {form}")
    _, result, _ = drive.get(0x01)
    assert result.status.flags == uapi.STATUS_SENSE | flags
    assert (result.status.field_byte, result.status.field_bit) == (byte, bit)


def test_short_sense(drive):
    """What an old drive does not send is not made up."""
    drive.sim.on("mode-sense: sense 2/3a/00 length=8")
    got, result, _ = drive.get(0x01)
    assert (got, result.status.sense_key, result.status.asc) == \
        (errno.EIO, 2, 0)


def test_recovered_error_is_success(drive):
    """VHBA carries no data beside sense; the status is what counts."""
    drive.sim.on("mode-sense: sense 1/37/00")
    got, result, _ = drive.get(0x01)
    assert (got, result.status.code) == \
        (errno.EPROTO, uapi.INVALID_RESPONSE)


def test_deferred_error_is_of_another_command(drive):
    drive.sim.on("mode-sense times=1: sense 3/0c/09 deferred")
    assert drive.page(0x01) == drive.sim.page(0x01)
    assert len(drive.asked()) == 2


def test_deferred_errors_without_end(drive):
    drive.sim.on("mode-sense: sense 3/0c/09 deferred")
    got, result, _ = drive.get(0x01)
    assert (got, result.status.code) == \
        (errno.EPIPE, CODES["loss_of_streaming"])
    assert 2 <= len(drive.asked()) <= 5


def test_reservation_conflict(drive):
    drive.sim.on("mode-sense: status 18")
    got, result, _ = drive.get(0x01)
    assert (got, result.status.code) == (errno.EBUSY, CODES["locked"])
    assert result.status.scsi_status == 0x18
    assert result.status.flags == 0


@pytest.mark.parametrize("host, name, error", [
    ("01", "no_device", errno.ENODEV),
    ("04", "no_device", errno.ENODEV),
    ("07", "fail", errno.EIO),
])
def test_host_byte(drive, host, name, error):
    drive.sim.on(f"mode-sense: host {host}")
    got, result, _ = drive.get(0x01)
    assert (got, result.status.code) == (error, CODES[name])


ATTENTIONS = [
    # what the drive says, whether what was known of it is of no use any more
    ("28/00", True), ("29/00", True), ("29/04", True), ("2a/01", True),
    ("3f/01", True), ("2e/00", False), ("2a/09", False),
]


@pytest.mark.parametrize("attention, forgets", ATTENTIONS)
def test_unit_attention(drive, attention, forgets):
    """It is asked again, and what it said is noted."""
    drive.file("modepages/0e", "rb")
    before = uapi.info(drive.fd)[1].generation
    drive.sim.clear()
    drive.sim.on(f"mode-sense times=1: sense 6/{attention}")
    assert drive.page(0x01) == drive.sim.page(0x01)
    assert len(drive.asked()) == 2
    after = uapi.info(drive.fd)[1].generation
    assert (after > before) == forgets
    cached = drive.get(0x0e, flags=uapi.CACHED)[0]
    assert cached == (errno.ENODATA if forgets else 0)


def test_unit_attentions_without_end(drive):
    drive.sim.on("mode-sense: sense 6/29/00")
    got, result, _ = drive.get(0x01)
    assert (got, result.status.code) == (errno.EIO, CODES["fail"])
    assert 3 <= len(drive.asked()) <= 8


def test_unit_attention_still_reaches_sr(drive):
    """
    A new disc that was announced to us is announced to sr's users too. Whoever
    else asks sr at that moment delays that, but takes it from nobody.
    """
    sgio.stop_polling(drive.sim.block)
    fd = os.open(drive.sim.block, os.O_RDONLY | os.O_NONBLOCK)

    def changed():
        return fcntl.ioctl(fd, CDROM_MEDIA_CHANGED, CDSL_CURRENT)

    try:
        wait_until(lambda: not changed(), "nothing new is told")
        drive.sim.on("mode-sense form=10 times=1: sense 6/28/00")
        assert drive.get(0x01)[0] == 0
        wait_until(changed, "the new disc is told")
    finally:
        os.close(fd)


def test_late_answer_is_waited_for(drive):
    drive.sim.on("mode-sense times=1: late 3")
    assert drive.page(0x01) == drive.sim.page(0x01)


def test_unplug_in_the_middle_of_a_command():
    with attached("dvd-writer") as drive:
        drive.sim.on("mode-sense page=0e: unplug")
        got, result, data = drive.get(0x0e)
        assert (got, result.status.code) == \
            (errno.ENODEV, CODES["no_device"])
        assert set(data) == {0xa5}
        wait_until(lambda: not drive.sim.plugged, "it is unplugged")


def test_unplug_under_a_sysfs_reader():
    with attached("dvd-writer") as drive:
        drive.sim.on("mode-sense: unplug")
        assert sysfs_errno(drive, 0x0e) == errno.ENODEV
        wait_until(lambda: not drive.sim.plugged, "it is unplugged")


def test_busy_status():
    """The midlayer asks again as long as a command may take."""
    with attached("dvd-writer") as drive:
        drive.sim.on("mode-sense: status 08")
        got, result, _ = drive.get(0x01, timeout_ms=1)
        assert (got, result.status.code) == (errno.EALREADY, CODES["busy"])
        assert result.status.scsi_status == 0x08


def test_no_answer():
    """A time-out of 30 s, the least there is; then VHBA gives the drive up."""
    with attached("dvd-reader", "dvd-reader", "dvd-writer") as found:
        drive = found[2]
        drive.sim.on("mode-sense page=0e: never")
        got, result, _ = drive.get(0x0e, timeout_ms=1)
        assert (got, result.status.code) == \
            (errno.ETIMEDOUT, CODES["timeout"])
        assert drive.get(0x0e, timeout_ms=1)[0] == errno.ENODEV
        assert len(drive.asked(page=0x0e)) == 1


def test_command_says_each_in_other_words(drive):
    """A sentence for each status, and a different one."""
    sentences = {}
    for sense, name, _ in SENSES:
        drive.sim.off()
        drive.sim.on(f"mode-sense: sense {sense}")
        status, out, errors = modepages("show", drive.node, "01", "--fresh")
        assert (status, out, len(errors)) == (1, b"", 1)
        assert name in errors[0]
        sentences.setdefault(name, errors[0].split(": ", 3)[3].split(" (")[0])
    assert len(set(sentences.values())) == len(sentences)
