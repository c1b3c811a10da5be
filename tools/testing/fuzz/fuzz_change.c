// SPDX-License-Identifier: MIT
/*
 * Fuzz target: drivers/core/change.c. An input is a change of a page and what the
 * drive answers:
 *
 *  0   bit 0: by the six byte command; bit 1: to be saved; bit 2: all that differs
 *      is to be changed, whatever the mask says
 *  1-3 size of another page
 *  4   number of bytes that follow: a mask
 *  -   the same: a page
 *  -   the same: what is to be written, of which the mask has some bits
 *  -   sense data
 */
#include "change.h"
#include "fuzz_change.h"
#include "sense.h"

static bool is_subpage(u8 byte)
{
	return byte & 0x40;
}

/* SPC-4, 7.5.7: header and length, and something behind them. Subpage 0 has none. */
static bool is_page(const u8 *bytes, size_t length)
{
	if (length < 3)
		return false;
	if (!is_subpage(bytes[0]))
		return length == 2u + bytes[1];
	return length > 4 && bytes[1] &&
	       length == 4u + (bytes[2] << 8 | bytes[3]);
}

static void check_complete(const u8 *bytes, size_t length)
{
	struct mode_page page;

	expect_both_or_none(mode_page_complete(bytes, length, &page),
			    is_page(bytes, length));
	if (!is_page(bytes, length))
		return;
	expect(page.data == bytes && page.length == length);
	expect(page.code == (bytes[0] & 0x3f));
	expect(page.subpage == (is_subpage(bytes[0]) ? bytes[1] : 0));
}

static bool is_set(const u8 *bytes, const struct mode_place *place)
{
	return bytes[place->byte] & 1 << place->bit;
}

/* The one after it in the order in which they are looked at; false at the end. */
static bool next(struct mode_place *place, size_t length)
{
	if (place->bit--)
		return true;
	place->bit = 7;
	return ++place->byte < length;
}

/* The first bit for which something holds, by going through them one by one. */
static void check_first(bool any, const struct mode_place *first,
			const struct change *c, size_t length,
			bool (*holds)(const struct change *c,
				      const struct mode_place *place))
{
	struct mode_place place = { .bit = 7 };
	bool more = length;

	while (more && !holds(c, &place))
		more = next(&place, length);
	expect_both_or_none(any, more);
	if (any)
		expect(first->byte == place.byte && first->bit == place.bit);
}

/* Is a bit to be changed that can not be, or that the page does not have? */
static bool is_too_much(const struct change *c, const struct mode_place *place)
{
	size_t header = is_subpage(c->page.bytes[0]) ? 4 : 2;

	if (!is_set(c->mask.bytes, place))
		return false;
	return place->byte < header || place->byte >= c->page.length ||
	       !is_set(c->page.bytes, place);
}

static bool is_beyond(const struct change *c, const struct mode_place *place)
{
	return place->byte >= c->page.length && is_set(c->mask.bytes, place);
}

static void check_mask(const struct change *c)
{
	const struct mode_page page = {
		.data = c->page.bytes,
		.length = c->page.length,
	};
	struct mode_place found = { 0 };
	size_t length = c->mask.length;
	bool any;

	any = mode_mask_exceeds(c->mask.bytes, length, &page, &found);
	check_first(any, &found, c, length, is_too_much);
	any = mode_mask_beyond(c->mask.bytes, length, page.length, &found);
	check_first(any, &found, c, length, is_beyond);
}

static bool is_other(const struct change *c, const struct mode_place *place)
{
	return is_set(c->mask.bytes, place) &&
	       is_set(c->page.bytes, place) != is_set(c->wanted.bytes, place);
}

/* The bits of the mask are what is wanted, the rest stays. */
static void check_values(const u8 *value, const u8 *mask, const u8 *before,
			 const u8 *wanted, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++) {
		expect(!((value[i] ^ wanted[i]) & mask[i]));
		expect(!((value[i] ^ before[i]) & ~mask[i]));
	}
}

