/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Test vectors for drivers/core/mode.c: commands, and answers of drives. Data
 * only, for KUnit and for the unit tests of the library.
 *
 * What is expected was written down from SPC-4 and MMC-6, and never copied
 * from the output of the code. Answers marked with the name of a drive
 * are what that drive or emulator sends, as published by its users or in its
 * source code.
 */
#ifndef MODEPAGES_VECTORS_H
#define MODEPAGES_VECTORS_H

#include "mode.h"

#define BYTES(...) \
	.bytes = (const u8[]){ __VA_ARGS__ }, \
	.length = sizeof((const u8[]){ __VA_ARGS__ })

struct cdb_vector {
	const char *name;
	struct mode_request request;
	u8 cdb[MODE_SENSE10_CDB_LENGTH];
};

static const struct cdb_vector cdb_vectors[] = {
	{
		"current, without block descriptors",
		{ .page = 0x2a, .dbd = true, .allocation = 512 },
		{ 0x5a, 0x08, 0x2a, 0, 0, 0, 0, 0x02, 0x00, 0 },
	}, {
		"changeable, all pages, with block descriptors",
		{ .page = 0x3f, .control = 1, .allocation = 0x0123 },
		{ 0x5a, 0x00, 0x7f, 0, 0, 0, 0, 0x01, 0x23, 0 },
	}, {
		"default, largest even allocation length",
		{ .page = 0x01, .control = 2, .dbd = true,
		  .allocation = 0xfffe },
		{ 0x5a, 0x08, 0x81, 0, 0, 0, 0, 0xff, 0xfe, 0 },
	}, {
		"saved, subpage",
		{ .page = 0x1c, .subpage = 0x02, .control = 3,
		  .allocation = 8 },
		{ 0x5a, 0x00, 0xdc, 0x02, 0, 0, 0, 0x00, 0x08, 0 },
	},
};

/**
 * struct page_vector - an answer to MODE SENSE(10), and one page looked for
 * @name: what is peculiar to it
 * @bytes: the answer
 * @length: number of bytes that were received
 * @code: page code looked for
 * @subpage: subpage code looked for
 * @error: 0, -EPROTO or -ENOENT; the members that follow hold only with 0
 * @at: offset of the page in @bytes
 * @size: number of bytes of the page that are there
 * @saveable: PS bit
 * @truncated: @size is less than the page says
 */
struct page_vector {
	const char *name;
	const u8 *bytes;
	size_t length;
	u8 code;
	u8 subpage;
	int error;
	size_t at;
	size_t size;
	bool saveable;
	bool truncated;
};

