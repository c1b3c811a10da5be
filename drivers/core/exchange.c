// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Getting one whole answer to MODE SENSE: which command to send, and whether
 * its answer calls for another one.
 */
#include "exchange.h"

/* What Windows asks disks for: the longest that six byte drives are used to. */
#define MODE_ALLOCATION_6	192
/* Holds nearly every page; for an answer of which not even the header came. */
#define MODE_ALLOCATION_BLIND	64
/* The least that is asked for: less than a header upsets bridges. */
#define MODE_ALLOCATION_MIN	MODE_HEADER10_LENGTH

/* Ways of asking, best first. */
static const struct mode_shape {
	bool dbd;
	u16 allocation;
	u64 quirks;
} mode_shapes[] = {
	{ true, MODE_ALLOCATION, 0 },
	{ false, MODE_ALLOCATION, MODEPAGES_QUIRK_DBD_REFUSED },
	{ false, MODE_ALLOCATION_SMALL,
	  MODEPAGES_QUIRK_DBD_REFUSED | MODEPAGES_QUIRK_SMALL_ALLOCATION },
};

static void exchange_set_form(struct mode_exchange *exchange,
			      enum mode_form form)
{
	struct mode_request *request = &exchange->request;

	request->form = form;
	if (form == MODE_FORM_6 && request->allocation > MODE_ALLOCATION_6)
		request->allocation = MODE_ALLOCATION_6;
}

static void exchange_set_shape(struct mode_exchange *exchange,
			       const struct mode_dialect *dialect, u8 shape)
{
	exchange->shape = shape;
	exchange->request.dbd = mode_shapes[shape].dbd;
	exchange->request.allocation = mode_shapes[shape].allocation;
	exchange_set_form(exchange, dialect->form);
}

void mode_exchange_begin(struct mode_exchange *exchange,
			 const struct mode_dialect *dialect,
			 const struct mode_request *request)
{
	*exchange = (struct mode_exchange) {
		.request = *request,
		.fixed = request->allocation,
	};
	if (exchange->fixed)
		exchange_set_form(exchange, dialect->form);
	else
		exchange_set_shape(exchange, dialect, dialect->shape);
}
EXPORT_SYMBOL_IF_KUNIT(mode_exchange_begin);

static bool refused_with(const struct modepages_status *status, u8 asc)
{
	return status->code && status->sense_key == SENSE_KEY_ILLEGAL_REQUEST &&
	       status->asc == asc;
}

/* Drives of SCSI-2 may know the six byte command alone. */
static bool exchange_other_form(struct mode_exchange *exchange,
				struct mode_dialect *dialect,
				const struct modepages_status *status)
{
	bool refused = refused_with(status, SENSE_ASC_INVALID_OPCODE);

	if (dialect->form_known)
		return false;
	if (refused && exchange->request.form == MODE_FORM_10) {
		exchange_set_form(exchange, MODE_FORM_6);
		return true;
	}

	/* It has had its say, be it a refusal of something else. */
	dialect->form_known = !status->code ||
			      status->sense_key == SENSE_KEY_ILLEGAL_REQUEST;
	if (dialect->form_known && !refused &&
	    exchange->request.form == MODE_FORM_6) {
		dialect->form = MODE_FORM_6;
		dialect->quirks |= MODEPAGES_QUIRK_MODE_SENSE_6;
	}
	return false;
}

/*
 * "Invalid field in CDB" is what a missing page gets, and also a bit or a length
 * that the drive does not like. So the others are tried only until one was
 * accepted.
 */
static bool exchange_other_shape(struct mode_exchange *exchange,
				 struct mode_dialect *dialect,
				 const struct modepages_status *status)
{
	if (dialect->shape_known || exchange->fixed)
		return false;

	if (!status->code) {
		dialect->shape = exchange->shape;
		dialect->shape_known = true;
		dialect->quirks |= mode_shapes[exchange->shape].quirks;
		return false;
	}
	if (!refused_with(status, SENSE_ASC_INVALID_FIELD_IN_CDB) ||
	    exchange->shape == ARRAY_SIZE(mode_shapes) - 1)
		return false;
	exchange_set_shape(exchange, dialect, exchange->shape + 1);
	return true;
}

