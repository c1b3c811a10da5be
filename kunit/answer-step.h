/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The drive and the transport of vectors-exchange.h and vectors-whole.h, and what
 * these say about an exchange.
 */
#ifndef MODEPAGES_ANSWER_STEP_H
#define MODEPAGES_ANSWER_STEP_H

#include "vectors-exchange.h"

static inline bool same_dialect(const struct mode_dialect *a,
				const struct mode_dialect *b)
{
	return a->form == b->form && a->form_known == b->form_known &&
	       a->shape == b->shape && a->shape_known == b->shape_known &&
	       a->quirks == b->quirks && a->one_too_much == b->one_too_much;
}

/**
 * same_request() - is that the command that a step expects?
 * @step: the step
 * @question: what the drive is asked for
 * @request: the command
 */
static inline bool same_request(const struct exchange_step *step,
				const struct mode_request *question,
				const struct mode_request *request)
{
	return request->form == step->form && request->dbd == step->dbd &&
	       request->allocation == step->allocation &&
	       request->page == question->page &&
	       request->subpage == question->subpage &&
	       request->control == question->control;
}

/**
 * answer_arrives() - do with the data what a transport does, scsi_execute_cmd()
 * @answer: its buffer is as the drive has left it, its status has the residue;
 *	how much has come is filled in
 * @room: size of the buffer
 * @again: the marks in it are those of a second command
 */
static inline void answer_arrives(struct mode_answer *answer, size_t room,
				  bool again)
{
	size_t missing = answer->status.residue;

	/* More than the request tells nothing. */
	if (missing > room)
		missing = 0;
	memset(answer->buffer + room - missing, 0, missing);
	answer->received = min(room - missing,
			       mode_written(answer->buffer, room, again));
}

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
	answer->status = (struct modepages_status) {
		.code = step->code,
		.flags = step->key ? MODEPAGES_STATUS_SENSE : 0,
		.sense_key = step->key,
		.asc = step->asc,
		.residue = step->residue,
	};
	answer_arrives(answer, room, again);
}

#endif /* MODEPAGES_ANSWER_STEP_H */
