// SPDX-License-Identifier: GPL-2.0-only
/*
 * MODE SENSE: send it, and tell what came back. The only file that sends a
 * command.
 */
#include <linux/jiffies.h>
#include <linux/slab.h>

#include <scsi/scsi.h>
#include <scsi/scsi_cmnd.h>
#include <scsi/scsi_common.h>
#include <scsi/scsi_device.h>
#include <scsi/scsi_proto.h>

#include "modepages.h"

/* Unit attentions and deferred errors are about something else: ask again. */
#define MODEPAGES_TRIES		5

#define ASC_MEDIUM_MAY_HAVE_CHANGED	0x28
#define ASC_POWER_ON_OR_RESET		0x29

static void modepages_note_status(struct modepages_device *md,
				  const struct modepages_status *status)
{
	spin_lock(&md->lock);
	md->last_status = *status;
	spin_unlock(&md->lock);
}

static void modepages_note_header(struct modepages_device *md,
				  const struct mode_data *data)
{
	spin_lock(&md->lock);
	md->medium_type = data->medium_type;
	md->device_specific = data->device_specific;
	spin_unlock(&md->lock);
}

/*
 * sr learns of a new disc or a reset by a unit attention, which a drive reports
 * once. One that came to us is passed on the way scsi_test_unit_ready() does.
 */
static void modepages_pass_on_unit_attention(struct scsi_device *sdev,
					     const struct modepages_status *status)
{
	if (status->asc != ASC_MEDIUM_MAY_HAVE_CHANGED &&
	    status->asc != ASC_POWER_ON_OR_RESET)
		return;
	if (sdev->removable)
		sdev->changed = 1;
}

static bool modepages_sdev_dead(const struct scsi_device *sdev)
{
	return sdev->sdev_state == SDEV_CANCEL || sdev->sdev_state == SDEV_DEL ||
	       sdev->sdev_state == SDEV_OFFLINE;
}

static u32 modepages_errno_status(int error)
{
	switch (error) {
	case -ENODEV:
	case -ENXIO:
		return MODEPAGES_STATUS_NO_DEVICE;
	case -ENOMEM:
		return MODEPAGES_STATUS_NO_MEMORY;
	case -ETIMEDOUT:
		return MODEPAGES_STATUS_TIMEOUT;
	default:
		return MODEPAGES_STATUS_FAIL;
	}
}

static u32 modepages_scsi_status(u8 status)
{
	switch (status) {
	case SAM_STAT_BUSY:
	case SAM_STAT_TASK_SET_FULL:
		return MODEPAGES_STATUS_BUSY;
	case SAM_STAT_RESERVATION_CONFLICT:
		return MODEPAGES_STATUS_LOCKED;
	default:
		return MODEPAGES_STATUS_FAIL;
	}
}

/*
 * What the midlayer's result means. The result is never compared as a whole, nor
 * its status byte trusted before the sense: transports differ in what they put
 * there beside valid sense data, and so do kernel versions.
 */
static u32 modepages_classify(struct modepages_device *md,
			      const struct scsi_device *sdev, int result,
			      const u8 *sense, size_t sense_length,
			      struct modepages_status *status)
{
	if (result < 0)
		return modepages_errno_status(result);
	if (!result)
		return MODEPAGES_STATUS_OK;

	status->host_byte = host_byte(result);
	status->scsi_status = result & 0xff;

	if (modepages_device_gone(md))
		return MODEPAGES_STATUS_NO_DEVICE;
	/* It may have set the drive offline: the time-out is the news. */
	if (status->host_byte == DID_TIME_OUT)
		return MODEPAGES_STATUS_TIMEOUT;
	if (modepages_sdev_dead(sdev))
		return MODEPAGES_STATUS_NO_DEVICE;

	if (sense_decode(status, sense, sense_length)) {
		status->scsi_status = SAM_STAT_CHECK_CONDITION;
		return sense_status(status);
	}

