// SPDX-License-Identifier: MIT
/*
 * Fuzz target: drivers/core/exchange.c. An input is what is known of a drive, and
 * questions to it, each with the answers to the commands that come of it:
 *
 *  0   what is known of the drive: bit 0: the form, bit 1: six bytes; bit 2: the
 *      way of asking, bits 3-4: which; bit 5: it declares too much;
 *      bit 6: one byte, and that was no mark
 *
 *  0   question: page code
 *  1   subpage code
 *  2   bits 0-1: page control; bit 2: DBD, if the allocation length is fixed
 *  3   a quarter of the allocation length, or 0
 *
 *  0   answer: 0 good, 1 with sense data, 2 none in time; bit 7: the last byte
 *      sent is the mark that a first command leaves there
 *  1-3 sense key, additional sense code and qualifier
 *  4-5 residue
 *  6-7 number of bytes sent
 *  8   how many of them follow; the others are zeros
 */
#include "fuzz.h"
#include "answer-step.h"

/* The first, in the other form, in two other ways, and once more. */
#define COMMANDS	5
#define QUESTIONS	3

#define LEARNT \
	(MODEPAGES_QUIRK_DBD_REFUSED | MODEPAGES_QUIRK_SMALL_ALLOCATION | \
	 MODEPAGES_QUIRK_MODE_SENSE_6)

static struct mode_dialect take_dialect(struct input *input)
{
	u8 known = take(input);
	struct mode_dialect dialect = {
		.form_known = known & 1,
		.shape_known = known & 4,
	};

	/* Only what was accepted is kept. */
	if (dialect.form_known && known & 2) {
		dialect.form = MODE_FORM_6;
		dialect.quirks |= MODEPAGES_QUIRK_MODE_SENSE_6;
	}
	if (dialect.shape_known)
		dialect.shape = (known >> 3 & 3) % 3;
	if (dialect.shape > 0)
		dialect.quirks |= MODEPAGES_QUIRK_DBD_REFUSED;
	if (dialect.shape > 1)
		dialect.quirks |= MODEPAGES_QUIRK_SMALL_ALLOCATION;
	if (known & 0x20)
		dialect.quirks |= MODEPAGES_QUIRK_LENGTH_TOO_LARGE;
	dialect.one_too_much = known & 0x40;
	return dialect;
}

static struct mode_request take_question(struct input *input)
{
	struct mode_request question = {
		.page = take(input) & MODE_PAGE_CODE_MASK,
		.subpage = take(input),
	};
	u8 kind = take(input);
	u16 allocation = take(input) * 4;

	question.control = kind & 3;
	/* Even, and no less than a header: less is never asked for. */
	if (allocation >= MODE_HEADER10_LENGTH) {
		question.allocation = allocation;
		question.dbd = kind & 4;
	}
	return question;
}

/* Through sense.c, as the transports do it. */
static void take_status(struct input *input, u8 outcome,
			struct modepages_status *status)
{
	u8 sense[18] = { 0x70, [7] = 10 };

	*status = (struct modepages_status){ 0 };
	sense[2] = take(input);
	sense[12] = take(input);
	sense[13] = take(input);
	if (outcome == 1) {
		sense_decode(status, sense, sizeof(sense));
		status->code = sense_status(status);
	} else if (outcome) {
		status->code = MODEPAGES_STATUS_TIMEOUT;
	}
}

/* What a first command leaves at an offset. */
static u8 mark(size_t offset)
{
	u8 *marks = allocate(offset + 1), value;

	mode_fill(marks, offset + 1, false);
	value = marks[offset];
	free(marks);
	return value;
}

static void send_bytes(struct input *input, u8 *buffer, size_t room, bool like)
{
	size_t sent = min((size_t)take_be16(input), room);
	size_t length = take(input), i;

	for (i = 0; i < length; i++) {
		u8 byte = take(input);

		if (i < sent)
			buffer[i] = byte;
	}
	if (sent > length)
		memset(buffer + length, 0, sent - length);
	if (sent && like)
		buffer[sent - 1] = mark(sent - 1);
}

/* The drive and the transport. */
static void take_answer(struct input *input,
			const struct mode_exchange *exchange,
			struct mode_answer *answer)
{
	size_t room = exchange->request.allocation;
	u8 outcome = take(input);

