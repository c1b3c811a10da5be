# SPDX-License-Identifier: MIT
"""
Every status that a MODE SELECT can end in, provoked at a simulated drive through
the real midlayer: its errno, its status block, and what the file last_status says.
"""

import errno

import pytest

import uapi
from attached import attached
from changing import ERRORS, RETRIES, refused, selects, sensed, with_byte
from changing import drive, fd, shared  # noqa: F401, pylint: disable=unused-import
from drives import wait_until
from test_errors import CODES

# pylint: disable=redefined-outer-name

NAMES = {**CODES, "invalid_mode_parameters": uapi.INVALID_MODE_PARAMETERS}
SENSES = [
    # sense, name of the status, errno
    ("2/3a/00", "no_media", errno.ENOMEDIUM),
    ("2/04/00", "becoming_ready", errno.EAGAIN),
    ("2/04/01", "becoming_ready", errno.EAGAIN),
    ("2/04/04", "format_in_progress", errno.EINPROGRESS),
    ("2/04/07", "busy", errno.EALREADY),
    ("2/04/08", "busy", errno.EALREADY),
    ("2/06/00", "upside_down", errno.EMEDIUMTYPE),
    ("2/30/00", "incompatible", errno.EMEDIUMTYPE),
    ("5/30/02", "incompatible", errno.EMEDIUMTYPE),
    ("2/30/11", "speed_mismatch", errno.EMEDIUMTYPE),
    ("5/27/00", "write_protected", errno.EROFS),
    ("7/27/01", "write_protected", errno.EROFS),
    ("7/00/00", "write_protected", errno.EROFS),
    ("3/0c/09", "loss_of_streaming", errno.EPIPE),
    ("4/3e/02", "timeout", errno.ETIMEDOUT),
    ("b/2e/02", "timeout", errno.ETIMEDOUT),
    ("5/25/00", "no_device", errno.ENODEV),
    ("5/20/00", "no_such_page", errno.ENOENT),
    ("5/39/00", "no_such_page", errno.EOPNOTSUPP),
    # These mean something else in answer to MODE SENSE.
    ("5/1a/00", "invalid_mode_parameters", errno.ERANGE),
    ("5/24/00", "invalid_mode_parameters", errno.ERANGE),
    ("5/26/00", "invalid_mode_parameters", errno.ERANGE),
    ("5/26/01", "invalid_mode_parameters", errno.ERANGE),
    ("5/26/02", "invalid_mode_parameters", errno.ERANGE),
    ("5/26/03", "invalid_mode_parameters", errno.ERANGE),
    ("5/2c/00", "invalid_mode_parameters", errno.ERANGE),
    ("5/64/00", "invalid_mode_parameters", errno.ERANGE),
    ("4/44/00", "fail", errno.EIO),
    ("3/02/00", "fail", errno.EIO),
    ("b/00/00", "fail", errno.EIO),
]


def change(fd, **options):
    return uapi.modify(fd, ERRORS, {RETRIES: 0x20}, **options)


@pytest.mark.parametrize("form", ["", "descriptor"])
@pytest.mark.parametrize("sense, name, error", SENSES,
                         ids=[row[0] for row in SENSES])
def test_sense(drive, fd, sense, name, error, form):
    before = drive.sim.page(ERRORS)
    drive.sim.on(f"mode-select: sense {sense} {form}")
    done = change(fd)
    refused(done, error, NAMES[name], uapi.STAGE_SELECT)
    key, asc, ascq = (int(part, 16) for part in sense.split("/"))
    assert sensed(done.status) == (key, asc, ascq)
    assert done.status.scsi_status == 0x02
    assert done.status.flags == uapi.STATUS_SENSE
    assert done.status.sense[0] & 0x7f == (0x72 if form else 0x70)
    assert done.before == before == drive.sim.page(ERRORS)
    assert drive.file("last_status") == \
        f"{name} {key:02x}/{asc:02x}/{ascq:02x}\n"
    # One that does not know the longer form is sent the shorter one.
    assert len(selects(drive)) == 1 + (sense == "5/20/00")


@pytest.mark.parametrize("form", ["", "descriptor"])
@pytest.mark.parametrize("where, flags, byte, bit, name, error", [
    ("field=11.5", uapi.STATUS_FIELD_PAGE | uapi.STATUS_FIELD_BIT, 3, 5,
     "invalid_mode_parameters", errno.ERANGE),
    ("field=10", uapi.STATUS_FIELD_PAGE, 2, 0,
     "invalid_mode_parameters", errno.ERANGE),
    ("field=9", uapi.STATUS_FIELD_PAGE, 1, 0,
     "invalid_mode_parameters", errno.ERANGE),
    # The page code: it has no such page, or not to be changed.
    ("field=8.5", uapi.STATUS_FIELD_PAGE | uapi.STATUS_FIELD_BIT, 0, 5,
     "no_such_page", errno.ENOENT),
    # In the header of the parameter list, and in the command.
    ("field=7", 0, 7, 0, "invalid_mode_parameters", errno.ERANGE),
    ("field=0", 0, 0, 0, "invalid_mode_parameters", errno.ERANGE),
    ("cdb=8.1", uapi.STATUS_FIELD_CDB | uapi.STATUS_FIELD_BIT, 8, 1,
     "invalid_mode_parameters", errno.ERANGE),
])
def test_field_pointer(drive, fd, where, flags, byte, bit, name, error, form):
    drive.sim.on(f"mode-select: sense 5/26/00 {where} {form}")
    done = change(fd)
    refused(done, error, NAMES[name], uapi.STAGE_SELECT)
    assert done.status.flags == \
        uapi.STATUS_SENSE | uapi.STATUS_FIELD | flags
    assert (done.status.field_byte, done.status.field_bit) == (byte, bit)


