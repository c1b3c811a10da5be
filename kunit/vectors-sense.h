/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Test vectors for drivers/core/sense.c: sense data and what it means. Data
 * only, as vectors.h. The field pointers were worked out by hand from SPC-4,
 * 4.5; what a code means for MODE SENSE is the project's own table.
 */
#ifndef MODEPAGES_VECTORS_SENSE_H
#define MODEPAGES_VECTORS_SENSE_H

#include "../drivers/core/sense.h"
#include "vectors.h"

/**
 * struct sense_vector - sense data, and what it says about MODE SENSE
 * @name: what is peculiar to it
 * @bytes: the sense data
 * @length: number of bytes
 * @invalid: this is no sense data; no other member holds
 * @key: sense key
 * @asc: additional sense code
 * @ascq: additional sense code qualifier
 * @field: MODEPAGES_STATUS_FIELD and its companions
 * @field_byte: byte number of the refused field
 * @field_bit: bit number of the refused field
 * @deferred: it belongs to an earlier command
 * @code: status it stands for
 * @error: errno it stands for
 */
struct sense_vector {
	const char *name;
	const u8 *bytes;
	size_t length;
	bool invalid;
	u8 key;
	u8 asc;
	u8 ascq;
	u8 field;
	u16 field_byte;
	u8 field_bit;
	bool deferred;
	u32 code;
	int error;
};

/* Fixed format, 18 bytes, no sense-key-specific bytes. */
#define FIXED(key_, asc_, ascq_) \
	BYTES(0x70, 0, (key_), 0, 0, 0, 0, 0x0a, \
	      0, 0, 0, 0, (asc_), (ascq_), 0, 0, 0, 0), \
	.key = (key_), .asc = (asc_), .ascq = (ascq_)

#define MEANS(code_, error_) \
	.code = MODEPAGES_STATUS_##code_, .error = (error_)