/* All three, as long as they are. */
static void check_bits(const struct change *c)
{
	size_t length = min(min(c->mask.length, c->page.length),
			    c->wanted.length);
	u8 *to = copy(c->page.bytes, length);
	u8 *from = copy(c->wanted.bytes, length);
	u8 *mask = copy(c->mask.bytes, length);
	struct mode_place found = { 0 };

	check_first(mode_bits_differ(to, from, mask, length, &found), &found, c,
		    length, is_other);
	mode_bits_copy(to, from, mask, length);
	check_values(to, mask, c->page.bytes, c->wanted.bytes, length);
	expect(!mode_bits_differ(to, from, mask, length, &found));
	free(to);
	free(from);
	free(mask);
}

/* Bits are as wanted where there are any; all that differ, but for the header. */
static void check_prepared(const struct change *c, const u8 *value,
			   const u8 *mask, size_t wanted_length)
{
	const u8 *before = c->page.bytes, *wanted = c->wanted.bytes;
	size_t header = is_subpage(before[0]) ? 4 : 2;
	size_t both = min(c->page.length, wanted_length);
	size_t rest = c->page.length - both, i;

	check_values(value, mask, before, wanted, both);
	expect(!memcmp(value + both, before + both, rest));
	for (i = 0; i < c->page.length; i++)
		if (i >= both || (c->all && i < header))
			expect(!mask[i]);
		else if (c->all)
			expect(mask[i] == (before[i] ^ wanted[i]));
		else
			expect(mask[i] == c->mask.bytes[i]);
}

static void check_prepare(const struct change *c)
{
	size_t length = c->page.length, wanted_length = c->wanted.length;
	u8 *value = allocate(length), *mask = allocate(length);
	u8 *wanted, *wanted_mask = NULL;

	if (!c->all) {
		wanted_length = min(wanted_length, c->mask.length);
		wanted_mask = copy(c->mask.bytes, wanted_length);
	}
	wanted = copy(c->wanted.bytes, wanted_length);
	mode_bits_prepare(value, mask, c->page.bytes, length, wanted_mask,
			  wanted, wanted_length);
	check_prepared(c, value, mask, wanted_length);
	free(value);
	free(mask);
	free(wanted);
	free(wanted_mask);
}

/* Six bytes announce the length in one byte, ten in two. */
static void check_size(enum mode_form form, size_t page_length)
{
	bool six = form == MODE_FORM_6;
	size_t all = page_length + (six ? 4 : 8);

	expect(mode_select_length(form, page_length) ==
	       (all >> (six ? 8 : 16) ? 0 : all));
}

static void check_cdb(enum mode_form form, bool save, size_t length)
{
	u8 cdb[MODE_SELECT_CDB_MAX_LENGTH];
	bool six = form == MODE_FORM_6;

	memset(cdb, 0xa5, sizeof(cdb));
	expect(mode_select_cdb(cdb, form, save, length) == (six ? 6 : 10));
	expect(cdb[0] == (six ? 0x15 : 0x55));
	expect(cdb[1] == (save ? 0x11 : 0x10));
	expect(!cdb[2] && !cdb[3] && !cdb[5]);
	expect(length == (six ? cdb[4] : (size_t)(cdb[7] << 8 | cdb[8])));
	expect(six || (!cdb[4] && !cdb[6] && !cdb[9]));
}

static void check_list(const struct change *c)
{
	size_t header = c->form == MODE_FORM_6 ? 4 : 8, i;
	size_t size = mode_select_length(c->form, c->page.length);
	const u8 *page = c->page.bytes;
	u8 *list;

	if (!size)
		return;
	list = allocate(size);
	memset(list, 0xa5, size);
	mode_select_list(list, c->form, page, c->page.length);
	for (i = 0; i < header; i++)
		expect(!list[i]);
	expect(list[header] == (page[0] & 0x7f));
	expect(!memcmp(list + header + 1, page + 1, c->page.length - 1));
	check_cdb(c->form, c->save, size);
	free(list);
}

