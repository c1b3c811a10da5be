// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * MODE SENSE: the command and the data it returns. Bytes in, proven spans out.
 */
#include "mode.h"

#define MODE_SENSE_DBD		0x08

#define BLOCK_DESCRIPTOR_LENGTH	8

size_t mode_sense_cdb(u8 cdb[MODE_SENSE_CDB_MAX_LENGTH],
		      const struct mode_request *request)
{
	memset(cdb, 0, MODE_SENSE_CDB_MAX_LENGTH);
	cdb[1] = request->dbd ? MODE_SENSE_DBD : 0;
	cdb[2] = request->control << 6 | request->page;
	cdb[3] = request->subpage;

	if (request->form == MODE_FORM_6) {
		cdb[0] = MODE_SENSE6_OPCODE;
		cdb[4] = request->allocation;
		return 6;
	}
	cdb[0] = MODE_SENSE10_OPCODE;
	put_unaligned_be16(request->allocation, &cdb[7]);
	return 10;
}
EXPORT_SYMBOL_IF_KUNIT(mode_sense_cdb);

/*
 * Marks differ from their neighbours, so that no run of equal bytes looks like them,
 * and are never 0, which transports fill up with. Each eight of them are these with
 * their number added, so that they can be written and compared at once: none is so
 * large that it would change its neighbour then. Those of a second command are less
 * by more than any number.
 */
static const u8 mode_marks[sizeof(u64)] = {
	0x93, 0xae, 0x85, 0xba, 0x9c, 0xa7, 0x8b, 0xb1,
};

#define MODE_MARKS_NUMBERS	64
#define MODE_MARKS_EACH		0x0101010101010101ULL

/* Where the numbers begin anew, in bytes. */
#define MODE_MARKS_SPAN		(MODE_MARKS_NUMBERS * sizeof(u64))

/* @offset: where they stand, a multiple of eight. */
static u64 mode_eight_marks(size_t offset, bool again)
{
	u64 number = offset / sizeof(u64) % MODE_MARKS_NUMBERS, marks;

	memcpy(&marks, mode_marks, sizeof(marks));
	return marks + MODE_MARKS_EACH * number -
	       MODE_MARKS_EACH * (again ? MODE_MARKS_NUMBERS : 0);
}

static u8 mode_mark(size_t offset, bool again)
{
	u8 number = offset / sizeof(u64) % MODE_MARKS_NUMBERS;

	return mode_marks[offset % sizeof(u64)] + number -
	       (again ? MODE_MARKS_NUMBERS : 0);
}

void mode_fill(u8 *buffer, size_t length, bool again)
{
	size_t eights = length - length % sizeof(u64);
	size_t i = 0, end;
	u64 marks;

	while (i < eights) {
		marks = mode_eight_marks(i, again);
		end = min(eights, i + MODE_MARKS_SPAN);
		for (; i < end; i += sizeof(marks), marks += MODE_MARKS_EACH)
			memcpy(buffer + i, &marks, sizeof(marks));
	}
	for (; i < length; i++)
		buffer[i] = mode_mark(i, again);
}
EXPORT_SYMBOL_IF_KUNIT(mode_fill);

static bool mode_eight_written(const u8 *buffer, size_t offset, bool again)
{
	u64 bytes;

	memcpy(&bytes, buffer + offset, sizeof(bytes));
	return bytes != mode_eight_marks(offset, again);
}

size_t mode_written(const u8 *buffer, size_t length, bool again)
{
	const size_t eight = sizeof(u64);

	while (length) {
		if (length % eight == 0 &&
		    !mode_eight_written(buffer, length - eight, again))
			length -= eight;
		else if (buffer[length - 1] == mode_mark(length - 1, again))
			length--;
		else
			break;
	}
	return length;
}
EXPORT_SYMBOL_IF_KUNIT(mode_written);

/**
 * struct mode_header - mode parameter header (SPC-4, 7.5.4 and 7.5.5)
 * @length: its own size
 * @declared: size of the whole data, header included
 * @descriptors: size of the block descriptors
 * @medium_type: medium type
 * @device_specific: device-specific parameter
 */
struct mode_header {
	size_t length;
	size_t declared;
	size_t descriptors;
	u8 medium_type;
	u8 device_specific;
};