static const struct sense_vector sense_vectors[] = {
	/* What the formats hold. */
	{
		"scsi_debug: field pointer into the command",
		BYTES(0x70, 0, 5, 0, 0, 0, 0, 0x0a,
		      0, 0, 0, 0, 0x24, 0x00, 0, 0xcd, 0x00, 0x02),
		.key = 5, .asc = 0x24, .field_byte = 2, .field_bit = 5,
		.field = MODEPAGES_STATUS_FIELD | MODEPAGES_STATUS_FIELD_CDB |
			 MODEPAGES_STATUS_FIELD_BIT,
		MEANS(NO_SUCH_PAGE, -ENOENT),
	}, {
		"field pointer into the data",
		BYTES(0x70, 0, 5, 0, 0, 0, 0, 0x0a,
		      0, 0, 0, 0, 0x26, 0x00, 0, 0x8b, 0x00, 0x03),
		.key = 5, .asc = 0x26, .field_byte = 3, .field_bit = 3,
		.field = MODEPAGES_STATUS_FIELD | MODEPAGES_STATUS_FIELD_BIT,
		MEANS(NO_SUCH_PAGE, -ENOENT),
	}, {
		"field pointer of two bytes, without bit",
		BYTES(0x70, 0, 5, 0, 0, 0, 0, 0x0a,
		      0, 0, 0, 0, 0x26, 0x00, 0, 0x80, 0x01, 0x02),
		.key = 5, .asc = 0x26, .field_byte = 0x102,
		.field = MODEPAGES_STATUS_FIELD,
		MEANS(NO_SUCH_PAGE, -ENOENT),
	}, {
		"field pointer without SKSV",
		BYTES(0x70, 0, 5, 0, 0, 0, 0, 0x0a,
		      0, 0, 0, 0, 0x24, 0x00, 0, 0x4d, 0x00, 0x02),
		.key = 5, .asc = 0x24, MEANS(NO_SUCH_PAGE, -ENOENT),
	}, {
		"field pointer past the additional sense length",
		BYTES(0x70, 0, 5, 0, 0, 0, 0, 0x09,
		      0, 0, 0, 0, 0x24, 0x00, 0, 0xcd, 0x00, 0x02),
		.key = 5, .asc = 0x24, MEANS(NO_SUCH_PAGE, -ENOENT),
	}, {
		"field pointer past the end",
		BYTES(0x70, 0, 5, 0, 0, 0, 0, 0x0a,
		      0, 0, 0, 0, 0x24, 0x00, 0, 0xcd, 0x00),
		.key = 5, .asc = 0x24, MEANS(NO_SUCH_PAGE, -ENOENT),
	}, {
		"progress of a format is no field pointer",
		BYTES(0x70, 0, 2, 0, 0, 0, 0, 0x0a,
		      0, 0, 0, 0, 0x04, 0x04, 0, 0x80, 0x40, 0x00),
		.key = 2, .asc = 0x04, .ascq = 0x04,
		MEANS(FORMAT_IN_PROGRESS, -EINPROGRESS),
	}, {
		"VALID bit set, key shares its byte",
		BYTES(0xf0, 0, 0xe5, 0, 0, 0, 0, 0x0a,
		      0, 0, 0, 0, 0x24, 0x00, 0, 0, 0, 0),
		.key = 5, .asc = 0x24, MEANS(NO_SUCH_PAGE, -ENOENT),
	}, {
		"fixed format of 14 bytes",
		BYTES(0x70, 0, 2, 0, 0, 0, 0, 0x06,
		      0, 0, 0, 0, 0x3a, 0x01),
		.key = 2, .asc = 0x3a, .ascq = 0x01,
		MEANS(NO_MEDIA, -ENOMEDIUM),
	}, {
		"fixed format that ends before the qualifier",
		BYTES(0x70, 0, 2, 0, 0, 0, 0, 0x05, 0, 0, 0, 0, 0x3a),
		.key = 2, .asc = 0x3a, MEANS(NO_MEDIA, -ENOMEDIUM),
	}, {
		"fixed format that ends before the additional sense code",
		BYTES(0x70, 0, 2, 0, 0, 0, 0, 0x04, 0, 0, 0, 0),
		.key = 2, MEANS(FAIL, -EIO),
	}, {
		"fixed format without additional bytes",
		BYTES(0x70, 0, 5, 0, 0, 0, 0, 0),
		.key = 5, MEANS(FAIL, -EIO),
	}, {
		"descriptor format",
		BYTES(0x72, 2, 0x04, 0x01, 0, 0, 0, 0),
		.key = 2, .asc = 0x04, .ascq = 0x01,
		MEANS(BECOMING_READY, -EAGAIN),
	}, {
		"descriptor format of four bytes",
		BYTES(0x72, 5, 0x24, 0x00),
		.key = 5, .asc = 0x24, MEANS(NO_SUCH_PAGE, -ENOENT),
	}, {
		"descriptor format: field pointer without bit",
		BYTES(0x72, 5, 0x24, 0x00, 0, 0, 0, 0x08,
		      0x02, 0x06, 0, 0, 0xc0, 0x00, 0x07, 0),
		.key = 5, .asc = 0x24, .field_byte = 7,
		.field = MODEPAGES_STATUS_FIELD | MODEPAGES_STATUS_FIELD_CDB,
		MEANS(NO_SUCH_PAGE, -ENOENT),
	}, {
		"descriptor format: field pointer in the second descriptor",
		BYTES(0x72, 5, 0x26, 0x00, 0, 0, 0, 0x14,
		      0x00, 0x0a, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0x02,
		      0x02, 0x06, 0, 0, 0x8f, 0x00, 0x0a, 0),
		.key = 5, .asc = 0x26, .field_byte = 10, .field_bit = 7,
		.field = MODEPAGES_STATUS_FIELD | MODEPAGES_STATUS_FIELD_BIT,
		MEANS(NO_SUCH_PAGE, -ENOENT),
	}, {
		"descriptor format: field pointer past the end",
		BYTES(0x72, 5, 0x24, 0x00, 0, 0, 0, 0x08,
		      0x02, 0x06, 0, 0, 0xc0, 0x00),
		.key = 5, .asc = 0x24, MEANS(NO_SUCH_PAGE, -ENOENT),
	}, {
		"descriptor format: field pointer past the additional length",
		BYTES(0x72, 5, 0x24, 0x00, 0, 0, 0, 0x06,
		      0x02, 0x06, 0, 0, 0xc0, 0x00, 0x07, 0),
		.key = 5, .asc = 0x24, MEANS(NO_SUCH_PAGE, -ENOENT),
	}, {
		"deferred, fixed format",
		BYTES(0x71, 0, 3, 0, 0, 0, 0, 0x0a,
		      0, 0, 0, 0, 0x0c, 0x09, 0, 0, 0, 0),
		.key = 3, .asc = 0x0c, .ascq = 0x09, .deferred = true,
		MEANS(LOSS_OF_STREAMING, -EPIPE),
	}, {
		"deferred, descriptor format",
		BYTES(0x73, 3, 0x0c, 0x09, 0, 0, 0, 0),
		.key = 3, .asc = 0x0c, .ascq = 0x09, .deferred = true,
		MEANS(LOSS_OF_STREAMING, -EPIPE),
	}, {
		"three bytes", BYTES(0x70, 0, 5), .invalid = true,
	}, {
		"nothing", .bytes = (const u8[]){ 0 }, .invalid = true,
	}, {
		"zeros", BYTES(0, 0, 0, 0, 0, 0, 0, 0), .invalid = true,
	}, {
		"vendor format",
		BYTES(0x7f, 5, 0x24, 0, 0, 0, 0, 0), .invalid = true,
	},

	/* What the codes mean. */
	{ "no sense", FIXED(0, 0, 0), MEANS(OK, 0) },
	{ "rounded parameter", FIXED(1, 0x37, 0), MEANS(OK, 0) },
	{ "not ready, no reason", FIXED(2, 0x04, 0),
	  MEANS(BECOMING_READY, -EAGAIN) },
	{ "start it first", FIXED(2, 0x04, 2), MEANS(BECOMING_READY, -EAGAIN) },
	{ "manual intervention", FIXED(2, 0x04, 3), MEANS(NO_MEDIA, -ENOMEDIUM) },
	{ "operation in progress", FIXED(2, 0x04, 7), MEANS(BUSY, -EALREADY) },
	{ "long write", FIXED(2, 0x04, 8), MEANS(BUSY, -EALREADY) },
	{ "not ready, not key 2", FIXED(4, 0x04, 0), MEANS(FAIL, -EIO) },
	{ "no disc", FIXED(2, 0x3a, 0), MEANS(NO_MEDIA, -ENOMEDIUM) },
	{ "no disc, tray open", FIXED(2, 0x3a, 2), MEANS(NO_MEDIA, -ENOMEDIUM) },
	{ "no reference position", FIXED(2, 0x06, 0),
	  MEANS(UPSIDE_DOWN, -EMEDIUMTYPE) },
	{ "incompatible", FIXED(2, 0x30, 0), MEANS(INCOMPATIBLE, -EMEDIUMTYPE) },
	{ "incompatible, key 5", FIXED(5, 0x30, 2),
	  MEANS(INCOMPATIBLE, -EMEDIUMTYPE) },
	{ "unsupported medium version", FIXED(2, 0x30, 0x11),
	  MEANS(SPEED_MISMATCH, -EMEDIUMTYPE) },
	{ "format corrupted", FIXED(3, 0x31, 0),
	  MEANS(INCOMPATIBLE, -EMEDIUMTYPE) },
	{ "no TOC", FIXED(3, 0x57, 0), MEANS(INCOMPATIBLE, -EMEDIUMTYPE) },
	{ "illegal mode for this track", FIXED(5, 0x64, 0),
	  MEANS(INCOMPATIBLE, -EMEDIUMTYPE) },
	{ "write loses stream", FIXED(3, 0x0c, 9),
	  MEANS(LOSS_OF_STREAMING, -EPIPE) },
	{ "read loses stream", FIXED(3, 0x11, 0x11),
	  MEANS(LOSS_OF_STREAMING, -EPIPE) },
	{ "stream lost, Mt. Fuji", FIXED(5, 0xbf, 0),
	  MEANS(LOSS_OF_STREAMING, -EPIPE) },
	{ "write protected", FIXED(7, 0x27, 0), MEANS(WRITE_PROTECTED, -EROFS) },
	{ "write protected, Mt. Fuji", FIXED(5, 0x27, 0),
	  MEANS(WRITE_PROTECTED, -EROFS) },
	{ "data protect", FIXED(7, 0, 0), MEANS(WRITE_PROTECTED, -EROFS) },
	{ "unit communication time-out", FIXED(4, 0x08, 1),
	  MEANS(TIMEOUT, -ETIMEDOUT) },
	{ "time-out before processing", FIXED(0xb, 0x2e, 1),
	  MEANS(TIMEOUT, -ETIMEDOUT) },
	{ "command time-out", FIXED(0xb, 0x2e, 2), MEANS(TIMEOUT, -ETIMEDOUT) },
	{ "device server time-out", FIXED(0xb, 0x2e, 3),
	  MEANS(TIMEOUT, -ETIMEDOUT) },
	{ "becoming ready, of another key", FIXED(5, 0x04, 1),
	  MEANS(BECOMING_READY, -EAGAIN) },
	{ "time-out on unit", FIXED(4, 0x3e, 2), MEANS(TIMEOUT, -ETIMEDOUT) },
	{ "no such command", FIXED(5, 0x20, 0), MEANS(NO_SUCH_PAGE, -ENOENT) },
	{ "no such page", FIXED(5, 0x24, 0), MEANS(NO_SUCH_PAGE, -ENOENT) },
	{ "no such unit", FIXED(5, 0x25, 0), MEANS(NO_DEVICE, -ENODEV) },
	{ "no such page, old", FIXED(5, 0x26, 2), MEANS(NO_SUCH_PAGE, -ENOENT) },
	{ "nothing can be saved", FIXED(5, 0x39, 0),
	  MEANS(NO_SUCH_PAGE, -EOPNOTSUPP) },
	{ "unit attention", FIXED(6, 0x28, 0), MEANS(FAIL, -EIO) },
	{ "hardware error", FIXED(4, 0x44, 0), MEANS(FAIL, -EIO) },
	{ "medium error", FIXED(3, 0x02, 0), MEANS(FAIL, -EIO) },
};

