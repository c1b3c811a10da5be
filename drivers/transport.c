// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sending commands: whose turn it is, and what became of one. The only file that
 * sends any.
 */
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/mutex.h>
#include <linux/sched/signal.h>

#include <scsi/scsi.h>
#include <scsi/scsi_cmnd.h>
#include <scsi/scsi_common.h>
#include <scsi/scsi_device.h>
#include <scsi/scsi_host.h>
#include <scsi/scsi_proto.h>

#include "modepages.h"

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

/* A command is never given less: one that times out resets the bus. */
#define MODEPAGES_TIMEOUT_LEAST_MS	30000

/**
 * modepages_turn_over() - is there no time for another command?
 * @turn: the turn
 *
 * Context: any.
 * Return: true if so.
 */
bool modepages_turn_over(const struct modepages_turn *turn)
{
	return turn->bounded && ktime_after(ktime_get(), turn->deadline);
}

static unsigned int modepages_turn_timeout_ms(const struct modepages_turn *turn)
{
	s64 left_ms;

	if (!turn->bounded)
		return turn->timeout_ms;
	left_ms = ktime_ms_delta(turn->deadline, ktime_get());
	return clamp_t(s64, left_ms, MODEPAGES_TIMEOUT_LEAST_MS,
		       turn->timeout_ms);
}

/* libata reports the time-out of an ATAPI drive by sense data that it makes up. */
static bool modepages_timed_out(const struct modepages_status *status,
				unsigned long sent, unsigned long timeout)
{
	return status->code == MODEPAGES_STATUS_FAIL &&
	       time_after_eq(jiffies, sent + timeout);
}

/* What comes of it is a reset, of which not all transports let the drive tell. */
static void modepages_timed_out_note(struct modepages_device *md)
{
	spin_lock(&md->lock);
	modepages_reapply_note(md);
	spin_unlock(&md->lock);
}

/**
 * modepages_execute() - send a command once
 * @turn: the turn it is sent in
 * @command: the command
 * @status: gets the outcome; its stage only if the command was not sent
 *
 * Context: process. Waits for the drive without being killable.
 */
void modepages_execute(const struct modepages_turn *turn,
		       const struct modepages_command *command,
		       struct modepages_status *status)
{
	unsigned long timeout = msecs_to_jiffies(modepages_turn_timeout_ms(turn));
	struct modepages_device *md = turn->md;
	u8 sense[SCSI_SENSE_BUFFERSIZE] = { };
	struct scsi_sense_hdr sshdr = { };
	int residue = 0;
	const struct scsi_exec_args args = {
		.sense = sense,
		.sense_len = sizeof(sense),
		.sshdr = &sshdr,
		.resid = &residue,
		.scmd_flags = turn->bounded ? SCMD_FAIL_IF_RECOVERING : 0,
	};
	size_t sense_length = 0;
	unsigned long sent = jiffies;
	int result;

	memset(status, 0, sizeof(*status));
	if (modepages_device_gone(md)) {
		status->code = MODEPAGES_STATUS_NO_DEVICE;
		return;
	}
	if (modepages_turn_over(turn)) {
		status->code = MODEPAGES_STATUS_TIMEOUT;
		status->stage = MODEPAGES_STAGE_CHECK;
		return;
	}
	/* No retries of the midlayer: they hide unit attentions. */
	result = scsi_execute_cmd(turn->sdev, command->cdb, command->direction,
				  command->buffer, command->length,
				  timeout, 0, &args);
	/* Without valid sense the buffer may still hold another command's. */
	if (scsi_sense_valid(&sshdr))
		sense_length = min(8 + sense[7], SCSI_SENSE_BUFFERSIZE);
	status->residue = clamp_t(int, residue, 0, command->length);
	status->code = modepages_classify(md, turn->sdev, result, sense,
					  sense_length, status);
	if (modepages_timed_out(status, sent, timeout))
		status->code = MODEPAGES_STATUS_TIMEOUT;
	if (status->code == MODEPAGES_STATUS_TIMEOUT)
		modepages_timed_out_note(md);
	/* It may not have been sent: then the residue is of another command. */
	if (status->code == MODEPAGES_STATUS_NO_DEVICE)
		status->residue = 0;
}

