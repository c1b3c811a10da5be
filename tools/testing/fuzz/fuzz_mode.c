// SPDX-License-Identifier: MIT
/*
 * Fuzz target: drivers/core/mode.c, and drivers/core/capability.c on each page that
 * it finds. An input is what was asked for and the answer to it:
 *
 *  0   bit 0: by the six byte command; bit 1: with DBD; bits 2-3: page control
 *  1   page code
 *  2   subpage code
 *  3-4 allocation length
 *  5-  the answer
 */
#include "capability.h"
#include "fuzz.h"
#include "mode.h"

/* What an answer alone can show. */
#define QUIRKS \
	(MODEPAGES_QUIRK_DBD_IGNORED | MODEPAGES_QUIRK_HEADER_6 | \
	 MODEPAGES_QUIRK_LENGTH_TOO_SMALL | MODEPAGES_QUIRK_LENGTH_TOO_LARGE | \
	 MODEPAGES_QUIRK_DESCRIPTOR_LENGTH)

/* SPC-4, 6.11 and 6.12. */
static void check_cdb(const struct mode_request *request)
{
	u8 cdb[MODE_SENSE_CDB_MAX_LENGTH];
	bool six = request->form == MODE_FORM_6;

	memset(cdb, 0xa5, sizeof(cdb));
	expect(mode_sense_cdb(cdb, request) == (six ? 6 : 10));
	expect(cdb[0] == (six ? 0x1a : 0x5a));
	expect(cdb[1] == (request->dbd ? 0x08 : 0));
	expect(cdb[2] == (request->control << 6 | request->page));
	expect(cdb[3] == request->subpage);
	expect(request->allocation == (six ? cdb[4] : cdb[7] << 8 | cdb[8]));
	expect(six ? !cdb[5] : !cdb[4] && !cdb[5] && !cdb[6] && !cdb[9]);
}

/* The mode parameter header as SPC-4, 7.5.4 and 7.5.5 have it. */
struct header {
	size_t length;
	size_t declared;
	size_t descriptors;
	u8 medium_type;
	u8 device_specific;
};

static struct header read_header(enum mode_form form, const u8 *buffer)
{
	if (form == MODE_FORM_6)
		return (struct header){
			4, 1 + buffer[0], buffer[3], buffer[1], buffer[2],
		};
	return (struct header){
		8, 2 + (buffer[0] << 8 | buffer[1]),
		buffer[6] << 8 | buffer[7], buffer[2], buffer[3],
	};
}

/* A page is what its own first bytes say, as far as it is there. */
static void check_page(const struct mode_data *data, size_t at,
		       const struct mode_page *page)
{
	const u8 *p = data->pages + at;
	size_t left = data->length - at;
	bool spf = p[0] & 0x40;
	size_t header = spf ? 4 : 2;
	size_t whole = header + (spf ? p[2] << 8 | p[3] : p[1]);

	expect(page->data == p);
	expect(page->length >= header && page->length <= left);
	expect(page->length == min(whole, left));
	expect(page->truncated == (whole > left));
	expect(page->empty == (whole == header));
	expect(page->code == (p[0] & 0x3f));
	expect(page->saveable == p[0] >> 7);
	expect(page->spf == spf);
	expect(page->subpage == (spf ? p[1] : 0));
}

/* The pages are side by side. At the end, no header of another is left over. */
static void check_walk(const struct mode_data *data)
{
	size_t offset = 0, at = 0, left;
	bool sound = true;
	struct mode_page page;
	u64 seen = 0;

	while (mode_page_next(data, &offset, &page)) {
		check_page(data, at, &page);
		at += page.length;
		expect(offset == at);
		/* A subpage was not asked for. */
		if (page.empty || page.truncated || page.spf ||
		    seen & 1ULL << page.code)
			sound = false;
		seen |= 1ULL << page.code;
	}
	expect(offset == at);
	left = data->length - at;
	expect(left < 2 || (left < 4 && data->pages[at] & 0x40));
	expect(mode_data_sound(data) == (sound && !left));
}

