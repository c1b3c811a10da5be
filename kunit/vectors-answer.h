/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Test vectors for drivers/core/mode.c: answers as the standards have them,
 * and one page in each. Data only, as vectors.h.
 */
#ifndef MODEPAGES_VECTORS_ANSWER_H
#define MODEPAGES_VECTORS_ANSWER_H

#include "vectors.h"

#define SIX .request.form = MODE_FORM_6

/**
 * struct page_vector - an answer to MODE SENSE, and the page asked for
 * @name: what is peculiar to it
 * @bytes: the answer
 * @length: number of bytes that were received
 * @request: what was asked for
 * @error: 0, -EPROTO or -ENOENT: of mode_data_parse(), or else mode_page_find()
 * @at: offset of the page in @bytes; this and what follows hold only without
 *	@error
 * @size: number of bytes of the page that are there
 * @saveable: PS bit
 * @truncated: @size is less than the page says
 * @quirks: MODEPAGES_QUIRK_* that the answer shows
 */
struct page_vector {
	const char *name;
	const u8 *bytes;
	size_t length;
	struct mode_request request;
	int error;
	size_t at;
	size_t size;
	bool saveable;
	bool truncated;
	u64 quirks;
};

static const struct page_vector answer_vectors[] = {
	{
		"one page",
		BYTES(0x00, 0x12, 0, 0, 0, 0, 0, 0,
		      0x08, 0x0a, 0x04, 0, 0, 0, 0, 0, 0, 0, 0, 0),
		.request.page = 0x08, .at = 8, .size = 12,
	}, {
		"long block descriptor of 16 bytes",
		BYTES(0x00, 0x1a, 0, 0, 0x01, 0, 0x00, 0x10,
		      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x08, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .at = 24, .size = 4,
	}, {
		"block descriptor and no page",
		BYTES(0x00, 0x0e, 0, 0, 0, 0, 0x00, 0x08,
		      0, 0, 0, 0, 0, 0, 0x08, 0),
		.request.page = 0x0d, .error = -ENOENT,
	}, {
		"LG BU40N: PS bit",
		BYTES(0x00, 0x12, 0, 0, 0, 0, 0, 0,
		      0x9c, 0x0a, 0x00, 0x04, 0, 0, 0x02, 0x58, 0, 0, 0, 0),
		.request.page = 0x1c, .at = 8, .size = 12, .saveable = true,
	}, {
		"not the first page",
		BYTES(0x00, 0x10, 0, 0, 0, 0, 0, 0,
		      0x01, 0x04, 0x80, 0x13, 0, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .at = 14, .size = 4,
	}, {
		"before it a page whose data look like it",
		BYTES(0x00, 0x10, 0, 0, 0, 0, 0, 0,
		      0x01, 0x04, 0x0d, 0x02, 0, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .at = 14, .size = 4,
	}, {
		"vendor page 00h",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0, 0,
		      0x00, 0x02, 0x20, 0x00),
		.request.page = 0x00, .at = 8, .size = 4,
	}, {
		"subpage format",
		BYTES(0x00, 0x0e, 0, 0, 0, 0, 0, 0,
		      0x5c, 0x01, 0x00, 0x04, 1, 2, 3, 4),
		.request.page = 0x1c, .request.subpage = 0x01,
		.at = 8, .size = 8,
	}, {
		"subpage format with PS bit, not the first page",
		BYTES(0x00, 0x12, 0, 0, 0, 0, 0, 0,
		      0x0d, 0x02, 0x00, 0x0d,
		      0xdc, 0x01, 0x00, 0x04, 1, 2, 3, 4),
		.request.page = 0x1c, .request.subpage = 0x01,
		.at = 12, .size = 8,
		.saveable = true,
	}, {
		"subpage where the page was asked for",
		BYTES(0x00, 0x0e, 0, 0, 0, 0, 0, 0,
		      0x5c, 0x01, 0x00, 0x04, 1, 2, 3, 4),
		.request.page = 0x1c, .error = -EPROTO,
	}, {
		"page in the middle, and again at the end: the first counts",
		BYTES(0x00, 0x12, 0, 0, 0, 0, 0, 0,
		      0x01, 0x02, 0x80, 0x13,
		      0x0d, 0x02, 0x00, 0x0d,
		      0x0d, 0x02, 0x00, 0x0e),
		.request.page = 0x0d, .at = 12, .size = 4,
	}, {
		"page in both formats, subpage first",
		BYTES(0x00, 0x12, 0, 0, 0, 0, 0, 0,
		      0x5c, 0x01, 0x00, 0x04, 1, 2, 3, 4,
		      0x1c, 0x02, 0x00, 0x04),
		.request.page = 0x1c, .at = 16, .size = 4,
	}, {
		"longest page there is",
		BYTES(0x01, 0x07, 0, 0, 0, 0, 0, 0,
		      0x2a, 0xff, [8 + 256] = 0x99),
		.request.page = 0x2a, .at = 8, .size = MODE_PAGE_MAX_LENGTH,
	}, {
		"block descriptor of 8 bytes, as DBD = 0 asks for",
		BYTES(0x00, 0x12, 0x01, 0, 0, 0, 0x00, 0x08,
		      0, 0, 0, 0, 0, 0, 0x08, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .at = 16, .size = 4,
	}, {
		"two block descriptors of 8 bytes",
		BYTES(0x00, 0x1a, 0, 0, 0, 0, 0x00, 0x10,
		      0, 0, 0, 0, 0, 0, 0x08, 0, 1, 0, 0, 0, 0, 0, 0x08, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .at = 24, .size = 4,
	}, {
		"long LBA bit and no block descriptor",
		BYTES(0x00, 0x0a, 0, 0, 0x01, 0, 0, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .request.dbd = true, .at = 8, .size = 4,
	}, {
		"six bytes: one page",
		BYTES(0x07, 0, 0x80, 0,
		      0x8d, 0x02, 0x00, 0x0d),
		SIX, .request.page = 0x0d, .request.dbd = true,
		.at = 4, .size = 4, .saveable = true,
	}, {
		"six bytes: block descriptor, as DBD = 0 asks for",
		BYTES(0x0f, 0, 0, 0x08,
		      0, 0, 0, 0, 0, 0, 0x08, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		SIX, .request.page = 0x0d, .at = 12, .size = 4,
	}, {
		"six bytes: not the first page",
		BYTES(0x0d, 0, 0, 0,
		      0x01, 0x04, 0x80, 0x13, 0, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		SIX, .request.page = 0x0d, .at = 10, .size = 4,
	}, {
		"six bytes: subpage format",
		BYTES(0x0b, 0, 0, 0,
		      0x5c, 0x01, 0x00, 0x04, 1, 2, 3, 4),
		SIX, .request.page = 0x1c, .request.subpage = 0x01,
		.at = 4, .size = 8,
	},
};

#endif /* MODEPAGES_VECTORS_ANSWER_H */