	answer->buffer = allocate(room);
	mode_fill(answer->buffer, room, exchange->compare);
	take_status(input, (outcome & 0x7f) % 3, &answer->status);
	answer->status.residue = take_be16(input);
	send_bytes(input, answer->buffer, room, outcome & 0x80);
	answer_arrives(answer, room, exchange->compare);
}

/* What is asked for stays, in a command that no bridge chokes on. */
static void check_request(const struct mode_request *request,
			  const struct mode_request *question)
{
	bool six = request->form == MODE_FORM_6;

	expect(request->page == question->page);
	expect(request->subpage == question->subpage);
	expect(request->control == question->control);
	expect(!question->allocation || request->dbd == question->dbd);
	expect(request->allocation % 2 == 0);
	expect(request->allocation >= MODE_HEADER10_LENGTH);
	expect(!six || request->allocation <= MODE_ALLOCATION6_MAX);
}

/* What was found out stays, and a drive that has had no say teaches nothing. */
static void check_learnt(const struct mode_dialect *before,
			 const struct mode_dialect *dialect,
			 const struct modepages_status *status, bool fixed)
{
	bool said = !status->code ||
		    status->sense_key == SENSE_KEY_ILLEGAL_REQUEST;

	/* That takes two answers. */
	expect(dialect->one_too_much == before->one_too_much);
	expect(!(before->quirks & ~dialect->quirks));
	expect(!(dialect->quirks & ~before->quirks & ~LEARNT));
	if (before->form_known)
		expect(dialect->form_known && dialect->form == before->form);
	if (before->shape_known || fixed || status->code)
		expect(dialect->shape_known == before->shape_known &&
		       dialect->shape == before->shape);
	else
		expect(dialect->shape_known);
	if (!said)
		expect(same_dialect(before, dialect));
	expect_both_or_none(dialect->form == MODE_FORM_6,
			    dialect->quirks & MODEPAGES_QUIRK_MODE_SENSE_6);
	expect_both_or_none(dialect->shape > 0,
			    dialect->quirks & MODEPAGES_QUIRK_DBD_REFUSED);
	expect_both_or_none(dialect->shape > 1,
			    dialect->quirks & MODEPAGES_QUIRK_SMALL_ALLOCATION);
}

/* Only a refusal of the form or of the way of asking gets another one. */
static void check_refused(const struct mode_exchange *before,
			  const struct mode_dialect *known,
			  const struct mode_exchange *exchange, bool more,
			  const struct modepages_status *status)
{
	bool key = status->sense_key == SENSE_KEY_ILLEGAL_REQUEST;
	bool ten = before->request.form == MODE_FORM_10;
	bool form = key && status->asc == SENSE_ASC_INVALID_OPCODE && ten &&
		    !known->form_known;
	bool way = key && status->asc == SENSE_ASC_INVALID_FIELD_IN_CDB &&
		   !known->shape_known && !before->fixed;

	expect(!exchange->compare);
	expect(!more || form || way);
	if (form)
		expect(more && exchange->request.form == MODE_FORM_6 &&
		       exchange->request.dbd == before->request.dbd);
	if (more && way)
		expect(exchange->request.form == before->request.form &&
		       (exchange->request.dbd != before->request.dbd ||
			exchange->request.allocation <
			before->request.allocation));
}

/* An answer that is whole does not get another command, one that is not may. */
static void check_whole(const struct mode_exchange *before,
			const struct mode_dialect *known,
			const struct mode_exchange *exchange, bool more,
			const struct mode_answer *answer)
{
	const struct mode_request *next = &exchange->request;
	size_t room = before->request.allocation;
	size_t declared = mode_declared(&before->request, answer->buffer,
					answer->received);
	bool six = before->request.form == MODE_FORM_6;
	bool full = declared > room && answer->received + 1 >= room;
	/* That one may be there, and look like a mark. */
	bool last = !answer->status.residue && answer->received + 1 == declared;

	expect(exchange->compare == more);
	if (declared && declared <= answer->received)
		expect(!more);
	else if (!declared)
		expect(more);
	else if (full)
		expect(more == !six);
	else if (last)
		expect(more == !known->one_too_much);
	else
		expect(more == !(known->quirks &
				 MODEPAGES_QUIRK_LENGTH_TOO_LARGE));
	if (!more)
		return;
	expect(next->form == before->request.form);
	expect(next->dbd == before->request.dbd);
	expect(exchange->residue == (!full && answer->status.residue));
	if (full)
		expect(next->allocation >=
		       min(declared, (size_t)MODE_ALLOCATION10_MAX -
			   MODE_ALLOCATION10_MAX % MODE_ALLOCATION));
	else if (!answer->status.residue)
		expect(next->allocation == room);
	else if (declared)
		expect(next->allocation <= room);
}

