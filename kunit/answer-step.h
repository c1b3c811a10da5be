/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The drive and the transport of vectors-exchange.h and vectors-whole.h.
 */
#ifndef MODEPAGES_ANSWER_STEP_H
#define MODEPAGES_ANSWER_STEP_H

#include "vectors-exchange.h"

/**
 * answer_step() - answer a command as a step says
 * @step: the step
 * @again: the command is to leave other marks than the one before
 * @answer: filled in; its buffer has room for what @step allocates
 */
static inline void answer_step(const struct exchange_step *step, bool again,
			       struct mode_answer *answer)
{
	size_t room = step->allocation;
	size_t sent = min(step->sent ?: step->length, room);
	u8 *buffer = answer->buffer;
	u8 mark = 0;

	mode_fill(buffer, room, false);
	if (step->like_mark)
		mark = buffer[sent - 1];

	mode_fill(buffer, room, again);
	memset(buffer, 0, sent);
	if (step->length)
		memcpy(buffer, step->bytes, min(step->length, sent));
	if (step->like_mark)
		buffer[sent - 1] = mark;
	/* As scsi_execute_cmd() does. */
	memset(buffer + room - step->residue, 0, step->residue);

	answer->received = min(room - step->residue,
			       mode_written(buffer, room, again));
	answer->status = (struct modepages_status) {
		.code = step->code,
		.flags = step->key ? MODEPAGES_STATUS_SENSE : 0,
		.sense_key = step->key,
		.asc = step->asc,
		.residue = step->residue,
	};
}

#endif /* MODEPAGES_ANSWER_STEP_H */
