/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Test vectors for drivers/core/mode.c: answers for all pages, and whether they
 * make sense. Data only, as vectors.h.
 */
#ifndef MODEPAGES_VECTORS_WALK_H
#define MODEPAGES_VECTORS_WALK_H

#include "vectors.h"

/**
 * struct walk_vector - an answer to MODE SENSE for all pages
 * @name: what is peculiar to it
 * @bytes: the answer
 * @length: number of bytes that were received
 * @form: the command
 * @error: what mode_data_parse() says
 * @codes: codes of the pages that are not empty, in their order
 * @count: number of @codes
 * @sound: mode_data_sound() has nothing against it
 * @quirks: MODEPAGES_QUIRK_* that the answer shows
 */
struct walk_vector {
	const char *name;
	const u8 *bytes;
	size_t length;
	enum mode_form form;
	int error;
	u8 codes[8];
	size_t count;
	bool sound;
	u64 quirks;
};

static const struct walk_vector walk_vectors[] = {
	{
		"three pages",
		BYTES(0x00, 0x12, 0, 0, 0, 0, 0, 0,
		      0x01, 0x02, 0, 0, 0x8d, 0x02, 0, 0, 0x2a, 0x02, 0, 0),
		.codes = { 0x01, 0x0d, 0x2a }, .count = 3, .sound = true,
	}, {
		"zero pages in the middle",
		BYTES(0x00, 0x12, 0, 0, 0, 0, 0, 0,
		      0x01, 0x02, 0, 0, 0, 0, 0, 0, 0x2a, 0x02, 0, 0),
		.codes = { 0x01, 0x2a }, .count = 2,
	}, {
		"out of order, one twice, vendor page last",
		BYTES(0x00, 0x16, 0, 0, 0, 0, 0, 0,
		      0x0e, 0x02, 0, 0, 0x01, 0x02, 0, 0, 0x0e, 0x02, 0, 0,
		      0x00, 0x02, 0, 0),
		.codes = { 0x0e, 0x01, 0x0e, 0x00 }, .count = 4,
	}, {
		"last page cut",
		BYTES(0x00, 0x22, 0, 0, 0, 0, 0, 0,
		      0x01, 0x02, 0, 0, 0x2a, 0x16, 0x3f),
		.codes = { 0x01, 0x2a }, .count = 2,
		.quirks = MODEPAGES_QUIRK_LENGTH_TOO_LARGE,
	}, {
		"no page",
		BYTES(0x00, 0x06, 0, 0, 0, 0, 0, 0),
		.sound = true,
	}, {
		"out of order, vendor page last",
		BYTES(0x00, 0x12, 0, 0, 0, 0, 0, 0,
		      0x0e, 0x02, 0, 0, 0x81, 0x02, 0, 0, 0x00, 0x02, 0, 0),
		.codes = { 0x0e, 0x01, 0x00 }, .count = 3, .sound = true,
	}, {
		"one twice, with and without PS",
		BYTES(0x00, 0x0e, 0, 0, 0, 0, 0, 0,
		      0x8e, 0x02, 0, 0, 0x0e, 0x02, 0, 0),
		.codes = { 0x0e, 0x0e }, .count = 2,
	}, {
		"the highest code, 3Eh, and 1Eh",
		BYTES(0x00, 0x0e, 0, 0, 0, 0, 0, 0,
		      0x3e, 0x02, 0, 0, 0x1e, 0x02, 0, 0),
		.codes = { 0x3e, 0x1e }, .count = 2, .sound = true,
	}, {
		"USBODE: falls into zeros at the end",
		BYTES(0x00, 0x0e, 0, 0, 0, 0, 0, 0,
		      0x01, 0x02, 0, 0, 0, 0, 0, 0),
		.codes = { 0x01 }, .count = 1,
	}, {
		"empty page",
		BYTES(0x00, 0x0c, 0, 0, 0, 0, 0, 0,
		      0x01, 0x02, 0, 0, 0x2a, 0x00),
		.codes = { 0x01 }, .count = 1,
	}, {
		"one byte left over",
		BYTES(0x00, 0x0b, 0, 0, 0, 0, 0, 0, 0x01, 0x02, 0, 0, 0x0e),
		.codes = { 0x01 }, .count = 1,
	}, {
		"last page longer than declared",
		BYTES(0x00, 0x0d, 0, 0, 0, 0, 0, 0,
		      0x01, 0x02, 0, 0, 0x0e, 0x02, 0, 0),
		.codes = { 0x01, 0x0e }, .count = 2,
	}, {
		"block descriptor that looks like a page",
		BYTES(0x00, 0x12, 0, 0, 0, 0, 0x00, 0x08,
		      0x05, 0x06, 0, 0, 0, 0, 0x08, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		.codes = { 0x0d }, .count = 1, .sound = true,
		.quirks = MODEPAGES_QUIRK_DBD_IGNORED,
	}, {
		"page 3Fh, longer than declared",
		BYTES(0x00, 0x08, 0, 0, 0, 0, 0, 0, 0x3f, 0x02, 0, 0),
		.codes = { 0x3f }, .count = 1,
	}, {
		"length byte leads into the page after",
		BYTES(0x00, 0x0e, 0, 0, 0, 0, 0, 0,
		      0x01, 0x04, 0, 0, 0x0e, 0x02, 0, 0),
		.codes = { 0x01 }, .count = 1,
	}, {
		"subpage, which was not asked for",
		BYTES(0x00, 0x0e, 0, 0, 0, 0, 0, 0,
		      0x5c, 0x01, 0x00, 0x04, 1, 2, 3, 4),
		.codes = { 0x1c }, .count = 1,
	}, {
		"bytes after the end of the data are none of it",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0, 0,
		      0x01, 0x02, 0, 0, 0x0e, 0x02, 0, 0),
		.codes = { 0x01 }, .count = 1, .sound = true,
	}, {
		"declares more than comes, all that came whole",
		BYTES(0x00, 0x0e, 0, 0, 0, 0, 0, 0, 0x01, 0x02, 0, 0),
		.codes = { 0x01 }, .count = 1, .sound = true,
		.quirks = MODEPAGES_QUIRK_LENGTH_TOO_LARGE,
	}, {
		"nothing but zeros",
		BYTES(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
		.error = -EPROTO,
	}, {
		"six bytes: two pages",
		BYTES(0x0b, 0, 0, 0, 0x01, 0x02, 0, 0, 0x0e, 0x02, 0, 0),
		.form = MODE_FORM_6,
		.codes = { 0x01, 0x0e }, .count = 2, .sound = true,
	}, {
		"six byte header",
		BYTES(0x0b, 0, 0, 0, 0x2a, 0x02, 0x3f, 0, 0x0e, 0x02, 0, 0),
		.codes = { 0x2a, 0x0e }, .count = 2, .sound = true,
		.quirks = MODEPAGES_QUIRK_HEADER_6,
	}, {
		"six byte header, pages that make no sense",
		BYTES(0x0b, 0, 0, 0, 0x2a, 0x02, 0x3f, 0, 0x2a, 0x02, 0, 0),
		.error = -EPROTO,
	}, {
		"six byte header and no page",
		BYTES(0x03, 0, 0, 0, 0, 0, 0, 0x01),
		.error = -EPROTO,
	}, {
		"absurd block descriptor length",
		BYTES(0x00, 0x0e, 0, 0, 0, 0, 0x40, 0xc0,
		      0x01, 0x02, 0, 0, 0x0e, 0x02, 0, 0),
		.codes = { 0x01, 0x0e }, .count = 2, .sound = true,
		.quirks = MODEPAGES_QUIRK_DESCRIPTOR_LENGTH,
	}, {
		"absurd block descriptor length, pages that make no sense",
		BYTES(0x00, 0x0e, 0, 0, 0, 0, 0x40, 0xc0,
		      0x01, 0x02, 0, 0, 0x01, 0x02, 0, 0),
		.error = -EPROTO,
	}, {
		"absurd block descriptor length and no page",
		BYTES(0x00, 0x06, 0, 0, 0, 0, 0x40, 0xc0),
		.error = -EPROTO,
	},
};

#endif /* MODEPAGES_VECTORS_WALK_H */