static const struct page_vector page_vectors[] = {
	{
		"one page",
		BYTES(0x00, 0x12, 0, 0, 0, 0, 0, 0,
		      0x08, 0x0a, 0x04, 0, 0, 0, 0, 0, 0, 0, 0, 0),
		.code = 0x08, .at = 8, .size = 12,
	}, {
		"nothing received",
		.bytes = (const u8[]){ 0 }, .length = 0,
		.code = 0x08, .error = -EPROTO,
	}, {
		"one byte short of a header",
		BYTES(0x00, 0x06, 0, 0, 0, 0, 0),
		.code = 0x08, .error = -EPROTO,
	}, {
		"header only",
		BYTES(0x00, 0x06, 0x70, 0, 0, 0, 0, 0),
		.code = 0x2a, .error = -ENOENT,
	}, {
		"nothing but zeros",
		BYTES(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
		.code = 0x2a, .error = -EPROTO,
	}, {
		"block descriptor of 8 bytes, though not asked for",
		BYTES(0x00, 0x12, 0x01, 0, 0, 0, 0x00, 0x08,
		      0, 0, 0, 0, 0, 0, 0x08, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		.code = 0x0d, .at = 16, .size = 4,
	}, {
		"long block descriptor of 16 bytes",
		BYTES(0x00, 0x1a, 0, 0, 0x01, 0, 0x00, 0x10,
		      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x08, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		.code = 0x0d, .at = 24, .size = 4,
	}, {
		"block descriptor and no page",
		BYTES(0x00, 0x0e, 0, 0, 0, 0, 0x00, 0x08,
		      0, 0, 0, 0, 0, 0, 0x08, 0),
		.code = 0x0d, .error = -ENOENT,
	}, {
		"block descriptor of one byte more than there is",
		BYTES(0x00, 0x0e, 0, 0, 0, 0, 0x00, 0x09,
		      0, 0, 0, 0, 0, 0, 0x08, 0),
		.code = 0x0d, .error = -EPROTO,
	}, {
		"PiSCSI: block descriptor length of 16576",
		BYTES(0x00, 0x12, 0, 0, 0, 0, 0x40, 0xc0,
		      0x08, 0x0a, 0x04, 0, 0, 0, 0, 0, 0, 0, 0, 0),
		.code = 0x08, .error = -EPROTO,
	}, {
		"old QEMU ide-cd: declares 36 bytes, sends 28",
		BYTES(0x00, 0x22, 0x70, 0, 0, 0, 0, 0,
		      0x2a, 0x12, 0x00, 0x00, 0x71, 0x60, 0x29, 0x00,
		      0x02, 0xc2, 0x00, 0x02, 0x02, 0x00, 0x02, 0xc2,
		      0x00, 0x00, 0x00, 0x00,
		      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
		.code = 0x2a, .at = 8, .size = 20,
	}, {
		"QEMU ide-cd: sends 30 bytes and no residue",
		BYTES(0x00, 0x1c, 0x70, 0, 0, 0, 0, 0,
		      0x2a, 0x14, 0x3b, 0x00, 0x71, 0x60, 0x29, 0x00,
		      0x02, 0xc0, 0x00, 0x02, 0x02, 0x00, 0x02, 0xc0,
		      0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
		      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
		.code = 0x2a, .at = 8, .size = 22,
	}, {
		"declares far more than it sends",
		BYTES(0xff, 0xff, 0, 0, 0, 0, 0, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		.code = 0x0d, .at = 8, .size = 4,
	}, {
		"USBODE: bytes after the end of the data are none of it",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0, 0,
		      0x0d, 0x02, 0x00, 0x0d,
		      0x2a, 0x02, 0x3f, 0x00),
		.code = 0x2a, .error = -EPROTO,
	}, {
		"page cut by the transport",
		BYTES(0x00, 0x12, 0, 0, 0, 0, 0, 0,
		      0x08, 0x0a, 0x04, 0x00, 0x11, 0x22),
		.code = 0x08, .at = 8, .size = 6, .truncated = true,
	}, {
		"page cut by one byte",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0, 0,
		      0x0d, 0x02, 0x00),
		.code = 0x0d, .at = 8, .size = 3, .truncated = true,
	}, {
		"page that says 255 bytes follow",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0, 0,
		      0x2a, 0xff, 0x3f, 0x00),
		.code = 0x2a, .at = 8, .size = 4, .truncated = true,
	}, {
		"half a page header",
		BYTES(0x00, 0x07, 0, 0, 0, 0, 0, 0, 0x0d),
		.code = 0x0d, .error = -ENOENT,
	}, {
		"LG BU40N: PS bit",
		BYTES(0x00, 0x12, 0, 0, 0, 0, 0, 0,
		      0x9c, 0x0a, 0x00, 0x04, 0, 0, 0x02, 0x58, 0, 0, 0, 0),
		.code = 0x1c, .at = 8, .size = 12, .saveable = true,
	}, {
		"another page than asked for",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0, 0,
		      0x0e, 0x02, 0x04, 0x00),
		.code = 0x0d, .error = -EPROTO,
	}, {
		"not the first page",
		BYTES(0x00, 0x10, 0, 0, 0, 0, 0, 0,
		      0x01, 0x04, 0x80, 0x13, 0, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		.code = 0x0d, .at = 14, .size = 4,
	}, {
		"before it a page whose data look like it",
		BYTES(0x00, 0x10, 0, 0, 0, 0, 0, 0,
		      0x01, 0x04, 0x0d, 0x02, 0, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		.code = 0x0d, .at = 14, .size = 4,
	}, {
		"ZuluIDE: page of length 0",
		BYTES(0x00, 0x08, 0, 0, 0, 0, 0, 0, 0x2a, 0x00),
		.code = 0x2a, .error = -ENOENT,
	}, {
		"page after two zero bytes",
		BYTES(0x00, 0x0c, 0, 0, 0, 0, 0, 0,
		      0x00, 0x00,
		      0x0d, 0x02, 0x00, 0x0d),
		.code = 0x0d, .at = 10, .size = 4,
	}, {
		"vendor page 00h",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0, 0,
		      0x00, 0x02, 0x20, 0x00),
		.code = 0x00, .at = 8, .size = 4,
	}, {
		"subpage format",
		BYTES(0x00, 0x0e, 0, 0, 0, 0, 0, 0,
		      0x5c, 0x01, 0x00, 0x04, 1, 2, 3, 4),
		.code = 0x1c, .subpage = 0x01, .at = 8, .size = 8,
	}, {
		"subpage format with PS bit, not the first page",
		BYTES(0x00, 0x12, 0, 0, 0, 0, 0, 0,
		      0x0d, 0x02, 0x00, 0x0d,
		      0xdc, 0x01, 0x00, 0x04, 1, 2, 3, 4),
		.code = 0x1c, .subpage = 0x01, .at = 12, .size = 8,
		.saveable = true,
	}, {
		"subpage where the page was asked for",
		BYTES(0x00, 0x0e, 0, 0, 0, 0, 0, 0,
		      0x5c, 0x01, 0x00, 0x04, 1, 2, 3, 4),
		.code = 0x1c, .error = -EPROTO,
	}, {
		"subpage of 260 bytes, cut",
		BYTES(0x01, 0x0a, 0, 0, 0, 0, 0, 0,
		      0x5c, 0x01, 0x01, 0x00, 1, 2),
		.code = 0x1c, .subpage = 0x01, .at = 8, .size = 6,
		.truncated = true,
	}, {
		"three bytes of a subpage header",
		BYTES(0x00, 0x09, 0, 0, 0, 0, 0, 0, 0x5c, 0x01, 0x00),
		.code = 0x1c, .subpage = 0x01, .error = -ENOENT,
	},
};

/**
 * struct walk_vector - an answer to MODE SENSE(10), and every page in it
 * @name: what is peculiar to it
 * @bytes: the answer
 * @length: number of bytes that were received
 * @codes: codes of the pages that are not empty, in their order
 * @count: number of @codes
 */
struct walk_vector {
	const char *name;
	const u8 *bytes;
	size_t length;
	u8 codes[8];
	size_t count;
};

static const struct walk_vector walk_vectors[] = {
	{
		"three pages",
		BYTES(0x00, 0x12, 0, 0, 0, 0, 0, 0,
		      0x01, 0x02, 0, 0, 0x8d, 0x02, 0, 0, 0x2a, 0x02, 0, 0),
		.codes = { 0x01, 0x0d, 0x2a }, .count = 3,
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
	}, {
		"no page",
		BYTES(0x00, 0x06, 0, 0, 0, 0, 0, 0),
	},
};

#endif /* MODEPAGES_VECTORS_H */
