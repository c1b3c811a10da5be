/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Test vectors for drivers/core/exchange.c: which command is sent, and which
 * after a refusal. Data only, as vectors.h. The drive is asked for page 0Dh,
 * 12 bytes with the header of the ten byte command and 8 with that of the six
 * byte one.
 */
#ifndef MODEPAGES_VECTORS_EXCHANGE_H
#define MODEPAGES_VECTORS_EXCHANGE_H

#include "../drivers/core/exchange.h"
#include "vectors.h"

/**
 * struct exchange_step - a command that has to be sent, and the answer to it
 * @form: expected form
 * @dbd: expected DBD bit
 * @allocation: expected allocation length
 * @bytes: the answer
 * @length: number of bytes at @bytes
 * @sent: number of bytes that the drive sends, zeros after @bytes; 0: @length
 * @residue: residue as the transport reports it; that many bytes at the end of
 *	the buffer are wiped out
 * @like_mark: the last byte sent is the mark that a first command leaves there
 * @code: outcome, one of &enum modepages_status_code
 * @key: sense key
 * @asc: additional sense code
 */
struct exchange_step {
	enum mode_form form;
	bool dbd;
	u16 allocation;
	const u8 *bytes;
	size_t length;
	size_t sent;
	u32 residue;
	bool like_mark;
	u32 code;
	u8 key;
	u8 asc;
};

/**
 * struct exchange_vector - one exchange
 * @name: what is peculiar to it
 * @before: what is known of the drive
 * @fixed: allocation length that the caller has chosen, with DBD = 0, or 0
 * @steps: the commands and their answers
 * @count: number of @steps
 * @compare: the last step's answer is compared with the one before
 * @first: of the two, the first one stands
 * @received: size of the answer that is taken
 * @after: what is known of the drive then
 */
struct exchange_vector {
	const char *name;
	struct mode_dialect before;
	u16 fixed;
	const struct exchange_step *steps;
	size_t count;
	bool compare;
	bool first;
	size_t received;
	struct mode_dialect after;
};

#define STEPS(...) \
	.steps = (const struct exchange_step[]){ __VA_ARGS__ }, \
	.count = sizeof((const struct exchange_step[]){ __VA_ARGS__ }) / \
		 sizeof(struct exchange_step)

#define TEN_DBD		.form = MODE_FORM_10, .dbd = true
#define TEN		.form = MODE_FORM_10, .dbd = false
#define SIX_DBD		.form = MODE_FORM_6, .dbd = true
#define SIX_PLAIN	.form = MODE_FORM_6, .dbd = false

/* The header of the ten byte command and page 0Dh, with a mode data length. */
#define DECLARES(high, low) \
	BYTES((high), (low), 0, 0, 0, 0, 0, 0, 0x0d, 0x02, 0x00, 0x0d)
#define DECLARES_6(length_) \
	BYTES((length_), 0, 0, 0, 0x0d, 0x02, 0x00, 0x0d)
#define NOTHING		.length = 0
#define WHOLE		DECLARES(0x00, 0x0a)
#define WHOLE_6		DECLARES_6(0x07)

#define REFUSED(asc_) \
	.code = MODEPAGES_STATUS_NO_SUCH_PAGE, .key = 5, .asc = (asc_)
#define BAD_OPCODE	REFUSED(0x20)
#define BAD_FIELD	REFUSED(0x24)
#define ATTENTION	.code = MODEPAGES_STATUS_FAIL, .key = 6, .asc = 0x29
#define NOT_READY \
	.code = MODEPAGES_STATUS_BECOMING_READY, .key = 2, .asc = 0x04
#define ABORTED \
	.code = MODEPAGES_STATUS_FAIL, .key = 0xb, .asc = 0x24
#define TIMED_OUT	.code = MODEPAGES_STATUS_TIMEOUT

#define KNOWN(...) \
	{ .form_known = true, .shape_known = true, __VA_ARGS__ }
#define FORM_KNOWN(...) \
	{ .form_known = true, __VA_ARGS__ }
#define NO_DBD		.shape = 1, .quirks = MODEPAGES_QUIRK_DBD_REFUSED
#define SMALL \
	.shape = 2, .quirks = MODEPAGES_QUIRK_DBD_REFUSED | \
			      MODEPAGES_QUIRK_SMALL_ALLOCATION
#define SIX_ONLY \
	.form = MODE_FORM_6, .quirks = MODEPAGES_QUIRK_MODE_SENSE_6
#define BOASTS		.quirks = MODEPAGES_QUIRK_LENGTH_TOO_LARGE
#define BOASTS_ONE	BOASTS, .one_too_much = true
#define BAD_RESIDUE	.quirks = MODEPAGES_QUIRK_RESIDUE