/* Only from the longer form, and only where the command itself is not known. */
static void check_other_form(const struct modepages_status *status,
			     enum mode_form form)
{
	enum mode_form other = form;
	bool unknown = status->sense_key == SENSE_KEY_ILLEGAL_REQUEST &&
		       status->asc == SENSE_ASC_INVALID_OPCODE;

	expect_both_or_none(mode_select_other_form(status, &other),
			    unknown && form == MODE_FORM_10);
	expect(other == (unknown ? MODE_FORM_6 : form));
}

/* Nothing but the field is another one, whatever it was before. */
static void check_place(struct modepages_status status, size_t size)
{
	const struct mode_place place = { .byte = size >> 8, .bit = size & 7 };
	struct modepages_status before = status;

	mode_status_place(&status, &place);
	before.flags |= MODEPAGES_STATUS_FIELD | MODEPAGES_STATUS_FIELD_PAGE |
			MODEPAGES_STATUS_FIELD_BIT;
	before.flags &= ~MODEPAGES_STATUS_FIELD_CDB;
	before.field_byte = place.byte;
	before.field_bit = place.bit;
	expect(!memcmp(&status, &before, sizeof(status)));
}

/* Nothing but the field's place is another one, and only where it is in the page. */
static void check_refusal(const struct change *c)
{
	const u8 field = MODEPAGES_STATUS_FIELD | MODEPAGES_STATUS_FIELD_CDB;
	size_t header = c->form == MODE_FORM_6 ? 4 : 8;
	struct modepages_status status = { 0 }, before;

	if (!sense_decode(&status, c->sense.bytes, c->sense.length))
		return;
	before = status;
	if ((status.flags & field) == MODEPAGES_STATUS_FIELD &&
	    status.field_byte >= header) {
		before.field_byte -= header;
		before.flags |= MODEPAGES_STATUS_FIELD_PAGE;
	}
	status.code = mode_select_status(&status, c->form, c->save);

	expect(status.code <= MODEPAGES_STATUS_VERIFY_FAILED);
	expect_both_or_none(status.code, status.sense_key > 1);
	if (status.code == MODEPAGES_STATUS_INVALID_MODE_PARAMETERS)
		expect(status.sense_key == SENSE_KEY_ILLEGAL_REQUEST);
	expect(mode_select_rounded(&status) ==
	       (status.sense_key == 1 && status.asc == 0x37));
	before.code = status.code;
	expect(!memcmp(&status, &before, sizeof(status)));
	check_other_form(&status, c->form);
	check_place(status, c->size);
}

/* Of exactly this size, so that ASan sees a read past either end. */
static struct input take_some(struct input *input, size_t length)
{
	struct input some = { .length = min(length, input->length) };

	some.bytes = copy(input->bytes, some.length);
	input->bytes += some.length;
	input->length -= some.length;
	return some;
}

static void let_go(const struct input *some)
{
	free((u8 *)some->bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct input input = { bytes, length };
	u8 options = take(&input);
	struct change c = {
		.form = options & 1 ? MODE_FORM_6 : MODE_FORM_10,
		.save = options & 2,
		.all = options & 4,
	};

	c.size = take(&input) << 16;
	c.size |= take_be16(&input);
	c.mask = take_some(&input, take(&input));
	c.page = take_some(&input, take(&input));
	c.wanted = take_some(&input, take(&input));
	c.sense = take_some(&input, input.length);

	check_complete(c.page.bytes, c.page.length);
	check_bits(&c);
	check_size(c.form, c.size);
	check_size(c.form, c.page.length);
	if (c.page.length) {
		check_mask(&c);
		check_prepare(&c);
		check_list(&c);
	}
	check_refusal(&c);
	let_go(&c.mask);
	let_go(&c.page);
	let_go(&c.wanted);
	let_go(&c.sense);
	return 0;
}
