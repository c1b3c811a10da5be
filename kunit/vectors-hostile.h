/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Test vectors for drivers/core/mode.c: answers that break the standards,
 * and what can be told of them all the same. Data only, as vectors.h.
 */
#ifndef MODEPAGES_VECTORS_HOSTILE_H
#define MODEPAGES_VECTORS_HOSTILE_H

#include "vectors-answer.h"

static const struct page_vector hostile_vectors[] = {
	{
		"nothing received",
		.bytes = (const u8[]){ 0 }, .length = 0,
		.request.page = 0x08, .error = -EPROTO,
	}, {
		"one byte short of a header",
		BYTES(0x00, 0x06, 0, 0, 0, 0, 0),
		.request.page = 0x08, .error = -EPROTO,
	}, {
		"header only",
		BYTES(0x00, 0x06, 0x70, 0, 0, 0, 0, 0),
		.request.page = 0x2a, .error = -ENOENT,
	}, {
		"nothing but zeros",
		BYTES(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
		.request.page = 0x2a, .error = -EPROTO,
	}, {
		"block descriptor of one byte more than there is",
		BYTES(0x00, 0x0e, 0, 0, 0, 0, 0x00, 0x09,
		      0, 0, 0, 0, 0, 0, 0x08, 0),
		.request.page = 0x0d, .error = -EPROTO,
	}, {
		"old QEMU ide-cd: declares 36 bytes, sends 28",
		BYTES(0x00, 0x22, 0x70, 0, 0, 0, 0, 0,
		      0x2a, 0x12, 0x00, 0x00, 0x71, 0x60, 0x29, 0x00,
		      0x02, 0xc2, 0x00, 0x02, 0x02, 0x00, 0x02, 0xc2,
		      0x00, 0x00, 0x00, 0x00,
		      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
		.request.page = 0x2a, .at = 8, .size = 20,
	}, {
		"QEMU ide-cd: sends 30 bytes and no residue",
		BYTES(0x00, 0x1c, 0x70, 0, 0, 0, 0, 0,
		      0x2a, 0x14, 0x3b, 0x00, 0x71, 0x60, 0x29, 0x00,
		      0x02, 0xc0, 0x00, 0x02, 0x02, 0x00, 0x02, 0xc0,
		      0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
		      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
		.request.page = 0x2a, .at = 8, .size = 22,
	}, {
		"declares far more than it sends",
		BYTES(0xff, 0xff, 0, 0, 0, 0, 0, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .at = 8, .size = 4,
		.quirks = MODEPAGES_QUIRK_LENGTH_TOO_LARGE,
	}, {
		"USBODE: bytes after the end of the data are none of it",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0, 0,
		      0x0d, 0x02, 0x00, 0x0d,
		      0x2a, 0x02, 0x3f, 0x00),
		.request.page = 0x2a, .error = -EPROTO,
	}, {
		"page cut by the transport",
		BYTES(0x00, 0x12, 0, 0, 0, 0, 0, 0,
		      0x08, 0x0a, 0x04, 0x00, 0x11, 0x22),
		.request.page = 0x08, .at = 8, .size = 6, .truncated = true,
		.quirks = MODEPAGES_QUIRK_LENGTH_TOO_LARGE,
	}, {
		"page cut by one byte",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0, 0,
		      0x0d, 0x02, 0x00),
		.request.page = 0x0d, .at = 8, .size = 3, .truncated = true,
		.quirks = MODEPAGES_QUIRK_LENGTH_TOO_LARGE,
	}, {
		"page that says 255 bytes follow",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0, 0,
		      0x2a, 0xff, 0x3f, 0x00),
		.request.page = 0x2a, .at = 8, .size = 4, .truncated = true,
	}, {
		"half a page header",
		BYTES(0x00, 0x07, 0, 0, 0, 0, 0, 0, 0x0d),
		.request.page = 0x0d, .error = -ENOENT,
	}, {
		"another page than asked for",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0, 0,
		      0x0e, 0x02, 0x04, 0x00),
		.request.page = 0x0d, .error = -EPROTO,
	}, {
		"ZuluIDE: page of length 0",
		BYTES(0x00, 0x08, 0, 0, 0, 0, 0, 0, 0x2a, 0x00),
		.request.page = 0x2a, .error = -ENOENT,
	}, {
		"page after two zero bytes",
		BYTES(0x00, 0x0c, 0, 0, 0, 0, 0, 0,
		      0x00, 0x00,
		      0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .at = 10, .size = 4,
	}, {
		"subpage of 260 bytes, cut",
		BYTES(0x01, 0x0a, 0, 0, 0, 0, 0, 0,
		      0x5c, 0x01, 0x01, 0x00, 1, 2),
		.request.page = 0x1c, .request.subpage = 0x01,
		.at = 8, .size = 6,
		.truncated = true, .quirks = MODEPAGES_QUIRK_LENGTH_TOO_LARGE,
	}, {
		"three bytes of a subpage header",
		BYTES(0x00, 0x09, 0, 0, 0, 0, 0, 0, 0x5c, 0x01, 0x00),
		.request.page = 0x1c, .request.subpage = 0x01, .error = -ENOENT,
	}, {
		"all pages: nothing but zeros",
		BYTES(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
		.request.page = MODE_PAGE_ALL, .error = -EPROTO,
	}, {
		"six bytes: nothing but zeros",
		BYTES(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
		SIX, .request.page = 0x2a, .error = -EPROTO,
	}, {
		"six bytes: one byte short of a header",
		BYTES(0x03, 0, 0),
		SIX, .request.page = 0x2a, .error = -EPROTO,
	}, {
		"six bytes: header only",
		BYTES(0x03, 0, 0, 0),
		SIX, .request.page = 0x2a, .error = -ENOENT,
	}, {
		"zeros after the page, none of it declared",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0, 0,
		      0x0d, 0x02, 0x00, 0x0d, 0, 0, 0, 0),
		.request.page = 0x0d, .at = 8, .size = 4,
	}, {
		"zero page in the middle",
		BYTES(0x00, 0x10, 0, 0, 0, 0, 0, 0,
		      0x01, 0x02, 0x80, 0x13, 0x00, 0x00,
		      0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .at = 14, .size = 4,
	}, {
		"length of a page in front leads past the one asked for",
		BYTES(0x00, 0x0e, 0, 0, 0, 0, 0, 0,
		      0x01, 0x06, 0x80, 0x13,
		      0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .error = -EPROTO,
	}, {
		"length of a page in front leads into zeros",
		BYTES(0x00, 0x10, 0, 0, 0, 0, 0, 0,
		      0x01, 0x02, 0x80, 0x13, 0, 0, 0, 0, 0, 0),
		.request.page = 0x0d, .error = -EPROTO,
	}, {
		"page of length 0, then the page itself",
		BYTES(0x00, 0x0c, 0, 0, 0, 0, 0, 0,
		      0x2a, 0x00, 0x2a, 0x02, 0x3f, 0x00),
		.request.page = 0x2a, .at = 10, .size = 4,
	}, {
		"subpage of length 0",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0, 0, 0x5c, 0x01, 0x00, 0x00),
		.request.page = 0x1c, .request.subpage = 0x01,
		.error = -ENOENT,
	}, {
		"page where a subpage was asked for",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0, 0,
		      0x0e, 0x02, 0x04, 0x00),
		.request.page = 0x0e, .request.subpage = 0x01,
		.error = -EPROTO,
	}, {
		"subpage format and subpage 0 where the page was asked for",
		BYTES(0x00, 0x0c, 0, 0, 0, 0, 0, 0,
		      0x4e, 0x00, 0x00, 0x02, 0x04, 0x00),
		.request.page = 0x0e, .error = -EPROTO,
	}, {
		"Bochs: declares 36 bytes, 28 come",
		BYTES(0x00, 0x22, 0x70, 0, 0, 0, 0, 0,
		      0x2a, 0x12, 0x00, 0x00, 0x71, 0x60, 0x29, 0x00,
		      0x02, 0xc2, 0x00, 0x02, 0x02, 0x00, 0x02, 0xc2,
		      0x00, 0x00, 0x00, 0x00),
		.request.page = 0x2a, .at = 8, .size = 20,
		.quirks = MODEPAGES_QUIRK_LENGTH_TOO_LARGE,
	}, {
		"six bytes: declares one byte more than comes",
		BYTES(0x08, 0, 0, 0, 0x0d, 0x02, 0x00, 0x0d),
		SIX, .request.page = 0x0d, .at = 4, .size = 4,
		.quirks = MODEPAGES_QUIRK_LENGTH_TOO_LARGE,
	}, {
		"block descriptor in spite of DBD",
		BYTES(0x00, 0x12, 0x01, 0, 0, 0, 0x00, 0x08,
		      0, 0, 0, 0, 0, 0, 0x08, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .request.dbd = true, .at = 16, .size = 4,
		.quirks = MODEPAGES_QUIRK_DBD_IGNORED,
	}, {
		"long block descriptor in spite of DBD",
		BYTES(0x00, 0x1a, 0, 0, 0x01, 0, 0x00, 0x10,
		      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x08, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .request.dbd = true, .at = 24, .size = 4,
		.quirks = MODEPAGES_QUIRK_DBD_IGNORED,
	}, {
		"six bytes: block descriptor in spite of DBD",
		BYTES(0x0f, 0, 0, 0x08,
		      0, 0, 0, 0, 0, 0, 0x08, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		SIX, .request.page = 0x0d, .request.dbd = true,
		.at = 12, .size = 4,
		.quirks = MODEPAGES_QUIRK_DBD_IGNORED,
	}, {
		"six bytes: two block descriptors in spite of DBD",
		BYTES(0x17, 0, 0, 0x10,
		      0, 0, 0, 0, 0, 0, 0x08, 0, 1, 0, 0, 0, 0, 0, 0x08, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		SIX, .request.page = 0x0d, .request.dbd = true,
		.at = 20, .size = 4,
		.quirks = MODEPAGES_QUIRK_DBD_IGNORED,
	},
};

#endif /* MODEPAGES_VECTORS_HOSTILE_H */
