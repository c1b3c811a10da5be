// SPDX-License-Identifier: MIT
/*
 * Fuzz target: drivers/core/change.c. An input is the form of the command and
 * whether the page is to be saved, in one byte; the size of a mask, in another one;
 * the mask; the size of a page, the page; and sense data.
 */
#include "change.h"
#include "fuzz.h"
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

/* Is a bit to be changed that can not be? */
static bool is_beyond(const struct mode_place *place, const u8 *mask,
		      const u8 *page, size_t length)
{
	if (!is_set(mask, place))
		return false;
	return place->byte < (is_subpage(page[0]) ? 4 : 2) ||
		place->byte >= length || !is_set(page, place);
}

/* The first one, by going through them one by one. */
static void check_exceeds(const u8 *mask, size_t mask_length, const u8 *bytes,
			  size_t length)
{
	const struct mode_page page = { .data = bytes, .length = length };
	struct mode_place found = { 0 }, place = { .bit = 7 };
	bool exceeds = mode_mask_exceeds(mask, mask_length, &page, &found);
	bool more = mask_length;

	while (more && !is_beyond(&place, mask, bytes, length))
		more = next(&place, mask_length);
	expect_both_or_none(exceeds, more);
	if (exceeds)
		expect(found.byte == place.byte && found.bit == place.bit);
}

/* Both, as long as they are: the bits are the other's, the rest stays. */
static void check_bits(const u8 *mask, const u8 *bytes, size_t length)
{
	u8 *to = copy(bytes, length), *from = copy(bytes, length);
	struct mode_place place = { 0 };
	bool differ = false;
	size_t i;

	for (i = 0; i < length; i++) {
		from[i] = ~bytes[i];
		differ |= mask[i];
	}
	expect_both_or_none(mode_bits_differ(to, from, mask, length, &place),
			    differ);
	if (differ)
		expect(is_set(mask, &place));
	mode_bits_copy(to, from, mask, length);
	for (i = 0; i < length; i++)
		expect(to[i] == (bytes[i] ^ mask[i]));
	expect(!mode_bits_differ(to, from, mask, length, &place));
	free(to);
	free(from);
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

static void check_list(enum mode_form form, bool save, const u8 *page,
		       size_t length)
{
	size_t header = form == MODE_FORM_6 ? 4 : 8, i;
	size_t size = mode_select_length(form, length);
	u8 *list;

	expect(size == (form == MODE_FORM_6 && length > 251 ? 0 :
			length + header));
	if (!size)
		return;
	list = allocate(size);
	memset(list, 0xa5, size);
	mode_select_list(list, form, page, length);
	for (i = 0; i < header; i++)
		expect(!list[i]);
	expect(list[header] == (page[0] & 0x7f));
	expect(!memcmp(list + header + 1, page + 1, length - 1));
	check_cdb(form, save, size);
	free(list);
}

/* Nothing but the field's place is another one, and only where it is in the page. */
static void check_refusal(enum mode_form form, bool save, const u8 *sense,
			  size_t length)
{
	const u8 field = MODEPAGES_STATUS_FIELD | MODEPAGES_STATUS_FIELD_CDB;
	size_t header = form == MODE_FORM_6 ? 4 : 8;
	struct modepages_status status = { 0 }, before;
	bool in_page;

	if (!sense_decode(&status, sense, length))
		return;
	before = status;
	in_page = (status.flags & field) == MODEPAGES_STATUS_FIELD &&
		  status.field_byte >= header;
	status.code = mode_select_status(&status, form, save);

	expect(status.code <= MODEPAGES_STATUS_VERIFY_FAILED);
	expect_both_or_none(status.code, status.sense_key > 1);
	if (status.code == MODEPAGES_STATUS_INVALID_MODE_PARAMETERS)
		expect(status.sense_key == SENSE_KEY_ILLEGAL_REQUEST);
	expect(mode_select_rounded(&status) ==
	       (status.sense_key == 1 && status.asc == 0x37));
	if (in_page) {
		before.field_byte -= header;
		before.flags |= MODEPAGES_STATUS_FIELD_PAGE;
	}
	before.code = status.code;
	expect(!memcmp(&status, &before, sizeof(status)));
}

static u8 *take_some(struct input *input, size_t *length)
{
	u8 *bytes;

	*length = min((size_t)take(input), input->length);
	bytes = copy(input->bytes, *length);
	input->bytes += *length;
	input->length -= *length;
	return bytes;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct input input = { bytes, length };
	u8 options = take(&input);
	enum mode_form form = options & 1 ? MODE_FORM_6 : MODE_FORM_10;
	bool save = options & 2;
	size_t mask_length, page_length;
	u8 *mask = take_some(&input, &mask_length);
	u8 *page = take_some(&input, &page_length);
	u8 *sense = copy(input.bytes, input.length);

	check_complete(page, page_length);
	check_bits(mask, page, min(mask_length, page_length));
	if (page_length) {
		check_exceeds(mask, mask_length, page, page_length);
		check_list(form, save, page, page_length);
	}
	check_refusal(form, save, sense, input.length);
	free(mask);
	free(page);
	free(sense);
	return 0;
}