def test_field_pointer_of_six_bytes():
    """The header of the parameter list is shorter."""
    with attached("scsi2-reader") as drive:
        for where, place in ("field=7.4", (3, 4)), ("field=5.0", (1, 0)):
            drive.sim.on(f"mode-select: sense 5/26/00 {where}")
            done = change(drive.fd)
            refused(done, errno.ERANGE, uapi.INVALID_MODE_PARAMETERS,
                    uapi.STAGE_SELECT)
            assert done.place == place
            drive.sim.off()


def test_field_pointer_after_the_shorter_form_was_tried(drive, fd):
    drive.sim.on("mode-select form=10: sense 5/20/00")
    drive.sim.on("mode-select form=6: sense 5/26/00 field=12.7")
    assert change(fd).place == (8, 7)


def test_bit_that_a_drive_refuses_by_itself():
    """As it is told to write a page whatever can be changed of it."""
    with attached("cd-writer") as drive:
        drive.sim.clear()
        page = bytearray(drive.sim.page(0x2a))
        page[8] ^= 0x18
        done = uapi.set_page(drive.fd, page)
        refused(done, errno.ERANGE, uapi.INVALID_MODE_PARAMETERS,
                uapi.STAGE_SELECT)
        assert done.place == (8, 4)
        assert sensed(done.status) == (5, 0x26, 0)


def test_drive_that_wants_a_block_descriptor():
    """None is sent: it would set the block length, too."""
    with attached("strict-writer") as drive:
        done = change(drive.fd)
        refused(done, errno.ERANGE, uapi.INVALID_MODE_PARAMETERS,
                uapi.STAGE_SELECT)
        assert done.status.flags & uapi.STATUS_FIELD_PAGE == 0
        assert done.status.field_byte == 6


def test_drive_without_mode_select():
    with attached("read-only") as drive:
        done = uapi.set_page(drive.fd, drive.sim.page(ERRORS))
        refused(done, errno.ENOENT, uapi.NO_SUCH_PAGE, uapi.STAGE_SELECT)
        assert sensed(done.status) == (5, 0x20, 0)


def test_deferred_error_is_of_another_command(drive, fd):
    drive.sim.on("mode-select times=1: sense 3/0c/09 deferred")
    done = change(fd)
    assert (done.error, done.result) == (0, uapi.RESULT_SELECTED)
    assert len(selects(drive)) == 2
    assert drive.sim.page(ERRORS)[3] == 0x20


def test_deferred_errors_without_end(drive, fd):
    drive.sim.on("mode-select: sense 3/0c/09 deferred")
    refused(change(fd), errno.EPIPE, CODES["loss_of_streaming"],
            uapi.STAGE_SELECT)
    assert 2 <= len(selects(drive)) <= 5


def test_reservation_conflict(drive, fd):
    drive.sim.on("mode-select: status 18")
    done = change(fd)
    refused(done, errno.EBUSY, uapi.LOCKED, uapi.STAGE_SELECT)
    assert (done.status.scsi_status, done.status.flags) == (0x18, 0)
    assert drive.file("last_status").startswith("locked ")


@pytest.mark.parametrize("host, name, error", [
    ("01", "no_device", errno.ENODEV),
    ("04", "no_device", errno.ENODEV),
    ("07", "fail", errno.EIO),
])
def test_host_byte(drive, fd, host, name, error):
    drive.sim.on(f"mode-select: host {host}")
    done = change(fd)
    refused(done, error, CODES[name], uapi.STAGE_SELECT)
    assert done.status.host_byte == int(host)


def test_late_answer_is_waited_for(drive, fd):
    drive.sim.on("mode-select times=1: late 3")
    assert change(fd).error == 0
    assert len(selects(drive)) == 1


def test_next_one_is_as_if_nothing_had_been(drive, fd):
    drive.sim.on("mode-select times=1: sense 4/44/00")
    before = drive.sim.page(ERRORS)
    assert change(fd).error == errno.EIO
    done = change(fd)
    assert (done.error, done.before) == (0, before)
    assert done.after == with_byte(before, 3, 0x20)


def test_unplug_in_the_middle_of_a_select():
    with attached("dvd-writer") as drive:
        drive.sim.on("mode-select: unplug")
        done = change(drive.fd)
        refused(done, errno.ENODEV, uapi.NO_DEVICE, uapi.STAGE_SELECT)
        wait_until(lambda: not drive.sim.plugged, "it is unplugged")
        done = change(drive.fd)
        assert (done.error, done.status.code) == (errno.ENODEV, uapi.NO_DEVICE)


def test_busy_status():
    """The midlayer asks again as long as a command may take."""
    with attached("dvd-writer") as drive:
        drive.sim.on("mode-select: status 08")
        done = change(drive.fd, timeout_ms=1)
        refused(done, errno.EALREADY, uapi.BUSY, uapi.STAGE_SELECT)
        assert done.status.scsi_status == 0x08


def test_no_answer():
    """A time-out of 30 s, the least there is; then VHBA gives the drive up."""
    with attached("dvd-reader", "dvd-reader", "dvd-writer") as found:
        drive = found[2]
        drive.sim.on("mode-select: never")
        done = change(drive.fd, timeout_ms=1)
        refused(done, errno.ETIMEDOUT, uapi.TIMEOUT, uapi.STAGE_SELECT)
        assert len(selects(drive)) == 1
        assert change(drive.fd, timeout_ms=1).error == errno.ENODEV