/* The first of the pages that are not empty, or an error that tells why not. */
static void check_find(const struct mode_data *data, u8 code, u8 subpage)
{
	struct mode_page page, found;
	const u8 *first = NULL;
	size_t offset = 0;
	bool any = false;
	int err;

	while (!first && mode_page_next(data, &offset, &page)) {
		if (page.empty)
			continue;
		any = true;
		if (page.code == code && page.subpage == subpage &&
		    page.spf == !!subpage)
			first = page.data;
	}
	err = mode_page_find(data, code, subpage, &found);
	if (first)
		expect(!err && found.data == first && !found.empty);
	else
		expect(err == (any && !data->all ? -EPROTO : -ENOENT));
}

static void check_text(const struct mode_capability *capability,
		       const struct mode_page *page)
{
	const u8 *bytes = page->data + capability->byte;
	char text[MODE_CAPABILITY_TEXT_SIZE];
	int length = mode_capability_text(capability, page, text);

	expect(length > 0 && (size_t)length == strlen(text));
	expect(length < MODE_CAPABILITY_TEXT_SIZE);
	if (capability->kind == MODE_CAPABILITY_FLAG)
		expect(!strcmp(text, bytes[0] & 1 << capability->bit ? "1" : "0"));
	else if (capability->kind == MODE_CAPABILITY_NUMBER)
		expect(atoi(text) == (bytes[0] << 8 | bytes[1]));
	else
		expect(*text >= 'a' && *text <= 'z');
}

/* Any page may pretend to be the one that tells what a drive can do. */
static void check_capabilities(const struct mode_page *page)
{
	unsigned int i;

	for (i = 0; i < MODE_CAPABILITIES; i++) {
		const struct mode_capability *c = &mode_capabilities[i];
		size_t end = c->byte + (c->width > 8 ? 2 : 1);

		expect_both_or_none(mode_capability_present(c, page),
				    end <= page->length);
		if (end <= page->length)
			check_text(c, page);
	}
}

static void check_pages(const struct mode_data *data)
{
	struct mode_page page;
	size_t offset = 0;

	check_walk(data);
	while (mode_page_next(data, &offset, &page)) {
		check_capabilities(&page);
		check_find(data, page.code, page.subpage);
		check_find(data, page.code ^ 0x20, 0);
	}
}

static bool is_there(const struct mode_request *request,
		     const struct mode_data *data)
{
	struct mode_page page;

	if (request->page == MODE_PAGE_ALL)
		return mode_data_sound(data);
	return !mode_page_find(data, request->page, request->subpage, &page);
}

/* Where a header lies, what was asked for fills the data to the last byte. */
static void check_certain(const struct mode_request *request,
			  const struct mode_data *data)
{
	struct mode_page page;

	expect(data->length && is_there(request, data));
	if (request->page == MODE_PAGE_ALL)
		return;
	expect(!mode_page_find(data, request->page, request->subpage, &page));
	expect(page.length == data->length && !page.truncated);
}

/*
 * A page that is longer than was declared stands alone, is whole, and ends where
 * the bytes do, but for one that makes their number even.
 */
static void check_longer(const struct mode_request *request,
			 const struct mode_data *data, size_t surplus)
{
	struct mode_page page;

	expect(request->page != MODE_PAGE_ALL);
	expect(!mode_page_find(data, request->page, request->subpage, &page));
	expect(page.data == data->pages && page.length == data->length);
	expect(!page.truncated && surplus <= page.length % 2);
}

