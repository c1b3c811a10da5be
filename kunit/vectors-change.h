/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Test vectors for drivers/core/change.c: pages that are to be written, and what is
 * said of them. Data only, as vectors.h. Commands and parameter lists were put
 * together by hand from SPC-4, 6.9, 6.10 and 7.5.
 */
#ifndef MODEPAGES_VECTORS_CHANGE_H
#define MODEPAGES_VECTORS_CHANGE_H

#include "../drivers/core/change.h"
#include "../drivers/core/sense.h"
#include "vectors.h"

#define OF(...)	((const u8[]){ __VA_ARGS__ })

/**
 * struct complete_vector - bytes, and whether they are one page
 * @name: what is peculiar to them
 * @bytes: the bytes
 * @length: number of bytes
 * @complete: they are
 * @code: its page code
 * @subpage: its subpage code
 */
struct complete_vector {
	const char *name;
	const u8 *bytes;
	size_t length;
	bool complete;
	u8 code;
	u8 subpage;
};

static const struct complete_vector complete_vectors[] = {
	{ "page", BYTES(0x01, 6, 0, 5, 0, 0, 0, 0), .complete = true,
	  .code = 0x01 },
	{ "page with PS bit", BYTES(0x8d, 2, 0, 5), .complete = true,
	  .code = 0x0d },
	{ "page with one byte", BYTES(0x20, 1, 9), .complete = true,
	  .code = 0x20 },
	{ "subpage", BYTES(0x4a, 5, 0, 2, 1, 2), .complete = true, .code = 0x0a,
	  .subpage = 5 },
	{ "subpage, its length in both bytes would be more",
	  BYTES(0x4a, 5, 1, 2, 1, 2) },
	{ "subpage 0 in the format of subpages",
	  BYTES(0x4a, 0, 0, 2, 1, 2) },
	{ "subpage without anything", BYTES(0x4a, 5, 0, 0) },
	{ "subpage, header cut", BYTES(0x4a, 5, 0) },
	{ "nothing", .bytes = OF(0) },
	{ "page code alone", BYTES(0x01) },
	{ "header alone", BYTES(0x01, 0) },
	{ "header of a longer one", BYTES(0x01, 6) },
	{ "a byte is missing", BYTES(0x01, 6, 0, 5, 0, 0, 0) },
	{ "a byte too many", BYTES(0x01, 6, 0, 5, 0, 0, 0, 0, 0) },
	{ "two pages", BYTES(0x01, 2, 0, 5, 0x0d, 2, 0, 0) },
	{ "length of 0, and bytes", BYTES(0x01, 0, 0, 5) },
};

/**
 * struct exceeds_vector - bits to be changed, and those that can be
 * @name: what is peculiar to them
 * @mask: bits to be changed
 * @mask_length: number of bytes
 * @bytes: what the drive lets change
 * @length: number of bytes
 * @exceeds: they are not all among these
 * @byte: of the first one that is not, the byte
 * @bit: and the bit
 */
struct exceeds_vector {
	const char *name;
	const u8 *mask;
	size_t mask_length;
	const u8 *bytes;
	size_t length;
	bool exceeds;
	size_t byte;
	u8 bit;
};

#define MASK(...) \
	.mask = OF(__VA_ARGS__), .mask_length = sizeof(OF(__VA_ARGS__))
#define AT(byte_, bit_) \
	.exceeds = true, .byte = (byte_), .bit = (bit_)

