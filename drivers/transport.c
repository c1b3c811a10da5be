// SPDX-License-Identifier: GPL-2.0-only
/*
 * MODE SENSE: send it, and tell what became of it. The only file that sends a
 * command.
 */
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/mutex.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include <scsi/scsi.h>
#include <scsi/scsi_cmnd.h>
#include <scsi/scsi_common.h>
#include <scsi/scsi_device.h>
#include <scsi/scsi_proto.h>

#include "modepages.h"

/* Unit attentions and deferred errors are about something else: ask again. */
#define MODEPAGES_TRIES		5

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

/* libata reports the time-out of an ATAPI drive by sense data that it makes up. */
static bool modepages_timed_out(const struct modepages_status *status,
				ktime_t sent, unsigned int timeout_ms)
{
	return status->code == MODEPAGES_STATUS_FAIL &&
	       ktime_ms_delta(ktime_get(), sent) >= timeout_ms;
}

static void modepages_execute_once(struct modepages_device *md,
				   struct scsi_device *sdev,
				   const struct mode_request *request,
				   u8 *buffer, unsigned int timeout_ms,
				   struct modepages_status *status)
{
	u8 cdb[MODE_SENSE_CDB_MAX_LENGTH], sense[SCSI_SENSE_BUFFERSIZE] = { };
	struct scsi_sense_hdr sshdr = { };
	int residue = 0;
	const struct scsi_exec_args args = {
		.sense = sense,
		.sense_len = sizeof(sense),
		.sshdr = &sshdr,
		.resid = &residue,
	};
	size_t sense_length = 0;
	ktime_t sent = ktime_get();
	int result;

	memset(status, 0, sizeof(*status));
	if (modepages_device_gone(md)) {
		status->code = MODEPAGES_STATUS_NO_DEVICE;
		status->stage = MODEPAGES_STAGE_SENSE;
		return;
	}
	mode_sense_cdb(cdb, request);
	/* No retries of the midlayer: they hide unit attentions. */
	result = scsi_execute_cmd(sdev, cdb, REQ_OP_DRV_IN, buffer,
				  request->allocation,
				  msecs_to_jiffies(timeout_ms), 0, &args);
	/* Without valid sense the buffer may still hold another command's. */
	if (scsi_sense_valid(&sshdr))
		sense_length = min(8 + sense[7], SCSI_SENSE_BUFFERSIZE);
	status->residue = clamp_t(int, residue, 0, request->allocation);
	status->code = modepages_classify(md, sdev, result, sense,
					  sense_length, status);
	if (modepages_timed_out(status, sent, timeout_ms))
		status->code = MODEPAGES_STATUS_TIMEOUT;
	if (status->code)
		status->stage = MODEPAGES_STAGE_SENSE;
	/* It may not have been sent: then the residue is of another command. */
	if (status->code == MODEPAGES_STATUS_NO_DEVICE)
		status->residue = 0;
}

static void modepages_number_question(struct modepages_device *md)
{
	spin_lock(&md->lock);
	md->sequence++;
	spin_unlock(&md->lock);
}

/*
 * Sent again while the drive has something else to tell first: a unit attention,
 * or the error of an earlier command. True when answers of before are of no use.
 */
static bool modepages_execute(struct modepages_device *md,
			      struct scsi_device *sdev,
			      const struct mode_exchange *exchange,
			      unsigned int timeout_ms,
			      struct mode_answer *answer)
{
	const struct mode_request *request = &exchange->request;
	struct modepages_status *status = &answer->status;
	size_t length = request->allocation;
	bool news = false;
	int tries;

	for (tries = 0; tries < MODEPAGES_TRIES; tries++) {
		/* Each time: news end what was asked before, not after them. */
		modepages_number_question(md);
		mode_fill(answer->buffer, length, exchange->compare);
		modepages_execute_once(md, sdev, request, answer->buffer,
				       timeout_ms, status);
		if (!(status->flags & MODEPAGES_STATUS_SENSE))
			break;
		if (status->sense_key == SENSE_KEY_UNIT_ATTENTION)
			news |= modepages_attention_note(md, sdev, status);
		else if (!sense_deferred(status))
			break;
	}
	/* Where news do not end, the failure is newer than what it tells. */
	if (tries == MODEPAGES_TRIES)
		modepages_number_question(md);
	modepages_device_note_status(md, status);
	/* Both may be too large, and neither is too small but by a lie. */
	answer->received = min(length - status->residue,
			       mode_written(answer->buffer, length,
					    exchange->compare));
	return news;
}