/* The quirks tell how what is there differs from what the header says. */
static void check_data(const struct mode_request *request,
		       const struct mode_data *data, const u8 *buffer,
		       size_t length)
{
	bool six = data->quirks & MODEPAGES_QUIRK_HEADER_6;
	bool none = data->quirks & MODEPAGES_QUIRK_DESCRIPTOR_LENGTH;
	struct header header = read_header(six ? MODE_FORM_6 : request->form,
					   buffer);
	size_t start = data->pages - buffer;
	size_t end = start + data->length;

	expect(start >= header.length && end >= start && end <= length);
	expect(start == header.length + (none ? 0 : header.descriptors));
	expect(none || header.descriptors % 8 == 0);
	expect(data->all == (request->page == MODE_PAGE_ALL));
	expect(data->medium_type == header.medium_type);
	expect(data->device_specific == header.device_specific);

	expect(!(data->quirks & ~QUIRKS));
	expect(!six || (request->form == MODE_FORM_10 && !none));
	expect(!none || header.descriptors);
	expect_both_or_none(data->quirks & MODEPAGES_QUIRK_DBD_IGNORED,
			    request->dbd && start > header.length && !six);
	expect_both_or_none(data->quirks & MODEPAGES_QUIRK_LENGTH_TOO_LARGE,
			    header.declared > length);
	expect_both_or_none(data->quirks & MODEPAGES_QUIRK_LENGTH_TOO_SMALL,
			    end > header.declared);
	if (six || none)
		check_certain(request, data);
	if (end > header.declared)
		check_longer(request, data, length - end);
}

/* An answer as the standard has it is taken for one, however it looks else. */
static void check_regular(const struct mode_request *request,
			  const struct mode_data *data, int err,
			  const u8 *buffer, size_t length)
{
	struct header header = read_header(request->form, buffer);
	size_t skip = header.length + header.descriptors;
	struct mode_data regular = {
		.pages = buffer + skip, .length = header.declared - skip,
		.all = request->page == MODE_PAGE_ALL,
	};

	if (header.declared > length || skip > header.declared ||
	    header.descriptors % 8)
		return;
	expect(!err);
	if (is_there(request, &regular))
		expect(data->pages == regular.pages &&
		       data->length >= regular.length);
}

static void check_answer(const struct mode_request *request, const u8 *buffer,
			 size_t length)
{
	size_t header = request->form == MODE_FORM_6 ? 4 : 8;
	struct mode_data data;
	int err = mode_data_parse(&data, request, buffer, length);

	expect(!err || err == -EPROTO);
	if (length < header) {
		expect(err && !mode_declared(request, buffer, length));
		return;
	}
	expect(mode_declared(request, buffer, length) ==
	       read_header(request->form, buffer).declared);
	check_regular(request, &data, err, buffer, length);
	if (err)
		return;
	check_data(request, &data, buffer, length);
	check_pages(&data);
	check_find(&data, request->page, request->subpage);
}

/* More room than the answer takes. */
#define SPARE 16

static size_t check_marks(const u8 *answer, size_t length, bool again)
{
	size_t room = length + SPARE, written = room;
	u8 *marks = allocate(room);
	u8 *buffer;

	mode_fill(marks, room, again);
	buffer = copy(marks, room);
	memcpy(buffer, answer, length);
	while (written && buffer[written - 1] == marks[written - 1])
		written--;
	expect(mode_written(buffer, room, again) == written);
	free(buffer);
	free(marks);
	return written;
}

static struct mode_request take_request(struct input *input)
{
	u8 kind = take(input);
	struct mode_request request = {
		.form = kind & 1 ? MODE_FORM_6 : MODE_FORM_10,
		.dbd = kind & 2,
		.control = kind >> 2 & 3,
		.page = take(input) & MODE_PAGE_CODE_MASK,
		.subpage = take(input),
	};

	request.allocation = take_be16(input);
	/* As much as one byte can hold. */
	if (request.form == MODE_FORM_6)
		request.allocation &= 0xff;
	return request;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct input input = { bytes, length };
	struct mode_request request = take_request(&input);
	u8 *answer = copy(input.bytes, input.length);
	size_t first, second;

	check_cdb(&request);
	check_answer(&request, answer, input.length);
	if (input.length) {
		first = check_marks(answer, input.length, false);
		second = check_marks(answer, input.length, true);
		/* What looks like a mark to one command does not to the other. */
		expect(first == input.length || second == input.length);
	}
	free(answer);
	return 0;
}
