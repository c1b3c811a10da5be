// SPDX-License-Identifier: MIT
/*
 * The status object: what the drive said, and what that means for people.
 */
#include <stdlib.h>

#include "internal.h"

#define SAME(name) \
	_Static_assert((int)LIBMODEPAGES_##name == (int)MODEPAGES_##name, \
		       #name " differs from the kernel's")

SAME(STATUS_OK);
SAME(STATUS_INVALID_ARGUMENT);
SAME(STATUS_FAIL);
SAME(STATUS_NO_MEMORY);
SAME(STATUS_TIMEOUT);
SAME(STATUS_INVALID_RESPONSE);
SAME(STATUS_UPSIDE_DOWN);
SAME(STATUS_BECOMING_READY);
SAME(STATUS_NO_MEDIA);
SAME(STATUS_FORMAT_IN_PROGRESS);
SAME(STATUS_BUSY);
SAME(STATUS_LOSS_OF_STREAMING);
SAME(STATUS_INCOMPATIBLE);
SAME(STATUS_NO_SUCH_PAGE);
SAME(STATUS_INVALID_MODE_PARAMETERS);
SAME(STATUS_WRITE_PROTECTED);
SAME(STATUS_SPEED_MISMATCH);
SAME(STATUS_NO_DEVICE);
SAME(STATUS_LOCKED);
SAME(STATUS_NOT_CHANGEABLE);
SAME(STATUS_CHANGED_MEANWHILE);
SAME(STATUS_VERIFY_FAILED);
SAME(STAGE_NONE);
SAME(STAGE_SENSE);
SAME(STAGE_PARSE);
SAME(STAGE_CHECK);
SAME(STAGE_SELECT);
SAME(STAGE_VERIFY);
SAME(CONTROL_CURRENT);
SAME(CONTROL_CHANGEABLE);
SAME(CONTROL_DEFAULT);
SAME(CONTROL_SAVED);

static const char * const texts[] = {
	[LIBMODEPAGES_STATUS_OK] = "all went well",
	[LIBMODEPAGES_STATUS_INVALID_ARGUMENT] =
		"the request is not a valid one and was not sent; check page, control and flags, and that the drive was opened for it",
	[LIBMODEPAGES_STATUS_FAIL] =
		"the drive or the way to it failed; look at the sense data and the kernel log",
	[LIBMODEPAGES_STATUS_NO_MEMORY] =
		"there was not enough memory; close other programs and try again",
	[LIBMODEPAGES_STATUS_TIMEOUT] =
		"the drive did not answer in time; wait for it to settle, else reset it or check its cable",
	[LIBMODEPAGES_STATUS_INVALID_RESPONSE] =
		"the drive sent data that can not be right; try again, else update its firmware or its USB bridge",
	[LIBMODEPAGES_STATUS_UPSIDE_DOWN] =
		"the drive found no reference position; the disc may be upside down, blank or unreadable: turn, clean or change it",
	[LIBMODEPAGES_STATUS_BECOMING_READY] =
		"the drive is becoming ready; try again in a few seconds",
	[LIBMODEPAGES_STATUS_NO_MEDIA] =
		"there is no disc in the drive, and it wants one for this; insert a disc",
	[LIBMODEPAGES_STATUS_FORMAT_IN_PROGRESS] =
		"the disc is being formatted; try again when that is over",
	[LIBMODEPAGES_STATUS_BUSY] =
		"the drive is busy with something long, such as a write; try again when that is over",
	[LIBMODEPAGES_STATUS_LOSS_OF_STREAMING] =
		"an earlier write or read lost its data stream; check the disc it was writing, then try again",
	[LIBMODEPAGES_STATUS_INCOMPATIBLE] =
		"the drive can not use this disc; try another kind of disc",
	[LIBMODEPAGES_STATUS_NO_SUCH_PAGE] =
		"the drive does not have this page, or not these values of it; see the list of its pages",
	[LIBMODEPAGES_STATUS_INVALID_MODE_PARAMETERS] =
		"the drive refused the new values; change only what the changeable values allow",
	[LIBMODEPAGES_STATUS_WRITE_PROTECTED] =
		"the disc or the drive is write protected; remove the protection",
	[LIBMODEPAGES_STATUS_SPEED_MISMATCH] =
		"the disc's speed is out of the drive's range; take a disc of another speed",
	[LIBMODEPAGES_STATUS_NO_DEVICE] =
		"the drive is gone; plug it in and open it again",
	[LIBMODEPAGES_STATUS_LOCKED] =
		"another program holds the drive; wait until it lets go",
	[LIBMODEPAGES_STATUS_NOT_CHANGEABLE] =
		"the drive does not let a bit of the new values be changed, so nothing was sent; see the changeable values",
	[LIBMODEPAGES_STATUS_CHANGED_MEANWHILE] =
		"the page was changed by somebody else, so nothing was sent; read it again and decide anew",
	[LIBMODEPAGES_STATUS_VERIFY_FAILED] =
		"the drive took the new values, but does not hold them now; read the page to see what it made of them",
};

/* Set the outcome, and return its errno. */
int status_fail(struct modepages_status *status, u32 code, u32 stage)
{
	status->code = code;
	status->stage = stage;
	return status_errno(status);
}

/*
 * A system call failed and nobody said more. The caller gets the errno as it
 * is; the status gets what comes closest to it.
 */
int status_from_errno(struct modepages_status *status, int error)
{
	status->stage = MODEPAGES_STAGE_SENSE;
	switch (error) {
	case ENODEV:
	case ENXIO:
		status->code = MODEPAGES_STATUS_NO_DEVICE;
		return -ENODEV;
	case ENOMEM:
		status->code = MODEPAGES_STATUS_NO_MEMORY;
		break;
	case ETIMEDOUT:
		status->code = MODEPAGES_STATUS_TIMEOUT;
		break;
	case EBUSY:
		status->code = MODEPAGES_STATUS_LOCKED;
		break;
	case EINVAL:
		status->code = MODEPAGES_STATUS_INVALID_ARGUMENT;
		status->stage = MODEPAGES_STAGE_CHECK;
		break;
	case EOPNOTSUPP:
		/* Nothing may be sent to the drive: no command has failed. */
		status->code = MODEPAGES_STATUS_OK;
		status->stage = MODEPAGES_STAGE_CHECK;
		break;
	default:
		status->code = MODEPAGES_STATUS_FAIL;
		break;
	}
	return -error;
}

/**
 * libmodepages_status_new() - make a status object
 *
 * It can be used for any number of calls, one after the other.
 *
 * Return: the object, free it with libmodepages_status_free(); NULL when there
 * is no memory.
 */
struct libmodepages_status *libmodepages_status_new(void)
{
	return calloc(1, sizeof(struct libmodepages_status));
}

/**
 * libmodepages_status_free() - free a status object
 * @status: the object, or NULL
 */
void libmodepages_status_free(struct libmodepages_status *status)
{
	free(status);
}

/**
 * libmodepages_status_get_code() - the outcome
 * @status: the object
 *
 * Return: one of &enum libmodepages_status_code.
 */
enum libmodepages_status_code
libmodepages_status_get_code(const struct libmodepages_status *status)
{
	return (enum libmodepages_status_code)status->block.code;
}

/**
 * libmodepages_status_get_stage() - where the operation ended
 * @status: the object
 *
 * Return: one of &enum libmodepages_stage.
 */
enum libmodepages_stage
libmodepages_status_get_stage(const struct libmodepages_status *status)
{
	return (enum libmodepages_stage)status->block.stage;
}

/**
 * libmodepages_status_get_scsi_status() - SCSI status of the last command
 * @status: the object
 *
 * Return: the status byte, such as 00h (GOOD) and 02h (CHECK CONDITION).
 */
uint8_t
libmodepages_status_get_scsi_status(const struct libmodepages_status *status)
{
	return status->block.scsi_status;
}

/**
 * libmodepages_status_get_host_byte() - what the host adapter said
 * @status: the object
 *
 * Return: the SCSI midlayer's host byte of the last command, 0 if all was well.
 */
uint8_t
libmodepages_status_get_host_byte(const struct libmodepages_status *status)
{
	return status->block.host_byte;
}

/**
 * libmodepages_status_get_residue() - bytes that did not come
 * @status: the object
 *
 * Return: bytes of the last request that were not transferred, as the transport
 * reported it.
 */
uint32_t
libmodepages_status_get_residue(const struct libmodepages_status *status)
{
	return status->block.residue;
}

/**
 * libmodepages_status_get_sense() - sense key and codes
 * @status: the object
 * @key: gets the sense key; may be NULL
 * @asc: gets the additional sense code; may be NULL
 * @ascq: gets its qualifier; may be NULL
 *
 * Return: true when the drive sent sense data; else nothing is written.
 */
bool libmodepages_status_get_sense(const struct libmodepages_status *status,
				   uint8_t *key, uint8_t *asc, uint8_t *ascq)
{
	if (!(status->block.flags & MODEPAGES_STATUS_SENSE))
		return false;
	if (key)
		*key = status->block.sense_key;
	if (asc)
		*asc = status->block.asc;
	if (ascq)
		*ascq = status->block.ascq;
	return true;
}

/**
 * libmodepages_status_get_sense_data() - sense data as the drive sent it
 * @status: the object
 * @size: gets the number of bytes, 64 at most
 *
 * Return: the bytes, valid as long as @status and until its next use.
 */
const uint8_t *
libmodepages_status_get_sense_data(const struct libmodepages_status *status,
				   size_t *size)
{
	*size = min((size_t)status->block.sense_len,
		    sizeof(status->block.sense));
	return status->block.sense;
}

/**
 * libmodepages_status_get_field() - the very field that was refused
 * @status: the object
 * @where: gets what @byte counts in; may be NULL
 * @byte: gets its byte number; may be NULL
 * @bit: gets its bit number, or -1 when the drive gave none; may be NULL
 *
 * Return: true when a field was named, by the drive or, where it was not asked, by
 * what refused to ask it; else nothing is written.
 */
bool libmodepages_status_get_field(const struct libmodepages_status *status,
				   enum libmodepages_where *where,
				   unsigned int *byte, int *bit)
{
	u8 flags = status->block.flags;

	if (!(flags & MODEPAGES_STATUS_FIELD))
		return false;
	if (where && flags & MODEPAGES_STATUS_FIELD_CDB)
		*where = LIBMODEPAGES_WHERE_COMMAND;
	else if (where && flags & MODEPAGES_STATUS_FIELD_PAGE)
		*where = LIBMODEPAGES_WHERE_PAGE;
	else if (where)
		*where = LIBMODEPAGES_WHERE_DATA;
	if (byte)
		*byte = status->block.field_byte;
	if (bit)
		*bit = flags & MODEPAGES_STATUS_FIELD_BIT ?
		       status->block.field_bit : -1;
	return true;
}

/**
 * libmodepages_status_name() - symbolic name of the outcome
 * @status: the object
 *
 * Return: as libmodepages_status_code_name().
 */
const char *libmodepages_status_name(const struct libmodepages_status *status)
{
	return libmodepages_status_code_name(libmodepages_status_get_code(status));
}

/* Where the code alone does not say what it is about. */
enum { NOTHING_SENT, NOT_SAVEABLE, NOT_TAKEN, NO_SAVED_VALUES };

static const char * const special_texts[] = {
	[NOTHING_SENT] =
		"nothing was sent: this device takes harm from commands, or the module has passive=1, or what was asked for needs the module",
	[NOT_SAVEABLE] =
		"the drive can not save this page, so nothing was sent; change it without saving it",
	[NOT_TAKEN] =
		"the drive does not take this page, or can not save it; if it was to be saved, change it without",
	[NO_SAVED_VALUES] =
		"the drive keeps no saved values; ask for current or default ones",
};

/* Of a page that is there, it is something else that is missing. */
static const char *missing_text(const struct modepages_status *block)
{
	switch (block->stage) {
	case MODEPAGES_STAGE_CHECK:
		return special_texts[NOT_SAVEABLE];
	case MODEPAGES_STAGE_SELECT:
		return special_texts[NOT_TAKEN];
	default:
		break;
	}
	if (block->asc == SENSE_ASC_SAVING_NOT_SUPPORTED)
		return special_texts[NO_SAVED_VALUES];
	return texts[LIBMODEPAGES_STATUS_NO_SUCH_PAGE];
}

/**
 * libmodepages_status_text() - the outcome for people
 * @status: the object
 *
 * Return: one sentence in English, without a full stop: what it means and what
 * to do about it.
 */
const char *libmodepages_status_text(const struct libmodepages_status *status)
{
	const struct modepages_status *block = &status->block;

	if (block->code == MODEPAGES_STATUS_NO_SUCH_PAGE)
		return missing_text(block);
	if (block->code == MODEPAGES_STATUS_OK &&
	    block->stage == MODEPAGES_STAGE_CHECK)
		return special_texts[NOTHING_SENT];
	return libmodepages_status_code_text(libmodepages_status_get_code(status));
}

/**
 * libmodepages_status_code_name() - symbolic name of a status code
 * @code: the code
 *
 * Return: its name in lower case, such as "no_such_page"; "unknown" if there is
 * none.
 */
const char *libmodepages_status_code_name(enum libmodepages_status_code code)
{
	return status_name(code);
}

/**
 * libmodepages_status_code_text() - a status code for people
 * @code: the code
 *
 * Return: one sentence as from libmodepages_status_text().
 */
const char *libmodepages_status_code_text(enum libmodepages_status_code code)
{
	if ((size_t)code >= ARRAY_SIZE(texts))
		return "the outcome is one that this version does not know; update libmodepages";
	return texts[code];
}