/* Sends what the exchange wants sent. Returns the number of the answer taken. */
static u64 modepages_exchange(struct modepages_device *md,
			      struct scsi_device *sdev,
			      const struct mode_request *question,
			      unsigned int timeout_ms,
			      struct mode_exchange *exchange,
			      struct mode_answer *answer)
{
	struct mode_answer first = { };
	u64 sequence, first_sequence = 0;
	bool news;

	mode_exchange_begin(exchange, &md->dialect, question);
	for (;;) {
		news = false;
		/* From kmalloc: aligned, or the block layer would copy. */
		answer->buffer = kmalloc(exchange->request.allocation,
					 GFP_KERNEL | __GFP_NOWARN);
		if (answer->buffer)
			news = modepages_execute(md, sdev, exchange, timeout_ms,
						 answer);
		else
			answer->status = (struct modepages_status) {
				.code = MODEPAGES_STATUS_NO_MEMORY,
			};
		/* Nobody else numbers one meanwhile: @command is held. */
		sequence = md->sequence;

		if (exchange->compare) {
			if (!news &&
			    !mode_exchange_better(exchange, &md->dialect,
						  &first, answer)) {
				swap(first, *answer);
				sequence = first_sequence;
			}
			break;
		}
		if (!mode_exchange_next(exchange, &md->dialect, answer))
			break;
		if (exchange->compare) {
			first = *answer;
			first_sequence = sequence;
		} else {
			kfree(answer->buffer);
		}
	}
	kfree(first.buffer);
	return sequence;
}

static void modepages_parse(struct modepages_device *md,
			    const struct mode_request *request,
			    const struct mode_answer *answer,
			    struct modepages_result *result)
{
	if (mode_data_parse(&result->data, request, answer->buffer,
			    answer->received)) {
		result->status.code = MODEPAGES_STATUS_INVALID_RESPONSE;
		result->status.stage = MODEPAGES_STAGE_PARSE;
		modepages_device_note_status(md, &result->status);
		return;
	}
	md->dialect.quirks |= result->data.quirks;
	modepages_device_note_header(md, &result->data);
}

static void modepages_mode_sense_locked(struct modepages_device *md,
					struct scsi_device *sdev,
					const struct mode_request *question,
					unsigned int timeout_ms,
					struct modepages_result *result)
{
	struct mode_exchange exchange;
	struct mode_answer answer = { };

	result->asked = ktime_get();
	result->sequence = modepages_exchange(md, sdev, question, timeout_ms,
					      &exchange, &answer);
	result->status = answer.status;
	result->generation = atomic64_read(&md->generation);
	result->buffer = answer.buffer;
	if (!result->status.code)
		modepages_parse(md, &exchange.request, &answer, result);
	modepages_device_add_quirks(md, md->dialect.quirks);
}

/**
 * modepages_mode_sense() - get mode pages from a drive
 * @md: the drive
 * @question: page, subpage and page control; if its allocation length is set, the
 *	command is sent in that shape
 * @timeout_ms: time-out of a command in milliseconds
 * @result: gets the outcome, and on success the answer; to be freed by
 *	modepages_result_free() in any case. Its number is 0 when the drive was
 *	not to be asked, or could not be.
 *
 * Context: process. Waits for the drive without being killable; the wait for
 * other commands to the same drive is. Takes @md->command.
 * Return: 0 or the errno of the status; -EOPNOTSUPP for a passive drive, -EINTR
 * when a fatal signal came.
 */
int modepages_mode_sense(struct modepages_device *md,
			 const struct mode_request *question,
			 unsigned int timeout_ms,
			 struct modepages_result *result)
{
	struct scsi_device *sdev;

	memset(result, 0, sizeof(*result));
	if (md->passive) {
		result->status.stage = MODEPAGES_STAGE_CHECK;
		return -EOPNOTSUPP;
	}
	/* The lock does not look if it is free, and many may follow. */
	if (fatal_signal_pending(current) ||
	    mutex_lock_killable(&md->command)) {
		result->status.code = MODEPAGES_STATUS_FAIL;
		return -EINTR;
	}

	sdev = modepages_device_get_sdev(md);
	if (sdev) {
		modepages_mode_sense_locked(md, sdev, question, timeout_ms,
					    result);
	} else {
		result->status.code = MODEPAGES_STATUS_NO_DEVICE;
		result->status.stage = MODEPAGES_STAGE_SENSE;
	}
	mutex_unlock(&md->command);
	if (sdev)
		scsi_device_put(sdev);
	/* It answers now, so it will tell what pages it has. */
	if (!result->status.code)
		modepages_refresh_unready(md);
	return status_errno(&result->status);
}

/**
 * modepages_result_free() - free what a result holds
 * @result: from modepages_mode_sense()
 */
void modepages_result_free(struct modepages_result *result)
{
	kfree(result->buffer);
}
