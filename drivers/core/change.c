// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Changing bits of a page: what may be changed, what comes of it, and the MODE
 * SELECT command that has it done.
 */
#include "change.h"
#include "sense.h"

#define MODE_SELECT_PF			0x10
#define MODE_SELECT_SP			0x01

bool mode_page_complete(const u8 *data, size_t length, struct mode_page *page)
{
	const struct mode_data whole = { .pages = data, .length = length };
	size_t offset = 0;

	return mode_page_next(&whole, &offset, page) && !page->truncated &&
	       !page->empty && page->length == length &&
	       page->spf == !!page->subpage;
}
EXPORT_SYMBOL_IF_KUNIT(mode_page_complete);

static bool highest_bit(u8 bits, size_t byte, struct mode_place *place)
{
	if (!bits)
		return false;
	place->byte = byte;
	for (place->bit = 7; !(bits & 1 << place->bit); place->bit--)
		;
	return true;
}

bool mode_bits_differ(const u8 *a, const u8 *b, const u8 *mask, size_t length,
		      struct mode_place *first)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (highest_bit((a[i] ^ b[i]) & mask[i], i, first))
			return true;
	return false;
}
EXPORT_SYMBOL_IF_KUNIT(mode_bits_differ);

bool mode_mask_exceeds(const u8 *mask, size_t length,
		       const struct mode_page *changeable,
		       struct mode_place *first)
{
	size_t header = mode_page_header(changeable->data[0]);
	u8 allowed;
	size_t i;

	for (i = 0; i < length; i++) {
		allowed = 0;
		if (i >= header && i < changeable->length)
			allowed = changeable->data[i];
		if (highest_bit(mask[i] & ~allowed, i, first))
			return true;
	}
	return false;
}
EXPORT_SYMBOL_IF_KUNIT(mode_mask_exceeds);

bool mode_mask_beyond(const u8 *mask, size_t length, size_t page_length,
		      struct mode_place *first)
{
	size_t i;

	for (i = page_length; i < length; i++)
		if (highest_bit(mask[i], i, first))
			return true;
	return false;
}
EXPORT_SYMBOL_IF_KUNIT(mode_mask_beyond);

void mode_bits_copy(u8 *to, const u8 *from, const u8 *mask, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		to[i] = (to[i] & ~mask[i]) | (from[i] & mask[i]);
}
EXPORT_SYMBOL_IF_KUNIT(mode_bits_copy);

void mode_bits_prepare(u8 *value, u8 *mask, const u8 *before, size_t length,
		       const u8 *wanted_mask, const u8 *wanted,
		       size_t wanted_length)
{
	size_t both = min(length, wanted_length);
	size_t i;

	memcpy(value, before, length);
	memset(mask, 0, length);
	if (wanted_mask)
		memcpy(mask, wanted_mask, both);
	else
		for (i = mode_page_header(before[0]); i < both; i++)
			mask[i] = before[i] ^ wanted[i];
	mode_bits_copy(value, wanted, mask, both);
}
EXPORT_SYMBOL_IF_KUNIT(mode_bits_prepare);

static size_t select_header(enum mode_form form)
{
	return form == MODE_FORM_6 ? MODE_HEADER6_LENGTH : MODE_HEADER10_LENGTH;
}

size_t mode_select_length(enum mode_form form, size_t page_length)
{
	size_t most = form == MODE_FORM_6 ? 0xff : 0xffff;
	size_t header = select_header(form);

	return page_length > most - header ? 0 : header + page_length;
}
EXPORT_SYMBOL_IF_KUNIT(mode_select_length);

void mode_select_list(u8 *list, enum mode_form form, const u8 *page,
		      size_t page_length)
{
	size_t header = select_header(form);

	memset(list, 0, header);
	memcpy(list + header, page, page_length);
	list[header] &= ~MODE_PAGE_PS;
}
EXPORT_SYMBOL_IF_KUNIT(mode_select_list);