static const struct exceeds_vector exceeds_vectors[] = {
	{ "all that can be", MASK(0, 0, 0x37, 0xff),
	  BYTES(0x01, 2, 0x37, 0xff) },
	{ "some of it", MASK(0, 0, 0x10, 0x01), BYTES(0x01, 2, 0x37, 0xff) },
	{ "none", MASK(0, 0, 0, 0), BYTES(0x01, 2, 0x37, 0xff) },
	{ "nothing", .mask = OF(0), BYTES(0x01, 2, 0x37, 0xff) },
	{ "mask shorter than the page", MASK(0, 0, 0x01),
	  BYTES(0x01, 2, 0x37, 0xff) },
	{ "mask longer than the page, zeros", MASK(0, 0, 1, 1, 0, 0),
	  BYTES(0x01, 2, 0x37, 0xff) },
	{ "mask longer than the page", MASK(0, 0, 1, 1, 0, 0x14),
	  BYTES(0x01, 2, 0x37, 0xff), AT(5, 4) },
	{ "one bit of several", MASK(0, 0, 0x3f), BYTES(0x01, 2, 0x37, 0xff),
	  AT(2, 3) },
	{ "highest bit", MASK(0, 0, 0, 0xff), BYTES(0x01, 2, 0, 0), AT(3, 7) },
	{ "lowest bit", MASK(0, 0, 0, 0x01), BYTES(0x01, 2, 0, 0xfe), AT(3, 0) },
	{ "two bytes: the first one", MASK(0, 0, 0x01, 0x80),
	  BYTES(0x01, 2, 0, 0), AT(2, 0) },
	{ "page code", MASK(0x20, 0, 0x01), BYTES(0x3f, 2, 0xff, 0xff),
	  AT(0, 5) },
	{ "length, of which the same bits are set", MASK(0, 0x02, 0x01),
	  BYTES(0x01, 2, 0xff, 0xff), AT(1, 1) },
	{ "third byte of a page", MASK(0, 0, 0x01, 0x01),
	  BYTES(0x0a, 2, 0x01, 0x01) },
	{ "third byte of a subpage: its length", MASK(0, 0, 0x01, 0x01),
	  BYTES(0x4a, 5, 0x01, 0x01, 0xff), AT(2, 0) },
	{ "fourth byte of a subpage", MASK(0, 0, 0, 0x01),
	  BYTES(0x4a, 5, 0, 1, 0xff), AT(3, 0) },
	{ "fifth byte of a subpage", MASK(0, 0, 0, 0, 0x01),
	  BYTES(0x4a, 5, 0, 1, 0xff) },
	{ "what can be changed is cut", MASK(0, 0, 1, 1),
	  BYTES(0x01, 2, 0xff), AT(3, 0) },
};

/**
 * struct beyond_vector - bits, and a page that may be too short for them
 * @name: what is peculiar to them
 * @mask: the bits
 * @mask_length: number of bytes
 * @length: size of the page
 * @beyond: it is
 * @byte: of the first one that it does not have, the byte
 * @bit: and the bit
 */
struct beyond_vector {
	const char *name;
	const u8 *mask;
	size_t mask_length;
	size_t length;
	bool beyond;
	size_t byte;
	u8 bit;
};

static const struct beyond_vector beyond_vectors[] = {
	{ "page is longer", MASK(0, 0, 0xff), .length = 4 },
	{ "page is as long", MASK(0, 0, 0xff), .length = 3 },
	{ "zeros behind it", MASK(0, 0, 0xff, 0, 0), .length = 3 },
	{ "next byte", MASK(0, 0, 0xff, 0x06), .length = 3, .beyond = true,
	  .byte = 3, .bit = 2 },
	{ "a later byte", MASK(0, 0, 0, 0, 0, 0x80), .length = 3,
	  .beyond = true, .byte = 5, .bit = 7 },
};

/**
 * struct prepare_vector - a change, and the page that comes of it
 * @name: what is peculiar to it
 * @before: the page before
 * @length: its size
 * @wanted_mask: the bits that are to be changed, or NULL
 * @wanted: their values
 * @wanted_length: size of these two
 * @value: the page with its new values
 * @mask: the bits that are given them
 */
struct prepare_vector {
	const char *name;
	const u8 *before;
	size_t length;
	const u8 *wanted_mask;
	const u8 *wanted;
	size_t wanted_length;
	const u8 *value;
	const u8 *mask;
};