static bool mode_header_read(struct mode_header *header, enum mode_form form,
			     const u8 *buffer, size_t received)
{
	/* The mode data length does not count itself. */
	if (form == MODE_FORM_6) {
		header->length = MODE_HEADER6_LENGTH;
		if (received < header->length)
			return false;
		header->declared = buffer[0] + 1;
		header->medium_type = buffer[1];
		header->device_specific = buffer[2];
		header->descriptors = buffer[3];
		return true;
	}

	header->length = MODE_HEADER10_LENGTH;
	if (received < header->length)
		return false;
	header->declared = get_unaligned_be16(&buffer[0]) + 2;
	header->medium_type = buffer[2];
	header->device_specific = buffer[3];
	header->descriptors = get_unaligned_be16(&buffer[6]);
	return true;
}

size_t mode_declared(const struct mode_request *request, const u8 *buffer,
		     size_t received)
{
	struct mode_header header;

	if (!mode_header_read(&header, request->form, buffer, received))
		return 0;
	return header.declared;
}
EXPORT_SYMBOL_IF_KUNIT(mode_declared);

/* Takes the bytes from @skip to @end for the pages. */
static void mode_data_set(struct mode_data *data,
			  const struct mode_request *request,
			  const struct mode_header *header, const u8 *buffer,
			  size_t skip, size_t end)
{
	data->all = request->page == MODE_PAGE_ALL;
	data->pages = buffer + skip;
	data->length = end - skip;
	data->quirks = 0;
	data->medium_type = header->medium_type;
	data->device_specific = header->device_specific;
}

/* The answer as the standard has it. */
static int mode_data_regular(struct mode_data *data,
			     const struct mode_request *request,
			     const struct mode_header *header,
			     const u8 *buffer, size_t received)
{
	size_t end = min(received, header->declared);
	size_t skip = header->length + header->descriptors;

	/* Short or long descriptors, or several: multiples of eight bytes. */
	if (skip > end || header->descriptors % BLOCK_DESCRIPTOR_LENGTH)
		return -EPROTO;

	mode_data_set(data, request, header, buffer, skip, end);
	if (header->declared > received)
		data->quirks |= MODEPAGES_QUIRK_LENGTH_TOO_LARGE;
	if (request->dbd && header->descriptors)
		data->quirks |= MODEPAGES_QUIRK_DBD_IGNORED;
	return 0;
}

/* What was asked for is there and fills the data to the last byte. */
static bool mode_data_fits(const struct mode_data *data,
			   const struct mode_request *request)
{
	struct mode_page page;

	if (request->page == MODE_PAGE_ALL)
		return data->length && mode_data_sound(data);
	return !mode_page_find(data, request->page, request->subpage, &page) &&
	       page.length == data->length && !page.truncated;
}

/* Some answer the ten byte command with the header of the six byte one. */
static bool mode_data_header6(struct mode_data *data,
			      const struct mode_request *request,
			      const u8 *buffer, size_t received)
{
	struct mode_header header;
	size_t skip;

	if (request->form != MODE_FORM_10 ||
	    !mode_header_read(&header, MODE_FORM_6, buffer, received))
		return false;
	skip = header.length + header.descriptors;
	if (header.declared > received || skip > header.declared ||
	    header.descriptors % BLOCK_DESCRIPTOR_LENGTH)
		return false;

	mode_data_set(data, request, &header, buffer, skip, header.declared);
	data->quirks |= MODEPAGES_QUIRK_HEADER_6;
	return mode_data_fits(data, request);
}

/* Some declare a length of descriptors and send none. */
static bool mode_data_no_descriptors(struct mode_data *data,
				     const struct mode_request *request,
				     const struct mode_header *header,
				     const u8 *buffer, size_t received)
{
	if (!header->descriptors || header->declared > received ||
	    header->declared < header->length)
		return false;

	mode_data_set(data, request, header, buffer, header->length,
		      header->declared);
	data->quirks |= MODEPAGES_QUIRK_DESCRIPTOR_LENGTH;
	return mode_data_fits(data, request);
}

/*
 * Some declare less than the page. It is taken whole when the bytes that came
 * end where its own length byte says; transports may add one to an odd number.
 * Only a page that stands alone is that long: what comes after another one is
 * left alone.
 */