static const struct exchange_vector exchange_vectors[] = {
	{
		"good drive: one command",
		STEPS({ TEN_DBD, 512, WHOLE }),
		.received = 12,
		.after = KNOWN(),
	}, {
		"good drive, known",
		.before = KNOWN(),
		STEPS({ TEN_DBD, 512, WHOLE }),
		.received = 12,
		.after = KNOWN(),
	}, {
		"recovered error",
		STEPS({ TEN_DBD, 512, WHOLE, .key = 1, .asc = 0x17 }),
		.received = 12,
		.after = KNOWN(),
	}, {
		"DBD refused",
		STEPS({ TEN_DBD, 512, BAD_FIELD },
		      { TEN, 512, WHOLE }),
		.received = 12,
		.after = KNOWN(NO_DBD),
	}, {
		"DBD refused, known",
		.before = KNOWN(NO_DBD),
		STEPS({ TEN, 512, WHOLE }),
		.received = 12,
		.after = KNOWN(NO_DBD),
	}, {
		"512 bytes refused",
		STEPS({ TEN_DBD, 512, BAD_FIELD },
		      { TEN, 512, BAD_FIELD },
		      { TEN, 128, WHOLE }),
		.received = 12,
		.after = KNOWN(SMALL),
	}, {
		"512 bytes refused, known",
		.before = KNOWN(SMALL),
		STEPS({ TEN, 128, WHOLE }),
		.received = 12,
		.after = KNOWN(SMALL),
	}, {
		"page missing, nothing known: all ways, and none is learnt",
		STEPS({ TEN_DBD, 512, BAD_FIELD },
		      { TEN, 512, BAD_FIELD },
		      { TEN, 128, BAD_FIELD }),
		.after = FORM_KNOWN(),
	}, {
		"page missing, way known: one command",
		.before = KNOWN(),
		STEPS({ TEN_DBD, 512, BAD_FIELD }),
		.after = KNOWN(),
	}, {
		"page missing, way without DBD known",
		.before = KNOWN(NO_DBD),
		STEPS({ TEN, 512, BAD_FIELD }),
		.after = KNOWN(NO_DBD),
	}, {
		"saved values refused: not about the way",
		STEPS({ TEN_DBD, 512, REFUSED(0x39) }),
		.after = FORM_KNOWN(),
	}, {
		"six byte drive",
		STEPS({ TEN_DBD, 512, BAD_OPCODE },
		      { SIX_DBD, 192, WHOLE_6 }),
		.received = 8,
		.after = KNOWN(SIX_ONLY),
	}, {
		"six byte drive, known",
		.before = KNOWN(SIX_ONLY),
		STEPS({ SIX_DBD, 192, WHOLE_6 }),
		.received = 8,
		.after = KNOWN(SIX_ONLY),
	}, {
		"six byte drive that refuses DBD",
		STEPS({ TEN_DBD, 512, BAD_OPCODE },
		      { SIX_DBD, 192, BAD_FIELD },
		      { SIX_PLAIN, 192, WHOLE_6 }),
		.received = 8,
		.after = KNOWN(.form = MODE_FORM_6, .shape = 1,
			       .quirks = MODEPAGES_QUIRK_MODE_SENSE_6 |
					 MODEPAGES_QUIRK_DBD_REFUSED),
	}, {
		"six byte drive without the page, way known",
		.before = KNOWN(SIX_ONLY),
		STEPS({ SIX_DBD, 192, BAD_FIELD }),
		.after = KNOWN(SIX_ONLY),
	}, {
		"both forms refused",
		STEPS({ TEN_DBD, 512, BAD_OPCODE },
		      { SIX_DBD, 192, BAD_OPCODE }),
		.after = FORM_KNOWN(),
	}, {
		"both forms refused, known: one command",
		.before = FORM_KNOWN(),
		STEPS({ TEN_DBD, 512, BAD_OPCODE }),
		.after = FORM_KNOWN(),
	}, {
		"opcode refused by a drive that knows it",
		.before = KNOWN(),
		STEPS({ TEN_DBD, 512, BAD_OPCODE }),
		.after = KNOWN(),
	}, {
		"unit attention teaches nothing",
		STEPS({ TEN_DBD, 512, ATTENTION }),
	}, {
		"not ready teaches nothing",
		STEPS({ TEN_DBD, 512, NOT_READY }),
	}, {
		"same code with another key teaches nothing",
		STEPS({ TEN_DBD, 512, ABORTED }),
	}, {
		"time-out teaches nothing",
		STEPS({ TEN_DBD, 512, TIMED_OUT }),
	}, {
		"unit attention to the six byte form teaches nothing",
		STEPS({ TEN_DBD, 512, BAD_OPCODE },
		      { SIX_DBD, 192, ATTENTION }),
	}, {
		"not ready to the way without DBD: form learnt, way not",
		STEPS({ TEN_DBD, 512, BAD_FIELD },
		      { TEN, 512, NOT_READY }),
		.after = FORM_KNOWN(),
	}, {
		"fixed way: no other is tried, and none learnt",
		.fixed = 128,
		STEPS({ TEN, 128, BAD_FIELD }),
		.after = FORM_KNOWN(),
	}, {
		"fixed way accepted: not learnt",
		.fixed = 128,
		STEPS({ TEN, 128, WHOLE }),
		.received = 12,
		.after = FORM_KNOWN(),
	}, {
		"fixed way, six byte drive",
		.fixed = 128,
		STEPS({ TEN, 128, BAD_OPCODE },
		      { SIX_PLAIN, 128, WHOLE_6 }),
		.received = 8,
		.after = FORM_KNOWN(SIX_ONLY),
	}, {
		"fixed way, six byte drive, known",
		.before = FORM_KNOWN(SIX_ONLY),
		.fixed = 512,
		STEPS({ SIX_PLAIN, 192, WHOLE_6 }),
		.received = 8,
		.after = FORM_KNOWN(SIX_ONLY),
	}, {
		"fixed way, more than there is room for",
		.fixed = 128,
		STEPS({ TEN, 128, DECLARES(0x00, 0xc8), .sent = 202 },
		      { TEN, 512, DECLARES(0x00, 0xc8), .sent = 202 }),
		.compare = true, .received = 202,
		.after = FORM_KNOWN(),
	},
};

#endif /* MODEPAGES_VECTORS_EXCHANGE_H */