static const struct prepare_vector prepare_vectors[] = {
	{ "some bits", OF(0x81, 2, 0x33, 0x44), 4,
	  OF(0, 0, 0x0f, 0), OF(0xff, 0xff, 0x55, 0xff), 4,
	  OF(0x81, 2, 0x35, 0x44), OF(0, 0, 0x0f, 0) },
	{ "shorter than the page", OF(0x81, 2, 0x33, 0x44), 4,
	  OF(0, 0, 0xf0), OF(0, 0, 0x55), 3,
	  OF(0x81, 2, 0x53, 0x44), OF(0, 0, 0xf0, 0) },
	{ "longer than the page", OF(0x81, 2, 0x33, 0x44), 4,
	  OF(0, 0, 0, 0xff, 0, 0), OF(0, 0, 0, 0x66, 7, 8), 6,
	  OF(0x81, 2, 0x33, 0x66), OF(0, 0, 0, 0xff) },
	{ "whole page, without PS bit", OF(0x81, 2, 0x33, 0x44), 4,
	  NULL, OF(0x01, 2, 0x35, 0x44), 4,
	  OF(0x81, 2, 0x35, 0x44), OF(0, 0, 0x06, 0) },
	{ "whole subpage", OF(0xca, 5, 0, 1, 0x33), 5,
	  NULL, OF(0x4a, 5, 0, 1, 0xcc), 5,
	  OF(0xca, 5, 0, 1, 0xcc), OF(0, 0, 0, 0, 0xff) },
	{ "whole subpage that says another length", OF(0xca, 5, 0, 1, 0x33), 5,
	  NULL, OF(0x4a, 5, 2, 3, 0xcc), 5,
	  OF(0xca, 5, 0, 1, 0xcc), OF(0, 0, 0, 0, 0xff) },
};

/**
 * struct bits_vector - two pages, and bits of them
 * @name: what is peculiar to them
 * @a: bytes
 * @b: bytes
 * @mask: the bits
 * @copied: @a with the bits of @b
 * @length: size of each
 * @differ: the bits are not all the same
 * @byte: of the first one that is not, the byte
 * @bit: and the bit
 */
struct bits_vector {
	const char *name;
	const u8 *a;
	const u8 *b;
	const u8 *mask;
	const u8 *copied;
	size_t length;
	bool differ;
	size_t byte;
	u8 bit;
};

#define DIFFER(byte_, bit_) \
	.differ = true, .byte = (byte_), .bit = (bit_)
#define SAME	.differ = false

static const struct bits_vector bits_vectors[] = {
	{ "same bytes", OF(1, 2, 3), OF(1, 2, 3), OF(0xff, 0xff, 0xff),
	  OF(1, 2, 3), 3, SAME },
	{ "other bytes, no bits", OF(1, 2, 3), OF(4, 5, 6), OF(0, 0, 0),
	  OF(1, 2, 3), 3, SAME },
	{ "other bytes, all bits", OF(1, 2, 3), OF(1, 5, 6),
	  OF(0xff, 0xff, 0xff), OF(1, 5, 6), 3, DIFFER(1, 2) },
	{ "bits beside", OF(0xf0), OF(0x0f), OF(0x00), OF(0xf0), 1, SAME },
	{ "set", OF(0xa0), OF(0x0f), OF(0x05), OF(0xa5), 1, DIFFER(0, 2) },
	{ "cleared", OF(0xff), OF(0x00), OF(0x81), OF(0x7e), 1, DIFFER(0, 7) },
	{ "some set, some cleared", OF(0x0f), OF(0xf0), OF(0x3c), OF(0x33), 1,
	  DIFFER(0, 5) },
	{ "lowest bit of the last byte", OF(7, 8, 0x10), OF(9, 8, 0x11),
	  OF(0, 0xff, 0x01), OF(7, 8, 0x11), 3, DIFFER(2, 0) },
	{ "behind the end", OF(1, 2), OF(1, 3), OF(0xff, 0xff), OF(1, 2), 1, SAME },
	{ "nothing", OF(1), OF(2), OF(0xff), OF(1), 0, SAME },
};

/**
 * struct select_vector - a page, and the command that writes it
 * @name: what is peculiar to it
 * @bytes: the page
 * @length: its size
 * @form: form of the command
 * @save: to be saved
 * @list: parameter list
 * @list_length: its size
 * @cdb: the command
 * @cdb_length: its size
 */
