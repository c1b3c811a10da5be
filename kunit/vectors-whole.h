/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Test vectors for drivers/core/exchange.c: answers that are not whole, or look
 * like it. Data only, as vectors.h.
 */
#ifndef MODEPAGES_VECTORS_WHOLE_H
#define MODEPAGES_VECTORS_WHOLE_H

#include "vectors-exchange.h"

/* 6 bytes, 13, 512 and 601. */
#define TINY_6	DECLARES_6(0x05), .sent = 6
#define ODD	DECLARES(0x00, 0x0b), .sent = 13
#define BRIM	DECLARES(0x01, 0xfe), .sent = 512
#define MUCH	DECLARES(0x02, 0x57), .sent = 601
/* The first 512 of these. */
#define FULL	DECLARES(0x02, 0x57), .sent = 512

static const struct exchange_vector whole_vectors[] = {
	{
		"fills the room",
		STEPS({ TEN_DBD, 512, BRIM }),
		.received = 512,
		.after = KNOWN(),
	}, {
		"one byte more than there is room for",
		STEPS({ TEN_DBD, 512, DECLARES(0x01, 0xff), .sent = 513 },
		      { TEN_DBD, 1024, DECLARES(0x01, 0xff), .sent = 513 }),
		.compare = true, .received = 513,
		.after = KNOWN(),
	}, {
		"declares more still: asked once more only",
		STEPS({ TEN_DBD, 512, MUCH },
		      { TEN_DBD, 1024, DECLARES(0x30, 0x00), .sent = 1024 }),
		.compare = true, .received = 1024,
		.after = KNOWN(),
	}, {
		"declares far more than there is room for, and sends little",
		STEPS({ TEN_DBD, 512, DECLARES(0xff, 0xff) },
		      { TEN_DBD, 512, DECLARES(0xff, 0xff) }),
		.compare = true, .first = true, .received = 12,
		.after = KNOWN(),
	}, {
		"last byte of a full buffer looks like a mark: there is more",
		STEPS({ TEN_DBD, 512, FULL, .like_mark = true },
		      { TEN_DBD, 1024, MUCH }),
		.compare = true, .received = 601,
		.after = KNOWN(),
	}, {
		"two bytes short of a full buffer, more declared: not for want of room",
		STEPS({ TEN_DBD, 512, DECLARES(0x02, 0x57), .sent = 510 },
		      { TEN_DBD, 512, DECLARES(0x02, 0x57), .sent = 510 }),
		.compare = true, .first = true, .received = 510,
		.after = KNOWN(),
	}, {
		"larger request refused",
		STEPS({ TEN_DBD, 512, DECLARES(0xff, 0xff), .sent = 512 },
		      { TEN_DBD, 65024, BAD_FIELD }),
		.compare = true, .first = true, .received = 512,
		.after = KNOWN(),
	}, {
		"declares too much for any: asked for as many blocks as there may be",
		STEPS({ TEN_DBD, 512, DECLARES(0xff, 0xff), .sent = 601 },
		      { TEN_DBD, 65024, DECLARES(0xff, 0xff), .sent = 601 }),
		.compare = true, .received = 601,
		.after = KNOWN(),
	}, {
		"larger request times out",
		STEPS({ TEN_DBD, 512, MUCH },
		      { TEN_DBD, 1024, MUCH, TIMED_OUT }),
		.compare = true, .first = true, .received = 512,
		.after = KNOWN(),
	}, {
		"larger request brings no more",
		STEPS({ TEN_DBD, 512, DECLARES(0x02, 0x57), .sent = 512 },
		      { TEN_DBD, 1024, DECLARES(0x02, 0x57), .sent = 512 }),
		.compare = true, .first = true, .received = 512,
		.after = KNOWN(),
	}, {
		"six byte drive is not asked for more",
		.before = KNOWN(SIX_ONLY),
		STEPS({ SIX_DBD, 192, DECLARES_6(0xff), .sent = 256 }),
		.received = 192,
		.after = KNOWN(SIX_ONLY),
	}, {
		"six byte drive, two bytes short of a full buffer, more declared",
		.before = KNOWN(SIX_ONLY),
		STEPS({ SIX_DBD, 192, DECLARES_6(0xff), .sent = 190 },
		      { SIX_DBD, 192, DECLARES_6(0xff), .sent = 190 }),
		.compare = true, .first = true, .received = 190,
		.after = KNOWN(SIX_ONLY),
	}, {
		"drive that refuses 512 bytes is asked for exactly as much",
		.before = KNOWN(SMALL),
		STEPS({ TEN, 128, DECLARES(0x00, 0xc7), .sent = 201 },
		      { TEN, 202, DECLARES(0x00, 0xc7), .sent = 201 }),
		.compare = true, .received = 201,
		.after = KNOWN(SMALL),
	}, {
		"refuses 512 bytes, declares too much for any",
		.before = KNOWN(SMALL),
		STEPS({ TEN, 128, DECLARES(0xff, 0xff), .sent = 128 },
		      { TEN, 65534, BAD_FIELD }),
		.compare = true, .first = true, .received = 128,
		.after = KNOWN(SMALL),
	}, {
		"residue true and nothing missing",
		STEPS({ TEN_DBD, 512, WHOLE, .residue = 500 }),
		.received = 12,
		.after = KNOWN(),
	}, {
		"residue too big",
		STEPS({ TEN_DBD, 512, WHOLE, .residue = 502 },
		      { TEN_DBD, 12, WHOLE }),
		.compare = true, .received = 12,
		.after = KNOWN(BAD_RESIDUE),
	}, {
		"residue too big, odd length",
		STEPS({ TEN_DBD, 512, ODD, .residue = 502 },
		      { TEN_DBD, 14, ODD, .residue = 1 }),
		.compare = true, .received = 13,
		.after = KNOWN(BAD_RESIDUE),
	}, {
		"residue too big, as much declared as there is room for",
		STEPS({ TEN_DBD, 512, BRIM, .residue = 2 },
		      { TEN_DBD, 512, BRIM }),
		.compare = true, .received = 512,
		.after = KNOWN(BAD_RESIDUE),
	}, {
		"residue of the whole buffer: the header is gone",
		STEPS({ TEN_DBD, 512, WHOLE, .residue = 512 },
		      { TEN_DBD, 64, WHOLE }),
		.compare = true, .received = 12,
		.after = KNOWN(BAD_RESIDUE),
	}, {
		"residue of the whole buffer, both times",
		STEPS({ TEN_DBD, 512, WHOLE, .residue = 512 },
		      { TEN_DBD, 64, WHOLE, .residue = 64 }),
		.compare = true, .first = true, .received = 0,
		.after = KNOWN(),
	}, {
		"residue too big, second command refused",
		STEPS({ TEN_DBD, 512, WHOLE, .residue = 502 },
		      { TEN_DBD, 12, BAD_FIELD }),
		.compare = true, .first = true, .received = 10,
		.after = KNOWN(),
	}, {
		"answer short, residue true",
		STEPS({ TEN_DBD, 512, DECLARES(0x00, 0x22), .residue = 500 },
		      { TEN_DBD, 36, DECLARES(0x00, 0x22), .residue = 24 }),
		.compare = true, .first = true, .received = 12,
		.after = KNOWN(),
	}, {
		"six byte drive, residue too big",
		.before = KNOWN(SIX_ONLY),
		STEPS({ SIX_DBD, 192, WHOLE_6, .residue = 186 },
		      { SIX_DBD, 8, WHOLE_6 }),
		.compare = true, .received = 8,
		.after = KNOWN(.form = MODE_FORM_6,
			       .quirks = MODEPAGES_QUIRK_MODE_SENSE_6 |
					 MODEPAGES_QUIRK_RESIDUE),
	}, {
		"six byte drive, residue too big: no less than 8 bytes are asked for",
		.before = KNOWN(SIX_ONLY),
		STEPS({ SIX_DBD, 192, TINY_6, .residue = 187 },
		      { SIX_DBD, 8, TINY_6, .residue = 2 }),
		.compare = true, .received = 6,
		.after = KNOWN(.form = MODE_FORM_6,
			       .quirks = MODEPAGES_QUIRK_MODE_SENSE_6 |
					 MODEPAGES_QUIRK_RESIDUE),
	}, {
		"answer short, marks show it",
		STEPS({ TEN_DBD, 512, DECLARES(0x00, 0x22) },
		      { TEN_DBD, 512, DECLARES(0x00, 0x22) }),
		.compare = true, .first = true, .received = 12,
		.after = KNOWN(),
	}, {
		"last byte looks like a mark",
		STEPS({ TEN_DBD, 512, WHOLE, .like_mark = true },
		      { TEN_DBD, 512, WHOLE, .like_mark = true }),
		.compare = true, .received = 12,
		.after = KNOWN(),
	}, {
		"second answer shorter",
		STEPS({ TEN_DBD, 512, DECLARES(0x00, 0x22) },
		      { TEN_DBD, 512,
			BYTES(0x00, 0x22, 0, 0, 0, 0, 0, 0, 0x0d) }),
		.compare = true, .first = true, .received = 12,
		.after = KNOWN(),
	}, {
		"declares too much, known: one command",
		.before = KNOWN(BOASTS),
		STEPS({ TEN_DBD, 512, DECLARES(0x00, 0x22) }),
		.received = 12,
		.after = KNOWN(BOASTS),
	}, {
		"declares too much, known, residue true: one command",
		.before = KNOWN(BOASTS),
		STEPS({ TEN_DBD, 512, DECLARES(0x00, 0x22), .residue = 500 }),
		.received = 12,
		.after = KNOWN(BOASTS),
	}, {
		"declares too much, known, but the last byte looks like a mark",
		.before = KNOWN(BOASTS),
		STEPS({ TEN_DBD, 512, WHOLE, .like_mark = true },
		      { TEN_DBD, 512, WHOLE, .like_mark = true }),
		.compare = true, .received = 12,
		.after = KNOWN(BOASTS),
	}, {
		"declares one byte too much, known: that may be a mark",
		.before = KNOWN(BOASTS),
		STEPS({ TEN_DBD, 512, DECLARES(0x00, 0x0b) },
		      { TEN_DBD, 512, DECLARES(0x00, 0x0b) }),
		.compare = true, .first = true, .received = 12,
		.after = KNOWN(BOASTS_ONE),
	}, {
		"declares one byte too much, known not to be a mark: one command",
		.before = KNOWN(BOASTS_ONE),
		STEPS({ TEN_DBD, 512, DECLARES(0x00, 0x0b) }),
		.received = 12,
		.after = KNOWN(BOASTS_ONE),
	}, {
		"declares one byte too much: not a mark, learnt at once",
		STEPS({ TEN_DBD, 512, DECLARES(0x00, 0x0b) },
		      { TEN_DBD, 512, DECLARES(0x00, 0x0b) }),
		.compare = true, .first = true, .received = 12,
		.after = KNOWN(.one_too_much = true),
	}, {
		"declares one byte too much, second command fails: not learnt",
		STEPS({ TEN_DBD, 512, DECLARES(0x00, 0x0b) },
		      { TEN_DBD, 512, DECLARES(0x00, 0x0b), TIMED_OUT }),
		.compare = true, .first = true, .received = 12,
		.after = KNOWN(),
	}, {
		"declares one byte too much, then a residue: not learnt",
		STEPS({ TEN_DBD, 512, DECLARES(0x00, 0x0b) },
		      { TEN_DBD, 512, DECLARES(0x00, 0x0b), .residue = 500 }),
		.compare = true, .first = true, .received = 12,
		.after = KNOWN(),
	}, {
		"declares one byte too much, then more: not learnt",
		STEPS({ TEN_DBD, 512, DECLARES(0x00, 0x0b) },
		      { TEN_DBD, 512, DECLARES(0x00, 0x22) }),
		.compare = true, .first = true, .received = 12,
		.after = KNOWN(),
	}, {
		"declares one byte more than sent and than there is room for",
		STEPS({ TEN_DBD, 512, DECLARES(0x01, 0xff), .sent = 512 },
		      { TEN_DBD, 1024, DECLARES(0x01, 0xff), .sent = 512 }),
		.compare = true, .first = true, .received = 512,
		.after = KNOWN(),
	}, {
		"one byte too much known, but more is missing",
		.before = KNOWN(.one_too_much = true),
		STEPS({ TEN_DBD, 512, DECLARES(0x00, 0x22) },
		      { TEN_DBD, 512, DECLARES(0x00, 0x22) }),
		.compare = true, .first = true, .received = 12,
		.after = KNOWN(.one_too_much = true),
	}, {
		"one byte too much known, but one is missing for a residue",
		.before = KNOWN(.one_too_much = true),
		STEPS({ TEN_DBD, 512, WHOLE, .residue = 501 },
		      { TEN_DBD, 12, WHOLE }),
		.compare = true, .received = 12,
		.after = KNOWN(BAD_RESIDUE, .one_too_much = true),
	}, {
		"declares too much, known, but the header is gone",
		.before = KNOWN(BOASTS),
		STEPS({ TEN_DBD, 512, WHOLE, .residue = 512 },
		      { TEN_DBD, 64, WHOLE }),
		.compare = true, .received = 12,
		.after = KNOWN(.quirks = MODEPAGES_QUIRK_LENGTH_TOO_LARGE |
					 MODEPAGES_QUIRK_RESIDUE),
	}, {
		"declares too little: more came, one command",
		STEPS({ TEN_DBD, 512, DECLARES(0x00, 0x06) }),
		.received = 12,
		.after = KNOWN(),
	}, {
		"nothing but zeros: one command",
		STEPS({ TEN_DBD, 512, BYTES(0), .sent = 512 }),
		.received = 512,
		.after = KNOWN(),
	}, {
		"nothing at all",
		STEPS({ TEN_DBD, 512, NOTHING },
		      { TEN_DBD, 512, NOTHING }),
		.compare = true, .first = true, .received = 0,
		.after = KNOWN(),
	},
};

#endif /* MODEPAGES_VECTORS_WHOLE_H */