size_t mode_select_cdb(u8 cdb[MODE_SELECT_CDB_MAX_LENGTH], enum mode_form form,
		       bool save, size_t length)
{
	memset(cdb, 0, MODE_SELECT_CDB_MAX_LENGTH);
	cdb[1] = MODE_SELECT_PF | (save ? MODE_SELECT_SP : 0);
	if (form == MODE_FORM_6) {
		cdb[0] = MODE_SELECT6_OPCODE;
		cdb[4] = (u8)length;
		return 6;
	}
	cdb[0] = MODE_SELECT10_OPCODE;
	put_unaligned_be16((u16)length, &cdb[7]);
	return 10;
}
EXPORT_SYMBOL_IF_KUNIT(mode_select_cdb);

void mode_status_place(struct modepages_status *status,
		       const struct mode_place *place)
{
	status->flags &= ~MODEPAGES_STATUS_FIELD_CDB;
	status->flags |= MODEPAGES_STATUS_FIELD | MODEPAGES_STATUS_FIELD_PAGE |
			 MODEPAGES_STATUS_FIELD_BIT;
	status->field_byte = (u16)place->byte;
	status->field_bit = place->bit;
}
EXPORT_SYMBOL_IF_KUNIT(mode_status_place);

/* The drive counts from the beginning of the parameter list (SPC-4, 4.5.2.4.2). */
static void select_field(struct modepages_status *status, enum mode_form form)
{
	size_t header = select_header(form);

	if (!(status->flags & MODEPAGES_STATUS_FIELD) ||
	    status->flags & MODEPAGES_STATUS_FIELD_CDB ||
	    status->field_byte < header)
		return;
	status->field_byte -= header;
	status->flags |= MODEPAGES_STATUS_FIELD_PAGE;
}

/* What it refuses is the page as such: its page code, or that it be saved. */
static bool select_refused_page(const struct modepages_status *status, bool save)
{
	bool field = status->flags & MODEPAGES_STATUS_FIELD;
	bool cdb = status->flags & MODEPAGES_STATUS_FIELD_CDB;

	if (status->asc == SENSE_ASC_SAVING_NOT_SUPPORTED)
		return true;
	if (status->asc == SENSE_ASC_INVALID_FIELD_IN_CDB)
		return save && (!field || (cdb && status->field_byte == 1));
	return status->asc == SENSE_ASC_INVALID_FIELD_IN_LIST &&
	       status->flags & MODEPAGES_STATUS_FIELD_PAGE &&
	       !status->field_byte;
}

u32 mode_select_status(struct modepages_status *status, enum mode_form form,
		       bool save)
{
	select_field(status, form);
	if (status->sense_key != SENSE_KEY_ILLEGAL_REQUEST)
		return sense_status(status);
	if (select_refused_page(status, save))
		return MODEPAGES_STATUS_NO_SUCH_PAGE;

	switch (status->asc) {
	case SENSE_ASC_LIST_LENGTH:
	case SENSE_ASC_INVALID_FIELD_IN_CDB:
	case SENSE_ASC_INVALID_FIELD_IN_LIST:
	case SENSE_ASC_COMMAND_SEQUENCE:
	case SENSE_ASC_ILLEGAL_MODE:
		return MODEPAGES_STATUS_INVALID_MODE_PARAMETERS;
	default:
		return sense_status(status);
	}
}
EXPORT_SYMBOL_IF_KUNIT(mode_select_status);

bool mode_select_other_form(const struct modepages_status *status,
			    enum mode_form *form)
{
	if (*form == MODE_FORM_6 || !status->code ||
	    status->sense_key != SENSE_KEY_ILLEGAL_REQUEST ||
	    status->asc != SENSE_ASC_INVALID_OPCODE)
		return false;
	*form = MODE_FORM_6;
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(mode_select_other_form);

bool mode_select_rounded(const struct modepages_status *status)
{
	return status->flags & MODEPAGES_STATUS_SENSE &&
	       status->sense_key == SENSE_KEY_RECOVERED_ERROR &&
	       status->asc == SENSE_ASC_ROUNDED_PARAMETER;
}
EXPORT_SYMBOL_IF_KUNIT(mode_select_rounded);