struct select_vector {
	const char *name;
	const u8 *bytes;
	size_t length;
	enum mode_form form;
	bool save;
	const u8 *list;
	size_t list_length;
	const u8 *cdb;
	size_t cdb_length;
};

#define LIST(...) \
	.list = OF(__VA_ARGS__), .list_length = sizeof(OF(__VA_ARGS__))
#define CDB(...) \
	.cdb = OF(__VA_ARGS__), .cdb_length = sizeof(OF(__VA_ARGS__))

static const struct select_vector select_vectors[] = {
	{
		"ten bytes", BYTES(0x0d, 2, 5, 6), .form = MODE_FORM_10,
		LIST(0, 0, 0, 0, 0, 0, 0, 0, 0x0d, 2, 5, 6),
		CDB(0x55, 0x10, 0, 0, 0, 0, 0, 0, 12, 0),
	}, {
		"ten bytes, saved", BYTES(0x0d, 2, 5, 6), .form = MODE_FORM_10,
		.save = true,
		LIST(0, 0, 0, 0, 0, 0, 0, 0, 0x0d, 2, 5, 6),
		CDB(0x55, 0x11, 0, 0, 0, 0, 0, 0, 12, 0),
	}, {
		"six bytes", BYTES(0x0d, 2, 5, 6), .form = MODE_FORM_6,
		LIST(0, 0, 0, 0, 0x0d, 2, 5, 6),
		CDB(0x15, 0x10, 0, 0, 8, 0),
	}, {
		"six bytes, saved", BYTES(0x0d, 2, 5, 6), .form = MODE_FORM_6,
		.save = true,
		LIST(0, 0, 0, 0, 0x0d, 2, 5, 6),
		CDB(0x15, 0x11, 0, 0, 8, 0),
	}, {
		"PS bit is not sent", BYTES(0x8d, 2, 0x85, 0xff),
		.form = MODE_FORM_10,
		LIST(0, 0, 0, 0, 0, 0, 0, 0, 0x0d, 2, 0x85, 0xff),
		CDB(0x55, 0x10, 0, 0, 0, 0, 0, 0, 12, 0),
	}, {
		"PS bit of a subpage, SPF stays", BYTES(0xca, 5, 0, 1, 9),
		.form = MODE_FORM_6,
		LIST(0, 0, 0, 0, 0x4a, 5, 0, 1, 9),
		CDB(0x15, 0x10, 0, 0, 9, 0),
	},
};

/**
 * struct size_vector - sizes of a page, and of its parameter list
 * @name: what is peculiar to them
 * @form: form of the command
 * @page: of the page
 * @list: of the list, 0 where there is no room for it
 */
struct size_vector {
	const char *name;
	enum mode_form form;
	size_t page;
	size_t list;
};

static const struct size_vector size_vectors[] = {
	{ "six bytes, shortest", MODE_FORM_6, 3, 7 },
	{ "six bytes, longest", MODE_FORM_6, 251, 255 },
	{ "six bytes, too long", MODE_FORM_6, 252, 0 },
	{ "six bytes, length would wrap", MODE_FORM_6, 256, 0 },
	{ "ten bytes, longest page without subpages", MODE_FORM_10, 257, 265 },
	{ "ten bytes, longest", MODE_FORM_10, 65527, 65535 },
	{ "ten bytes, too long", MODE_FORM_10, 65528, 0 },
	{ "ten bytes, length would wrap", MODE_FORM_10, 65536, 0 },
	{ "ten bytes, longest there could be", MODE_FORM_10, 65535 + 4, 0 },
};

/**
 * struct refusal_vector - sense data that answer MODE SELECT
 * @name: what is peculiar to them
 * @bytes: the sense data
 * @length: number of bytes
 * @form: form of the command
 * @save: it was to be saved
 * @field: MODEPAGES_STATUS_FIELD and its companions
 * @field_byte: byte number of the refused field
 * @field_bit: bit number of the refused field
 * @rounded: other values were taken
 * @code: status it stands for
 * @error: errno it stands for
 */
struct refusal_vector {
	const char *name;
	const u8 *bytes;
	size_t length;
	enum mode_form form;
	bool save;
	u8 field;
	u16 field_byte;
	u8 field_bit;
	bool rounded;
	u32 code;
	int error;
};

