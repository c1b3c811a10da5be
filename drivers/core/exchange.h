/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Getting one whole answer to MODE SENSE: which command to send, and whether
 * its answer calls for another one. The caller sends them.
 *
 * Nothing here allocates, sleeps, locks or talks to a device. Every function
 * may be called in any context in which nobody else uses its arguments.
 */
#ifndef MODEPAGES_CORE_EXCHANGE_H
#define MODEPAGES_CORE_EXCHANGE_H

#include "mode.h"
#include "sense.h"

/*
 * Buffers of this size, or a multiple of it, reach the drive without a copy by
 * the kernel's block layer; only then do the marks in them tell how much was
 * written.
 */
#define MODE_ALLOCATION			512
/* What sr asks ATAPI and USB drives for, with DBD = 0: known to work. */
#define MODE_ALLOCATION_SMALL		128

/**
 * struct mode_dialect - how a drive wants to be asked, as far as is known
 * @form: the command that it understands, if @form_known
 * @form_known: it has answered one
 * @shape: index of the way of asking to begin with
 * @shape_known: it has accepted that one
 * @quirks: MODEPAGES_QUIRK_* that its answers have shown
 * @one_too_much: it has declared one byte more than it sends, and two answers over
 *	different marks have shown that this one does not come
 *
 * All zero for a drive that has not been asked yet.
 */
struct mode_dialect {
	enum mode_form form;
	bool form_known;
	u8 shape;
	bool shape_known;
	u64 quirks;
	bool one_too_much;
};

/**
 * struct mode_answer - what came back for a command
 * @buffer: the data
 * @received: number of bytes at @buffer that came
 * @status: outcome of the command
 */
struct mode_answer {
	u8 *buffer;
	size_t received;
	struct modepages_status status;
};

/**
 * struct mode_exchange - a question on its way to an answer
 * @request: the command to send, into a buffer of @request.allocation bytes
 * @compare: keep the answer before; mode_exchange_better() tells which to take.
 *	Leave other marks in the buffer, see mode_fill().
 * @fixed: the caller has chosen the way of asking
 * @shape: index of the way of asking, if not
 * @last: no other command will be asked for
 * @residue: because the transport said that bytes are missing
 * @mark: because one byte is missing, which may be there and look like a mark
 */
struct mode_exchange {
	struct mode_request request;
	bool compare;
	bool fixed;
	u8 shape;
	bool last;
	bool residue;
	bool mark;
};

/**
 * mode_exchange_begin() - prepare the first command
 * @exchange: to be filled in
 * @dialect: what is known of the drive
 * @request: page, subpage and page control; if its allocation length is set,
 *	DBD and allocation length are taken from it too, and a refusal of them is
 *	a refusal of the page
 */
void mode_exchange_begin(struct mode_exchange *exchange,
			 const struct mode_dialect *dialect,
			 const struct mode_request *request);

/**
 * mode_exchange_next() - does the answer call for another command?
 * @exchange: the exchange; if so, @request and @compare are set for it
 * @dialect: gets what the answer tells of the drive
 * @answer: answer to @exchange->request
 *
 * Another form or way of asking is tried where the drive refuses the one that
 * was sent and has never accepted it. An answer for which there was not enough
 * room, and one of which a part is missing, is asked for once more; but not if the
 * drive is known for declaring that much too much.
 *
 * Return: true when @exchange->request is to be sent.
 */
bool mode_exchange_next(struct mode_exchange *exchange,
			struct mode_dialect *dialect,
			const struct mode_answer *answer);

/**
 * mode_exchange_better() - is the second answer the better one?
 * @exchange: the exchange
 * @dialect: gets what the comparison tells of the drive
 * @first: the answer for which mode_exchange_next() has set @compare
 * @second: the answer after it
 *
 * Return: true when @second is to be taken, false for @first.
 */
bool mode_exchange_better(const struct mode_exchange *exchange,
			  struct mode_dialect *dialect,
			  const struct mode_answer *first,
			  const struct mode_answer *second);

#endif /* MODEPAGES_CORE_EXCHANGE_H */
