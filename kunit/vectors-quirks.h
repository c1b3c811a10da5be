/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Test vectors for drivers/core/mode.c: answers whose header lies, and the
 * page that is found all the same where that is certain. Data only, as
 * vectors.h.
 */
#ifndef MODEPAGES_VECTORS_QUIRKS_H
#define MODEPAGES_VECTORS_QUIRKS_H

#include "vectors-answer.h"

static const struct page_vector quirk_vectors[] = {
	{
		"six byte header",
		BYTES(0x0b, 0, 0, 0,
		      0x2a, 0x06, 0x3f, 0x00, 0x71, 0x60, 0x29, 0x00),
		.request.page = 0x2a, .request.dbd = true, .at = 4, .size = 8,
		.quirks = MODEPAGES_QUIRK_HEADER_6,
	}, {
		"six byte header, page that looks like the rest of ten",
		BYTES(0x0f, 0, 0, 0,
		      0x01, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
		.request.page = 0x01, .request.dbd = true, .at = 4, .size = 12,
		.quirks = MODEPAGES_QUIRK_HEADER_6,
	}, {
		"six byte header and block descriptor",
		BYTES(0x0f, 0x01, 0x80, 0x08,
		      0x05, 0x00, 0x12, 0x34, 0, 0, 0x08, 0,
		      0x8d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .request.dbd = true, .at = 12, .size = 4,
		.saveable = true,
		.quirks = MODEPAGES_QUIRK_HEADER_6,
	}, {
		"six byte header, block descriptor that looks like empty pages",
		BYTES(0x0f, 0, 0, 0x08,
		      0, 0, 0, 0, 0, 0, 0x08, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .request.dbd = true, .at = 12, .size = 4,
		.quirks = MODEPAGES_QUIRK_HEADER_6,
	}, {
		"six byte header and zeros that were not declared",
		BYTES(0x07, 0, 0, 0, 0x0d, 0x02, 0x00, 0x0d, 0, 0, 0, 0),
		.request.page = 0x0d, .request.dbd = true, .at = 4, .size = 4,
		.quirks = MODEPAGES_QUIRK_HEADER_6,
	}, {
		"six byte header, and zeros up to what ten would declare",
		BYTES(0x07, 0, 0, 0, 0x0d, 0x02, 0x00, 0x0d, [2047] = 0),
		.request.page = 0x0d, .request.dbd = true, .at = 4, .size = 4,
		.quirks = MODEPAGES_QUIRK_HEADER_6,
	}, {
		"six byte header, subpage format",
		BYTES(0x0b, 0, 0, 0,
		      0x5c, 0x01, 0x00, 0x04, 1, 2, 3, 4),
		.request.page = 0x1c, .request.subpage = 0x01,
		.at = 4, .size = 8,
		.quirks = MODEPAGES_QUIRK_HEADER_6,
	}, {
		"six byte header, one byte left over",
		BYTES(0x08, 0, 0, 0, 0x0d, 0x02, 0x00, 0x0d, 0),
		.request.page = 0x0d, .request.dbd = true, .error = -EPROTO,
	}, {
		"six byte header, another page left over",
		BYTES(0x0b, 0, 0, 0,
		      0x0d, 0x02, 0x00, 0x0d, 0x0e, 0x02, 0x04, 0x00),
		.request.page = 0x0d, .request.dbd = true, .error = -EPROTO,
	}, {
		"six byte header, not the first page",
		BYTES(0x0b, 0, 0, 0,
		      0x0e, 0x02, 0x04, 0x01, 0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .request.dbd = true, .error = -EPROTO,
	}, {
		"six byte header, page longer than declared",
		BYTES(0x06, 0, 0, 0, 0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .request.dbd = true, .error = -EPROTO,
	}, {
		"six byte header that declares more than comes",
		BYTES(0x08, 0, 0, 0, 0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .request.dbd = true, .error = -EPROTO,
	}, {
		"six byte header, block descriptor longer than the data",
		BYTES(0x07, 0, 0, 0x08, 0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .request.dbd = true, .error = -EPROTO,
	}, {
		"six byte header, block descriptor length of 5",
		BYTES(0x0c, 0, 0, 0x05,
		      0, 0, 0x08, 0, 0, 0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .request.dbd = true, .error = -EPROTO,
	}, {
		"ten byte header in answer to the six byte command",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0, 0, 0x0d, 0x02, 0x00, 0x0d),
		SIX, .request.page = 0x0d, .error = -EPROTO,
	}, {
		"PiSCSI: block descriptor length of 16576",
		BYTES(0x00, 0x12, 0, 0, 0, 0, 0x40, 0xc0,
		      0x08, 0x0a, 0x04, 0, 0, 0, 0, 0, 0, 0, 0, 0),
		.request.page = 0x08, .at = 8, .size = 12,
		.quirks = MODEPAGES_QUIRK_DESCRIPTOR_LENGTH,
	}, {
		"block descriptor that is declared and not sent",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0x00, 0x08,
		      0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .at = 8, .size = 4,
		.quirks = MODEPAGES_QUIRK_DESCRIPTOR_LENGTH,
	}, {
		"block descriptor that would end inside of the page",
		BYTES(0x00, 0x1a, 0, 0, 0, 0, 0x00, 0x08,
		      0x2a, 0x12, 0, 0, 0, 0, 0, 0, 0x71, 0x60, 0x29, 0x00,
		      0, 0, 0, 0, 0, 0, 0, 0),
		.request.page = 0x2a, .at = 8, .size = 20,
		.quirks = MODEPAGES_QUIRK_DESCRIPTOR_LENGTH,
	}, {
		"block descriptor length of 5",
		BYTES(0x00, 0x0f, 0, 0, 0, 0, 0x00, 0x05,
		      0, 0, 0, 0, 0, 0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .error = -EPROTO,
	}, {
		"six bytes: block descriptor length of 5",
		BYTES(0x0c, 0, 0, 0x05,
		      0, 0, 0, 0, 0, 0x0d, 0x02, 0x00, 0x0d),
		SIX, .request.page = 0x0d, .error = -EPROTO,
	}, {
		"declares another page alone, and the page came after it",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0, 0,
		      0x0d, 0x02, 0x00, 0x0d,
		      0x2a, 0x04, 0x3f, 0x00, 0x00, 0x00),
		.request.page = 0x2a, .error = -EPROTO,
	}, {
		"six bytes: block descriptor that is declared and not sent",
		BYTES(0x07, 0, 0, 0xff, 0x0d, 0x02, 0x00, 0x0d),
		SIX, .request.page = 0x0d, .at = 4, .size = 4,
		.quirks = MODEPAGES_QUIRK_DESCRIPTOR_LENGTH,
	}, {
		"absurd block descriptor length, one byte left over",
		BYTES(0x00, 0x0b, 0, 0, 0, 0, 0x40, 0xc0,
		      0x0d, 0x02, 0x00, 0x0d, 0x00),
		.request.page = 0x0d, .error = -EPROTO,
	}, {
		"absurd block descriptor length, page longer than declared",
		BYTES(0x00, 0x09, 0, 0, 0, 0, 0x40, 0xc0,
		      0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .error = -EPROTO,
	}, {
		"absurd block descriptor length, declares less than a header",
		BYTES(0x00, 0x05, 0, 0, 0, 0, 0x40, 0xc0,
		      0x0e, 0x02, 0x04, 0x00),
		.request.page = 0x0d, .error = -EPROTO,
	}, {
		"absurd block descriptor length, mode data length too large",
		BYTES(0x00, 0x0b, 0, 0, 0, 0, 0x40, 0xc0,
		      0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .error = -EPROTO,
	}, {
		"absurd block descriptor length, another page",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0x40, 0xc0,
		      0x0e, 0x02, 0x04, 0x00),
		.request.page = 0x0d, .error = -EPROTO,
	}, {
		"SANYO: declares less than the page, which came whole",
		BYTES(0x00, 0x0e, 0x70, 0, 0, 0, 0, 0,
		      0x2a, 0x12, 0x3f, 0x00, 0x71, 0x60, 0x29, 0x00,
		      0x02, 0xc2, 0x00, 0x02, 0x02, 0x00, 0x02, 0xc2,
		      0x00, 0x00, 0x00, 0x00),
		.request.page = 0x2a, .at = 8, .size = 20,
		.quirks = MODEPAGES_QUIRK_LENGTH_TOO_SMALL,
	}, {
		"declares the header alone, page came whole",
		BYTES(0x00, 0x06, 0, 0, 0, 0, 0, 0, 0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .at = 8, .size = 4,
		.quirks = MODEPAGES_QUIRK_LENGTH_TOO_SMALL,
	}, {
		"declares too little, odd page made even by the transport",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0, 0,
		      0x0d, 0x03, 0x00, 0x0d, 0x01, 0x00),
		.request.page = 0x0d, .at = 8, .size = 5,
		.quirks = MODEPAGES_QUIRK_LENGTH_TOO_SMALL,
	}, {
		"declares too little, odd page",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0, 0,
		      0x0d, 0x03, 0x00, 0x0d, 0x01),
		.request.page = 0x0d, .at = 8, .size = 5,
		.quirks = MODEPAGES_QUIRK_LENGTH_TOO_SMALL,
	}, {
		"declares too little, one byte after an even page",
		BYTES(0x00, 0x09, 0, 0, 0, 0, 0, 0,
		      0x0d, 0x02, 0x00, 0x0d, 0x00),
		.request.page = 0x0d, .at = 8, .size = 3, .truncated = true,
	}, {
		"declares too little, two bytes after an odd page",
		BYTES(0x00, 0x0a, 0, 0, 0, 0, 0, 0,
		      0x0d, 0x03, 0x00, 0x0d, 0x01, 0x00, 0x00),
		.request.page = 0x0d, .at = 8, .size = 4, .truncated = true,
	}, {
		"declares too little, zeros after the page",
		BYTES(0x00, 0x08, 0, 0, 0, 0, 0, 0,
		      0x0d, 0x02, 0x00, 0x0d, 0, 0, 0, 0),
		.request.page = 0x0d, .at = 8, .size = 2, .truncated = true,
	}, {
		"declares too little, and less came than the page",
		BYTES(0x00, 0x08, 0, 0, 0, 0, 0, 0,
		      0x0d, 0x06, 0x00, 0x0d, 0x01, 0x02),
		.request.page = 0x0d, .at = 8, .size = 2, .truncated = true,
	}, {
		"declares too little, block descriptor",
		BYTES(0x00, 0x10, 0, 0, 0, 0, 0x00, 0x08,
		      0, 0, 0, 0, 0, 0, 0x08, 0,
		      0x0d, 0x02, 0x00, 0x0d),
		.request.page = 0x0d, .at = 16, .size = 4,
		.quirks = MODEPAGES_QUIRK_LENGTH_TOO_SMALL,
	}, {
		"six bytes: declares less than the page, which came whole",
		BYTES(0x05, 0, 0, 0, 0x0d, 0x02, 0x00, 0x0d),
		SIX, .request.page = 0x0d, .at = 4, .size = 4,
		.quirks = MODEPAGES_QUIRK_LENGTH_TOO_SMALL,
	},
};

#endif /* MODEPAGES_VECTORS_QUIRKS_H */