/* With @command held, or 0 is not returned. */
static int modepages_turn_check(struct modepages_turn *turn,
				const struct modepages_file *who,
				struct modepages_status *status)
{
	struct modepages_device *md = turn->md;

	if (modepages_locked_out(md, who)) {
		status->code = MODEPAGES_STATUS_LOCKED;
		status->stage = MODEPAGES_STAGE_CHECK;
		return -EBUSY;
	}
	turn->sdev = modepages_device_get_sdev(md);
	if (!turn->sdev) {
		status->code = MODEPAGES_STATUS_NO_DEVICE;
		status->stage = MODEPAGES_STAGE_SENSE;
		return -ENODEV;
	}
	return 0;
}

/**
 * modepages_turn_begin() - wait until commands may be sent to a drive
 * @turn: to be filled in; to be given back by modepages_turn_end() if 0 is returned
 * @md: the drive
 * @who: on whose behalf, or NULL for the module's own; whoever has the drive
 *	exclusively keeps others from a turn
 * @timeout_ms: time-out of each command in milliseconds
 * @status: gets the outcome where there is no turn; else it is left alone
 *
 * Context: process; the wait is killable. Takes @md->command.
 * Return: 0 or the errno of the status; -EOPNOTSUPP for a passive drive, -EINTR
 * when a fatal signal came.
 */
int modepages_turn_begin(struct modepages_turn *turn,
			 struct modepages_device *md,
			 const struct modepages_file *who,
			 unsigned int timeout_ms,
			 struct modepages_status *status)
{
	int ret;

	*turn = (struct modepages_turn) {
		.md = md,
		.timeout_ms = timeout_ms,
	};
	if (md->passive) {
		status->stage = MODEPAGES_STAGE_CHECK;
		return -EOPNOTSUPP;
	}
	/* The lock does not look if it is free, and many may follow. */
	if (fatal_signal_pending(current) ||
	    mutex_lock_killable(&md->command)) {
		status->code = MODEPAGES_STATUS_FAIL;
		return -EINTR;
	}
	ret = modepages_turn_check(turn, who, status);
	if (ret)
		mutex_unlock(&md->command);
	return ret;
}

/**
 * modepages_turn_force() - the same for what has to be done
 * @turn: to be filled in; to be given back by modepages_turn_end()
 * @md: the drive
 * @sdev: the drive; its reference stays with the caller
 * @timeout_ms: time-out in milliseconds, of each command and of all: the last one
 *	is sent within that time
 *
 * Commands do not wait for error handling of the host, a wait without an end: in
 * its course they fail, if they get so far. Where a drive takes one command at a
 * time, they do so when the one that is handled is over.
 *
 * Context: process; the wait is not killable, since a process that is killed has a
 * fatal signal pending while its files are closed. Takes @md->command.
 */
void modepages_turn_force(struct modepages_turn *turn,
			  struct modepages_device *md,
			  struct scsi_device *sdev, unsigned int timeout_ms)
{
	*turn = (struct modepages_turn) {
		.md = md,
		.timeout_ms = timeout_ms,
		.sdev = sdev,
		.bounded = true,
	};
	mutex_lock(&md->command);
	turn->deadline = ktime_add_ms(ktime_get(), timeout_ms);
}

/**
 * modepages_turn_recovering() - is the host of the drive handling an error?
 * @turn: the turn
 *
 * Context: any.
 * Return: true when a command would have to wait for that.
 */
bool modepages_turn_recovering(const struct modepages_turn *turn)
{
	return scsi_host_in_recovery(turn->sdev->host);
}

/**
 * modepages_turn_end() - let others send commands
 * @turn: the turn
 *
 * Context: process.
 */
void modepages_turn_end(struct modepages_turn *turn)
{
	mutex_unlock(&turn->md->command);
	if (!turn->bounded)
		scsi_device_put(turn->sdev);
}