	switch (status->host_byte) {
	case DID_OK:
		return modepages_scsi_status(status->scsi_status);
	case DID_NO_CONNECT:
	case DID_BAD_TARGET:
		return MODEPAGES_STATUS_NO_DEVICE;
	default:
		return MODEPAGES_STATUS_FAIL;
	}
}

/* One command, once. No retries of the midlayer: they hide unit attentions. */
static void modepages_execute(struct modepages_device *md,
			      struct scsi_device *sdev,
			      const struct mode_request *request, u8 *buffer,
			      unsigned int timeout_ms,
			      struct modepages_status *status)
{
	u8 cdb[MODE_SENSE10_CDB_LENGTH], sense[SCSI_SENSE_BUFFERSIZE] = { };
	struct scsi_sense_hdr sshdr = { };
	int residue = 0;
	const struct scsi_exec_args args = {
		.sense = sense,
		.sense_len = sizeof(sense),
		.sshdr = &sshdr,
		.resid = &residue,
	};
	size_t sense_length = 0;
	int result;

	memset(status, 0, sizeof(*status));
	memset(buffer, 0, request->allocation);
	mode_sense10_cdb(cdb, request);
	result = scsi_execute_cmd(sdev, cdb, REQ_OP_DRV_IN, buffer,
				  request->allocation,
				  msecs_to_jiffies(timeout_ms), 0, &args);
	/* Without valid sense the buffer may still hold another command's. */
	if (scsi_sense_valid(&sshdr))
		sense_length = min(8 + sense[7], SCSI_SENSE_BUFFERSIZE);
	status->residue = clamp_t(int, residue, 0, request->allocation);
	status->code = modepages_classify(md, sdev, result, sense,
					  sense_length, status);
	if (status->code)
		status->stage = MODEPAGES_STAGE_SENSE;
}

/* Sends it again while the drive has something else to tell first. */
static void modepages_execute_retry(struct modepages_device *md,
				    struct scsi_device *sdev,
				    const struct mode_request *request,
				    u8 *buffer, unsigned int timeout_ms,
				    struct modepages_status *status)
{
	int tries;

	for (tries = 0; tries < MODEPAGES_TRIES; tries++) {
		modepages_execute(md, sdev, request, buffer, timeout_ms,
				  status);
		if (!(status->flags & MODEPAGES_STATUS_SENSE))
			return;
		if (status->sense_key == SENSE_KEY_UNIT_ATTENTION)
			modepages_pass_on_unit_attention(sdev, status);
		else if (!sense_deferred(status))
			return;
	}
}

static bool modepages_refused(const struct modepages_status *status)
{
	return status->code && status->sense_key == SENSE_KEY_ILLEGAL_REQUEST &&
	       status->asc == SENSE_ASC_INVALID_FIELD_IN_CDB;
}

/*
 * Some drives refuse DBD = 1. "Invalid field in CDB" is also what a missing page
 * gets, so it is tried without only until it is known which of the two it is.
 */
static void modepages_execute_dbd(struct modepages_device *md,
				  struct scsi_device *sdev,
				  struct mode_request *request, u8 *buffer,
				  unsigned int timeout_ms,
				  struct modepages_status *status)
{
	if (md->dbd == MODEPAGES_DBD_REFUSED)
		request->dbd = false;

	modepages_execute_retry(md, sdev, request, buffer, timeout_ms, status);
	if (!request->dbd || md->dbd == MODEPAGES_DBD_ACCEPTED)
		return;
	if (!status->code)
		md->dbd = MODEPAGES_DBD_ACCEPTED;
	if (!modepages_refused(status))
		return;

	request->dbd = false;
	modepages_execute_retry(md, sdev, request, buffer, timeout_ms, status);
	if (!status->code) {
		md->dbd = MODEPAGES_DBD_REFUSED;
		modepages_device_add_quirk(md, MODEPAGES_QUIRK_DBD_REFUSED);
	}
}