struct status_vector {
	u32 code;
	const char *name;
	int error;
};

static const struct status_vector status_vectors[] = {
	{ MODEPAGES_STATUS_OK, "ok", 0 },
	{ MODEPAGES_STATUS_INVALID_ARGUMENT, "invalid_argument", -EINVAL },
	{ MODEPAGES_STATUS_FAIL, "fail", -EIO },
	{ MODEPAGES_STATUS_NO_MEMORY, "no_memory", -ENOMEM },
	{ MODEPAGES_STATUS_TIMEOUT, "timeout", -ETIMEDOUT },
	{ MODEPAGES_STATUS_INVALID_RESPONSE, "invalid_response", -EPROTO },
	{ MODEPAGES_STATUS_UPSIDE_DOWN, "upside_down", -EMEDIUMTYPE },
	{ MODEPAGES_STATUS_BECOMING_READY, "becoming_ready", -EAGAIN },
	{ MODEPAGES_STATUS_NO_MEDIA, "no_media", -ENOMEDIUM },
	{ MODEPAGES_STATUS_FORMAT_IN_PROGRESS, "format_in_progress",
	  -EINPROGRESS },
	{ MODEPAGES_STATUS_BUSY, "busy", -EALREADY },
	{ MODEPAGES_STATUS_LOSS_OF_STREAMING, "loss_of_streaming", -EPIPE },
	{ MODEPAGES_STATUS_INCOMPATIBLE, "incompatible", -EMEDIUMTYPE },
	{ MODEPAGES_STATUS_NO_SUCH_PAGE, "no_such_page", -ENOENT },
	{ MODEPAGES_STATUS_INVALID_MODE_PARAMETERS, "invalid_mode_parameters",
	  -ERANGE },
	{ MODEPAGES_STATUS_WRITE_PROTECTED, "write_protected", -EROFS },
	{ MODEPAGES_STATUS_SPEED_MISMATCH, "speed_mismatch", -EMEDIUMTYPE },
	{ MODEPAGES_STATUS_NO_DEVICE, "no_device", -ENODEV },
	{ MODEPAGES_STATUS_LOCKED, "locked", -EBUSY },
	{ MODEPAGES_STATUS_NOT_CHANGEABLE, "not_changeable", -EPERM },
	{ MODEPAGES_STATUS_CHANGED_MEANWHILE, "changed_meanwhile", -ESTALE },
	{ MODEPAGES_STATUS_VERIFY_FAILED, "verify_failed", -EIO },
	{ 22, "unknown", -EIO },
	{ 0xffffffff, "unknown", -EIO },
};

#endif /* MODEPAGES_VECTORS_SENSE_H */
