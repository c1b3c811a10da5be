// SPDX-License-Identifier: GPL-2.0-only
/*
 * MODE SENSE: from a question to one whole answer.
 */
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "modepages.h"

static void modepages_number_question(struct modepages_device *md)
{
	spin_lock(&md->lock);
	md->sequence++;
	spin_unlock(&md->lock);
}

static void modepages_sense_once(const struct modepages_turn *turn,
				 const struct mode_request *request, u8 *buffer,
				 struct modepages_status *status)
{
	struct modepages_command command = {
		.direction = REQ_OP_DRV_IN,
		.buffer = buffer,
		.length = request->allocation,
	};

	mode_sense_cdb(command.cdb, request);
	modepages_execute(turn, &command, status);
	if (status->code && !status->stage)
		status->stage = MODEPAGES_STAGE_SENSE;
}

/*
 * Sent again while the drive has something else to tell first: a unit attention,
 * or the error of an earlier command. True when answers of before are of no use.
 */
static bool modepages_sense(const struct modepages_turn *turn,
			    const struct mode_exchange *exchange,
			    struct mode_answer *answer)
{
	const struct mode_request *request = &exchange->request;
	struct modepages_status *status = &answer->status;
	size_t length = request->allocation;
	bool news = false;
	int tries;

	for (tries = 0; tries < MODEPAGES_TRIES; tries++) {
		/* Each time: news end what was asked before, not after them. */
		modepages_number_question(turn->md);
		mode_fill(answer->buffer, length, exchange->compare);
		modepages_sense_once(turn, request, answer->buffer, status);
		if (!(status->flags & MODEPAGES_STATUS_SENSE))
			break;
		if (status->sense_key == SENSE_KEY_UNIT_ATTENTION)
			news |= modepages_attention_note(turn, status);
		else if (!sense_deferred(status))
			break;
	}
	/* Where news do not end, the failure is newer than what it tells. */
	if (tries == MODEPAGES_TRIES)
		modepages_number_question(turn->md);
	modepages_device_note_status(turn->md, status);
	/* Both may be too large, and neither is too small but by a lie. */
	answer->received = min(length - status->residue,
			       mode_written(answer->buffer, length,
					    exchange->compare));
	return news;
}

/* Sends what the exchange wants sent. Returns the number of the answer taken. */
static u64 modepages_exchange(const struct modepages_turn *turn,
			      const struct mode_request *question,
			      struct mode_exchange *exchange,
			      struct mode_answer *answer)
{
	struct mode_dialect *dialect = &turn->md->dialect;
	struct mode_answer first = { };
	u64 sequence, first_sequence = 0;
	bool news;

	mode_exchange_begin(exchange, dialect, question);
	for (;;) {
		news = false;
		/* From kmalloc: aligned, or the block layer would copy. */
		answer->buffer = kmalloc(exchange->request.allocation,
					 GFP_KERNEL | __GFP_NOWARN);
		if (answer->buffer)
			news = modepages_sense(turn, exchange, answer);
		else
			answer->status = (struct modepages_status) {
				.code = MODEPAGES_STATUS_NO_MEMORY,
			};
		/* Nobody else numbers one meanwhile: @command is held. */
		sequence = turn->md->sequence;

		if (exchange->compare) {
			if (!news &&
			    !mode_exchange_better(exchange, dialect, &first,
						  answer)) {
				swap(first, *answer);
				sequence = first_sequence;
			}
			break;
		}
		if (!mode_exchange_next(exchange, dialect, answer))
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

/**
 * modepages_turn_sense() - get mode pages from a drive, in one's turn
 * @turn: the turn
 * @question: page, subpage and page control; if its allocation length is set, the
 *	command is sent in that shape
 * @result: gets the outcome, and on success the answer; to be freed by
 *	modepages_result_free() in any case
 *
 * Context: process. Waits for the drive without being killable.
 * Return: 0 or the errno of the status.
 */
int modepages_turn_sense(const struct modepages_turn *turn,
			 const struct mode_request *question,
			 struct modepages_result *result)
{
	struct modepages_device *md = turn->md;
	struct mode_exchange exchange;
	struct mode_answer answer = { };

	memset(result, 0, sizeof(*result));
	result->asked = ktime_get();
	result->sequence = modepages_exchange(turn, question, &exchange,
					      &answer);
	result->status = answer.status;
	result->generation = atomic64_read(&md->generation);
	result->buffer = answer.buffer;
	if (!result->status.code)
		modepages_parse(md, &exchange.request, &answer, result);
	modepages_device_add_quirks(md, md->dialect.quirks);
	return status_errno(&result->status);
}

/**
 * modepages_mode_sense() - get mode pages from a drive
 * @md: the drive
 * @who: on whose behalf, or NULL for the module's own
 * @question: as for modepages_turn_sense()
 * @timeout_ms: time-out of a command in milliseconds
 * @result: as for modepages_turn_sense(); its number is 0 when the drive was not
 *	to be asked, or could not be
 *
 * Context: process. Waits for the drive without being killable; the wait for
 * other commands to the same drive is. Takes @md->command.
 * Return: 0 or the errno of the status; as modepages_turn_begin().
 */
int modepages_mode_sense(struct modepages_device *md,
			 const struct modepages_file *who,
			 const struct mode_request *question,
			 unsigned int timeout_ms,
			 struct modepages_result *result)
{
	struct modepages_turn turn;
	int ret;

	memset(result, 0, sizeof(*result));
	ret = modepages_turn_begin(&turn, md, who, timeout_ms, &result->status);
	if (ret)
		return ret;
	ret = modepages_turn_sense(&turn, question, result);
	modepages_turn_end(&turn);
	return ret;
}

/**
 * modepages_result_free() - free what a result holds
 * @result: from modepages_mode_sense(), or modepages_turn_sense()
 */
void modepages_result_free(struct modepages_result *result)
{
	kfree(result->buffer);
}