/* Sends the request with a buffer of @request->allocation, parses the answer. */
static int modepages_sense_once(struct modepages_device *md,
				struct scsi_device *sdev,
				struct mode_request *request,
				unsigned int timeout_ms,
				struct modepages_answer *answer,
				struct modepages_status *status)
{
	int ret;

	/* kmalloc aligns to the size: no bouncing for DMA. */
	answer->buffer = kmalloc(request->allocation, GFP_KERNEL);
	if (!answer->buffer) {
		status->code = MODEPAGES_STATUS_NO_MEMORY;
		return -ENOMEM;
	}

	modepages_execute_dbd(md, sdev, request, answer->buffer, timeout_ms,
			      status);
	if (!status->code &&
	    mode_data_parse(&answer->data, answer->buffer,
			    request->allocation - status->residue)) {
		status->code = MODEPAGES_STATUS_INVALID_RESPONSE;
		status->stage = MODEPAGES_STAGE_PARSE;
	}

	ret = status_errno(status);
	if (ret)
		modepages_answer_free(answer);
	return ret;
}

/* Allocation lengths are even: odd ones are where bridges fail. */
static u16 modepages_even_length(size_t length)
{
	return min_t(size_t, round_up(length, 2), 0xfffe);
}

static int modepages_sense_all(struct modepages_device *md,
			       struct scsi_device *sdev,
			       struct mode_request *request,
			       unsigned int timeout_ms,
			       struct modepages_answer *answer,
			       struct modepages_status *status)
{
	int ret;

	ret = modepages_sense_once(md, sdev, request, timeout_ms, answer,
				   status);
	if (ret || answer->data.declared <= request->allocation)
		return ret;

	/* There is more: ask for all of it, once. */
	request->allocation = modepages_even_length(answer->data.declared);
	modepages_answer_free(answer);
	return modepages_sense_once(md, sdev, request, timeout_ms, answer,
				    status);
}

/**
 * modepages_mode_sense() - send MODE SENSE(10), cut the pages out of the answer
 * @md: the drive
 * @request: what to ask for
 * @timeout_ms: time-out of a command in milliseconds
 * @answer: on success the answer, to be freed by modepages_answer_free()
 * @status: gets the outcome, whatever it is
 *
 * A UNIT ATTENTION is retried, an answer that does not fit is asked for once
 * more with more room, and DBD is left out where the drive refuses it.
 *
 * Context: process. Waits for the drive without being killable; the wait for
 * other commands to the same drive is. Takes @md->command.
 * Return: 0 or the errno of @status; -EINTR when a fatal signal came.
 */
int modepages_mode_sense(struct modepages_device *md,
			 const struct mode_request *request,
			 unsigned int timeout_ms,
			 struct modepages_answer *answer,
			 struct modepages_status *status)
{
	struct mode_request attempt = *request;
	struct scsi_device *sdev;
	int ret;

	memset(status, 0, sizeof(*status));
	sdev = modepages_device_get_sdev(md);
	if (!sdev) {
		status->code = MODEPAGES_STATUS_NO_DEVICE;
		status->stage = MODEPAGES_STAGE_SENSE;
		return -ENODEV;
	}

	ret = mutex_lock_killable(&md->command);
	if (ret) {
		status->code = MODEPAGES_STATUS_FAIL;
		goto put;
	}
	ret = modepages_sense_all(md, sdev, &attempt, timeout_ms, answer,
				  status);
	modepages_note_status(md, status);
	if (!ret)
		modepages_note_header(md, &answer->data);
	mutex_unlock(&md->command);
put:
	scsi_device_put(sdev);
	return ret;
}

/**
 * modepages_answer_free() - free an answer
 * @answer: from modepages_mode_sense()
 */
void modepages_answer_free(struct modepages_answer *answer)
{
	kfree(answer->buffer);
	answer->buffer = NULL;
}