/*
 * There is more than there was room for: once more, with room for all. Where 512
 * bytes were refused, with exactly as much. Of other sizes the block layer makes
 * a copy, where there are no marks.
 */
static bool exchange_more_room(struct mode_exchange *exchange, size_t declared)
{
	size_t unit = MODE_ALLOCATION;
	size_t room, most;

	/* The six byte command is not asked for more than it may. */
	if (exchange->request.form == MODE_FORM_6)
		return false;
	if (mode_shapes[exchange->shape].allocation < MODE_ALLOCATION)
		unit = 2;
	room = declared + unit - 1;
	room -= room % unit;
	most = MODE_ALLOCATION10_MAX - MODE_ALLOCATION10_MAX % unit;
	exchange->request.allocation = min(room, most);
	exchange->compare = true;
	return true;
}

/*
 * Less came than was declared, and either may be wrong. Where the transport says
 * that bytes are missing, it has wiped them out (scsi_execute_cmd()); so exactly
 * as much is asked for once more, if that is no more than before. Where the marks
 * say so, the last bytes may look like marks; so the same is asked for with
 * others. A drive that is known for declaring too much has nothing to add, but a
 * last byte of its, too, may look like a mark, until that has been tried once.
 */
static bool exchange_missing(struct mode_exchange *exchange,
			     const struct mode_dialect *dialect,
			     const struct mode_answer *answer, size_t declared)
{
	u16 *allocation = &exchange->request.allocation;
	bool mark = !answer->status.residue && answer->received + 1 == declared;
	bool boasts = declared &&
		      dialect->quirks & MODEPAGES_QUIRK_LENGTH_TOO_LARGE;

	if (mark ? dialect->one_too_much : boasts)
		return false;
	if (answer->status.residue) {
		if (!declared)
			*allocation = MODE_ALLOCATION_BLIND;
		else if (declared < MODE_ALLOCATION_MIN)
			*allocation = MODE_ALLOCATION_MIN;
		else if (declared < *allocation)
			*allocation = declared + declared % 2;
		exchange->residue = true;
	}
	exchange->mark = mark;
	exchange->compare = true;
	return true;
}

static bool exchange_incomplete(struct mode_exchange *exchange,
				const struct mode_dialect *dialect,
				const struct mode_answer *answer)
{
	size_t room = exchange->request.allocation;
	size_t declared = mode_declared(&exchange->request, answer->buffer,
					answer->received);

	if (exchange->last)
		return false;
	exchange->last = true;
	/* Full, but for a last byte that may look like a mark. */
	if (declared > room && answer->received + 1 >= room)
		return exchange_more_room(exchange, declared);
	if (!declared || answer->received < declared)
		return exchange_missing(exchange, dialect, answer, declared);
	return false;
}

bool mode_exchange_next(struct mode_exchange *exchange,
			struct mode_dialect *dialect,
			const struct mode_answer *answer)
{
	if (exchange_other_form(exchange, dialect, &answer->status) ||
	    exchange_other_shape(exchange, dialect, &answer->status))
		return true;
	if (answer->status.code)
		return false;
	return exchange_incomplete(exchange, dialect, answer);
}
EXPORT_SYMBOL_IF_KUNIT(mode_exchange_next);

/* The byte that is missing was, both times, not there. */
static bool exchange_one_too_much(const struct mode_exchange *exchange,
				  const struct mode_answer *first,
				  const struct mode_answer *second)
{
	return exchange->mark && !second->status.residue &&
	       second->received == first->received &&
	       mode_declared(&exchange->request, second->buffer,
			     second->received) == second->received + 1;
}

bool mode_exchange_better(const struct mode_exchange *exchange,
			  struct mode_dialect *dialect,
			  const struct mode_answer *first,
			  const struct mode_answer *second)
{
	if (second->status.code)
		return false;
	if (exchange_one_too_much(exchange, first, second))
		dialect->one_too_much = true;
	if (second->received <= first->received)
		return false;
	if (exchange->residue)
		dialect->quirks |= MODEPAGES_QUIRK_RESIDUE;
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(mode_exchange_better);