#define SELECT_SENSE(key, asc, ascq, ...) \
	BYTES(0x70, 0, (key), 0, 0, 0, 0, 0x0a, \
	      0, 0, 0, 0, (asc), (ascq), 0, __VA_ARGS__)
#define NO_FIELD(key, asc, ascq) \
	SELECT_SENSE((key), (asc), (ascq), 0, 0, 0)
#define SAYS(code_, error_) \
	.code = MODEPAGES_STATUS_##code_, .error = (error_)
#define IN_PAGE	(MODEPAGES_STATUS_FIELD | MODEPAGES_STATUS_FIELD_PAGE)
#define IN_CDB	(MODEPAGES_STATUS_FIELD | MODEPAGES_STATUS_FIELD_CDB)

static const struct refusal_vector refusal_vectors[] = {
	/* Where. */
	{ "page byte 3, bit 5",
	  SELECT_SENSE(5, 0x26, 0, 0x8d, 0, 11), .field_byte = 3, .field_bit = 5,
	  .field = IN_PAGE | MODEPAGES_STATUS_FIELD_BIT,
	  SAYS(INVALID_MODE_PARAMETERS, -ERANGE) },
	{ "page byte 3, bit 5, six bytes", .form = MODE_FORM_6,
	  SELECT_SENSE(5, 0x26, 0, 0x8d, 0, 7), .field_byte = 3, .field_bit = 5,
	  .field = IN_PAGE | MODEPAGES_STATUS_FIELD_BIT,
	  SAYS(INVALID_MODE_PARAMETERS, -ERANGE) },
	{ "page byte without bit",
	  SELECT_SENSE(5, 0x26, 2, 0x80, 1, 2), .field_byte = 0xfa,
	  .field = IN_PAGE, SAYS(INVALID_MODE_PARAMETERS, -ERANGE) },
	{ "page length",
	  SELECT_SENSE(5, 0x26, 0, 0x80, 0, 9), .field_byte = 1,
	  .field = IN_PAGE, SAYS(INVALID_MODE_PARAMETERS, -ERANGE) },
	{ "page code: no such page",
	  SELECT_SENSE(5, 0x26, 0, 0x8d, 0, 8), .field_bit = 5,
	  .field = IN_PAGE | MODEPAGES_STATUS_FIELD_BIT,
	  SAYS(NO_SUCH_PAGE, -ENOENT) },
	{ "page code, six bytes", .form = MODE_FORM_6,
	  SELECT_SENSE(5, 0x26, 0, 0x80, 0, 4), .field = IN_PAGE,
	  SAYS(NO_SUCH_PAGE, -ENOENT) },
	{ "page code, and another reason",
	  SELECT_SENSE(5, 0x1a, 0, 0x80, 0, 8), .field = IN_PAGE,
	  SAYS(INVALID_MODE_PARAMETERS, -ERANGE) },
	{ "last byte of the header",
	  SELECT_SENSE(5, 0x26, 0, 0x80, 0, 7), .field_byte = 7,
	  .field = MODEPAGES_STATUS_FIELD,
	  SAYS(INVALID_MODE_PARAMETERS, -ERANGE) },
	{ "last byte of the header, six bytes", .form = MODE_FORM_6,
	  SELECT_SENSE(5, 0x26, 0, 0x80, 0, 3), .field_byte = 3,
	  .field = MODEPAGES_STATUS_FIELD,
	  SAYS(INVALID_MODE_PARAMETERS, -ERANGE) },
	{ "first byte of the header is no page code",
	  SELECT_SENSE(5, 0x26, 0, 0x80, 0, 0), .field = MODEPAGES_STATUS_FIELD,
	  SAYS(INVALID_MODE_PARAMETERS, -ERANGE) },
	{ "byte 8 of the command is not of the page",
	  SELECT_SENSE(5, 0x24, 0, 0xc8, 0, 8), .field_byte = 8,
	  .field = IN_CDB | MODEPAGES_STATUS_FIELD_BIT,
	  SAYS(INVALID_MODE_PARAMETERS, -ERANGE) },
	{ "byte 8 of the command, as an invalid field of the list",
	  SELECT_SENSE(5, 0x26, 0, 0xc0, 0, 8), .field_byte = 8,
	  .field = IN_CDB, SAYS(INVALID_MODE_PARAMETERS, -ERANGE) },

	/* What: the page as such, or its values? */
	{ "invalid field in the command", NO_FIELD(5, 0x24, 0),
	  SAYS(INVALID_MODE_PARAMETERS, -ERANGE) },
	{ "the same, saving", NO_FIELD(5, 0x24, 0), .save = true,
	  SAYS(NO_SUCH_PAGE, -ENOENT) },
	{ "SP bit", SELECT_SENSE(5, 0x24, 0, 0xc8, 0, 1), .save = true,
	  .field_byte = 1, .field = IN_CDB | MODEPAGES_STATUS_FIELD_BIT,
	  SAYS(NO_SUCH_PAGE, -ENOENT) },
	{ "SP bit, not set", SELECT_SENSE(5, 0x24, 0, 0xc8, 0, 1),
	  .field_byte = 1, .field = IN_CDB | MODEPAGES_STATUS_FIELD_BIT,
	  SAYS(INVALID_MODE_PARAMETERS, -ERANGE) },
	{ "length in the command, saving", SELECT_SENSE(5, 0x24, 0, 0xc0, 0, 7),
	  .save = true, .field_byte = 7, .field = IN_CDB,
	  SAYS(INVALID_MODE_PARAMETERS, -ERANGE) },
	{ "invalid field in the command, which is in the list", .save = true,
	  SELECT_SENSE(5, 0x24, 0, 0x80, 0, 1), .field_byte = 1,
	  .field = MODEPAGES_STATUS_FIELD,
	  SAYS(INVALID_MODE_PARAMETERS, -ERANGE) },
	{ "saving not supported", NO_FIELD(5, 0x39, 0),
	  .save = true, SAYS(NO_SUCH_PAGE, -EOPNOTSUPP) },
	{ "saving not supported, not asked for",
	  NO_FIELD(5, 0x39, 0), SAYS(NO_SUCH_PAGE, -EOPNOTSUPP) },
	{ "invalid field in the list", NO_FIELD(5, 0x26, 0),
	  SAYS(INVALID_MODE_PARAMETERS, -ERANGE) },
	{ "invalid field in the list, saving",
	  NO_FIELD(5, 0x26, 0), .save = true,
	  SAYS(INVALID_MODE_PARAMETERS, -ERANGE) },
	{ "list length", NO_FIELD(5, 0x1a, 0),
	  SAYS(INVALID_MODE_PARAMETERS, -ERANGE) },
	{ "command sequence", NO_FIELD(5, 0x2c, 0),
	  SAYS(INVALID_MODE_PARAMETERS, -ERANGE) },
	{ "illegal mode", NO_FIELD(5, 0x64, 0),
	  SAYS(INVALID_MODE_PARAMETERS, -ERANGE) },
	{ "no such command", NO_FIELD(5, 0x20, 0),
	  SAYS(NO_SUCH_PAGE, -ENOENT) },

	/* As ever. */
	{ "illegal mode, of another key", NO_FIELD(3, 0x64, 0),
	  SAYS(INCOMPATIBLE, -EMEDIUMTYPE) },
	{ "write protected", NO_FIELD(5, 0x27, 0),
	  SAYS(WRITE_PROTECTED, -EROFS) },
	{ "long write", NO_FIELD(2, 0x04, 8),
	  SAYS(BUSY, -EALREADY) },
	{ "hardware error", NO_FIELD(4, 0x44, 0),
	  SAYS(FAIL, -EIO) },
	{ "rounded", NO_FIELD(1, 0x37, 0), .rounded = true,
	  SAYS(OK, 0) },
	{ "rounded, of another key", NO_FIELD(3, 0x37, 0),
	  SAYS(FAIL, -EIO) },
	{ "another recovered error", NO_FIELD(1, 0x17, 1),
	  SAYS(OK, 0) },
};

#endif /* MODEPAGES_VECTORS_CHANGE_H */
