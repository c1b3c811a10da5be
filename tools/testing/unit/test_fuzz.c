// SPDX-License-Identifier: MIT
/*
 * drivers/core/mode.c against every prefix and every corruption of one byte of
 * the shared vectors. Whatever is found lies inside of what was received.
 */
#include "check.h"
#include "vectors-answer.h"
#include "vectors-hostile.h"
#include "vectors-quirks.h"
#include "vectors-walk.h"

/* An assertion for each would take most of the time. */
static void expect(bool good)
{
	if (!good)
		fail();
}

static void check_span(const struct mode_data *data,
		       const struct mode_page *page)
{
	expect(page->length >= 2);
	expect(page->data >= data->pages);
	expect(page->data + page->length <= data->pages + data->length);
	expect(page->code < 0x40);
}

static void check_data(const struct mode_request *request,
		       const struct mode_data *data)
{
	struct mode_page page;
	size_t offset = 0, before = 0;

	while (mode_page_next(data, &offset, &page)) {
		check_span(data, &page);
		expect(page.data == data->pages + before);
		expect(offset == before + page.length);
		expect(offset <= data->length);
		before = offset;
	}
	expect(offset == before);
	mode_data_sound(data);
	if (mode_page_find(data, request->page, request->subpage, &page))
		return;
	check_span(data, &page);
	expect(page.code == request->page);
	expect(page.subpage == request->subpage);
	expect(!page.empty);
}

static void check_answer(const struct mode_request *request, const u8 *buffer,
			 size_t length)
{
	struct mode_data data;

	if (mode_data_parse(&data, request, buffer, length))
		return;
	expect(data.pages >= buffer + MODE_HEADER6_LENGTH);
	expect(data.pages + data.length <= buffer + length);
	check_data(request, &data);
}

/* As an answer to either command for any page. */
static void check_pages(const u8 *buffer, size_t length)
{
	struct mode_request request = { 0 };
	unsigned int page, kind;

	for (page = 0; page <= MODE_PAGE_ALL; page++) {
		for (kind = 0; kind < 4; kind++) {
			request.page = page;
			request.form = kind & 1 ? MODE_FORM_6 : MODE_FORM_10;
			request.subpage = kind >> 1;
			request.dbd = kind >> 1;
			check_answer(&request, buffer, length);
		}
	}
}

/* A copy for each, so that ASan sees a read past the end. */
static void check_prefixes(const u8 *bytes, size_t length)
{
	size_t cut;

	for (cut = 0; cut <= length; cut++) {
		u8 *buffer = copy(bytes, cut);

		check_pages(buffer, cut);
		free(buffer);
	}
}

static void check_corruptions(const u8 *bytes, size_t length)
{
	/* Each bit, and bytes that stand for none, one, all and the largest. */
	static const u8 values[] = { 0x00, 0x01, 0x3f, 0x7f, 0x80, 0xff };
	u8 *buffer = copy(bytes, length);
	size_t at, i;

	for (at = 0; at < length; at++) {
		for (i = 0; i < 8; i++) {
			buffer[at] = bytes[at] ^ 1 << i;
			check_pages(buffer, length);
		}
		for (i = 0; i < ARRAY_SIZE(values); i++) {
			buffer[at] = values[i];
			check_pages(buffer, length);
		}
		buffer[at] = bytes[at];
	}
	free(buffer);
}

/* The longest of them say nothing that the others do not. */
#define LONGEST 64

static void check_vector(const u8 *bytes, size_t length)
{
	check_prefixes(bytes, length);
	check_corruptions(bytes, min(length, (size_t)LONGEST));
}

static void test_pages(void **state)
{
	const struct page_vector *v;

	(void)state;
	for_each(v, answer_vectors)
		check_vector(v->bytes, v->length);
	for_each(v, hostile_vectors)
		check_vector(v->bytes, v->length);
	for_each(v, quirk_vectors)
		check_vector(v->bytes, v->length);
}

static void test_walks(void **state)
{
	const struct walk_vector *v;

	(void)state;
	for_each(v, walk_vectors)
		check_vector(v->bytes, v->length);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_walks),
	};

	return cmocka_run_group_tests_name("fuzz", tests, NULL, NULL);
}