static bool next(struct mode_exchange *exchange, struct mode_dialect *dialect,
		 const struct mode_answer *answer)
{
	struct mode_exchange before = *exchange;
	struct mode_dialect known = *dialect;
	bool more = mode_exchange_next(exchange, dialect, answer);

	check_learnt(&known, dialect, &answer->status, before.fixed);
	if (answer->status.code)
		check_refused(&before, &known, exchange, more, &answer->status);
	else
		check_whole(&before, &known, exchange, more, answer);
	return more;
}

/* What is taken is good, and no other good answer has more. */
static void check_taken(const struct mode_answer *first,
			const struct mode_answer *second, bool second_one)
{
	const struct mode_answer *taken = second_one ? second : first;

	expect(!taken->status.code);
	expect(taken->received >= first->received);
	if (!second->status.code)
		expect(taken->received >= second->received);
}

/* A residue is wrong if it has hidden bytes: then the second answer has them. */
static void check_residue(const struct mode_dialect *known,
			  const struct mode_dialect *dialect,
			  const struct mode_answer *first,
			  const struct mode_answer *second)
{
	u64 learnt = dialect->quirks & ~known->quirks;

	expect(!(known->quirks & ~dialect->quirks));
	if (!learnt)
		return;
	expect(learnt == MODEPAGES_QUIRK_RESIDUE);
	expect(first->status.residue && !second->status.code);
	expect(first->received < second->received);
}

/* A byte is declared too much if it is the last one, and came neither time. */
static void check_one_too_much(const struct mode_exchange *exchange,
			       const struct mode_dialect *known,
			       const struct mode_dialect *dialect,
			       const struct mode_answer *first,
			       const struct mode_answer *second)
{
	size_t declared = mode_declared(&exchange->request, first->buffer,
					first->received);

	expect(dialect->one_too_much >= known->one_too_much);
	if (dialect->one_too_much == known->one_too_much)
		return;
	expect(!first->status.residue && first->received + 1 == declared);
	declared = mode_declared(&exchange->request, second->buffer,
				 second->received);
	expect(!second->status.code);
	expect(!second->status.residue && second->received + 1 == declared);
	expect(first->received == second->received);
}

static bool better(const struct mode_exchange *exchange,
		   struct mode_dialect *dialect,
		   const struct mode_answer *first,
		   const struct mode_answer *second)
{
	struct mode_dialect known = *dialect, unused = *dialect;
	struct mode_exchange last = *exchange;
	bool second_one = mode_exchange_better(exchange, dialect, first,
					       second);

	check_taken(first, second, second_one);
	check_residue(&known, dialect, first, second);
	check_one_too_much(exchange, &known, dialect, first, second);
	/* Nothing else comes of a comparison. */
	known.quirks |= MODEPAGES_QUIRK_RESIDUE & dialect->quirks;
	known.one_too_much = dialect->one_too_much;
	expect(same_dialect(dialect, &known));
	/* Whatever came, that was the last command. */
	expect(!mode_exchange_next(&last, &unused, second));
	return second_one;
}

/* Sends what the exchange wants sent, as the transports do. */
static void ask(struct input *input, struct mode_dialect *dialect)
{
	const struct mode_request question = take_question(input);
	struct mode_answer first = { 0 }, answer;
	struct mode_exchange exchange;
	struct mode_data data;
	int commands = 0;
	bool more;

	mode_exchange_begin(&exchange, dialect, &question);
	do {
		expect(++commands <= COMMANDS);
		check_request(&exchange.request, &question);
		take_answer(input, &exchange, &answer);
		if (exchange.compare)
			break;
		more = next(&exchange, dialect, &answer);
		if (more) {
			free(first.buffer);
			first = answer;
		}
	} while (more);

	if (exchange.compare && !better(&exchange, dialect, &first, &answer)) {
		free(answer.buffer);
		answer = first;
		first.buffer = NULL;
	}
	if (!answer.status.code)
		mode_data_parse(&data, &exchange.request, answer.buffer,
				answer.received);
	free(first.buffer);
	free(answer.buffer);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct input input = { bytes, length };
	struct mode_dialect dialect = take_dialect(&input);
	int questions;

	for (questions = 0; questions < QUESTIONS && input.length; questions++)
		ask(&input, &dialect);
	return 0;
}