static void mode_data_extend(struct mode_data *data,
			     const struct mode_request *request,
			     const u8 *buffer, size_t received)
{
	struct mode_data longer = *data;
	struct mode_page page;

	longer.length = buffer + received - data->pages;
	if (request->page == MODE_PAGE_ALL || longer.length <= data->length)
		return;
	if (mode_page_find(&longer, request->page, request->subpage, &page) ||
	    page.truncated)
		return;
	if (page.length <= data->length ||
	    page.length + page.length % 2 < longer.length)
		return;

	data->length = page.length;
	data->quirks |= MODEPAGES_QUIRK_LENGTH_TOO_SMALL;
}

/* What was asked for is there. */
static bool mode_data_answers(const struct mode_data *data,
			      const struct mode_request *request)
{
	struct mode_page page;

	if (request->page == MODE_PAGE_ALL)
		return mode_data_sound(data);
	return !mode_page_find(data, request->page, request->subpage, &page);
}

int mode_data_parse(struct mode_data *data, const struct mode_request *request,
		    const u8 *buffer, size_t received)
{
	struct mode_header header;
	struct mode_data other;
	int ret;

	if (!mode_header_read(&header, request->form, buffer, received))
		return -EPROTO;

	ret = mode_data_regular(data, request, &header, buffer, received);
	if (!ret) {
		mode_data_extend(data, request, buffer, received);
		/* With a length that is wrong it may be there by accident. */
		if (mode_data_answers(data, request) &&
		    !(data->quirks & MODEPAGES_QUIRK_LENGTH_TOO_LARGE))
			return 0;
	}

	/* The page is not where it should be: is it where others put it? */
	if (mode_data_header6(&other, request, buffer, received) ||
	    mode_data_no_descriptors(&other, request, &header, buffer,
				     received)) {
		*data = other;
		return 0;
	}
	return ret;
}
EXPORT_SYMBOL_IF_KUNIT(mode_data_parse);

bool mode_data_sound(const struct mode_data *data)
{
	struct mode_page page;
	size_t offset = 0;
	u64 seen = 0;

	while (mode_page_next(data, &offset, &page)) {
		if (page.empty || page.truncated || page.spf)
			return false;
		if (seen & 1ULL << page.code)
			return false;
		seen |= 1ULL << page.code;
	}
	return offset == data->length;
}
EXPORT_SYMBOL_IF_KUNIT(mode_data_sound);

size_t mode_page_header(u8 page)
{
	return page & MODE_PAGE_SPF ? MODE_SUBPAGE_HEADER_LENGTH :
				      MODE_PAGE_0_HEADER_LENGTH;
}
EXPORT_SYMBOL_IF_KUNIT(mode_page_header);

bool mode_page_next(const struct mode_data *data, size_t *offset,
		    struct mode_page *page)
{
	const u8 *p = data->pages + *offset;
	size_t left = data->length - *offset;
	size_t header, follows;
	bool spf;

	if (left < MODE_PAGE_0_HEADER_LENGTH)
		return false;

	spf = p[0] & MODE_PAGE_SPF;
	header = mode_page_header(p[0]);
	if (left < header)
		return false;

	follows = spf ? get_unaligned_be16(&p[2]) : p[1];
	page->data = p;
	page->length = min(left, header + follows);
	page->code = p[0] & MODE_PAGE_CODE_MASK;
	page->subpage = spf ? p[1] : 0;
	page->spf = spf;
	page->saveable = p[0] & MODE_PAGE_PS;
	page->empty = !follows;
	page->truncated = left < header + follows;

	*offset += page->length;
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(mode_page_next);

int mode_page_find(const struct mode_data *data, u8 code, u8 subpage,
		   struct mode_page *page)
{
	size_t offset = 0;
	bool others = false;

	while (mode_page_next(data, &offset, page)) {
		if (page->empty)
			continue;
		/* Subpage 0 is the page itself, which has the short header. */
		if (page->code == code && page->subpage == subpage &&
		    page->spf == !!subpage)
			return 0;
		others = true;
	}
	return others && !data->all ? -EPROTO : -ENOENT;
}
EXPORT_SYMBOL_IF_KUNIT(mode_page_find);
