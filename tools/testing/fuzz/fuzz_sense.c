// SPDX-License-Identifier: MIT
/*
 * Fuzz target: drivers/core/sense.c. An input is a status code that a status block
 * had before, in one byte, and sense data.
 */
#include "fuzz.h"
#include "sense.h"

#define STATUS_LAST	MODEPAGES_STATUS_VERIFY_FAILED

static bool is_fixed(const u8 *sense)
{
	return (sense[0] & 0x7f) < 0x72;
}

/* SPC-4, 4.5.2 and 4.5.3. */
static void check_codes(const struct modepages_status *status, const u8 *sense,
			size_t length)
{
	bool fixed = is_fixed(sense);
	u8 key = sense[fixed ? 2 : 1] & 0x0f;
	size_t asc = fixed ? 12 : 2;

	expect(status->sense_key == key);
	expect(status->asc == (asc < length ? sense[asc] : 0));
	expect(status->ascq == (asc + 1 < length ? sense[asc + 1] : 0));
	expect(sense_deferred(status) == (sense[0] & 1));
}

/* Both the bytes and the additional length have to go as far. */
static const u8 *key_specific(const u8 *sense, size_t length)
{
	size_t at = 8, end;

	if (length < 8)
		return NULL;
	end = min(length, (size_t)8 + sense[7]);
	if (is_fixed(sense))
		return end >= 18 ? &sense[15] : NULL;
	while (at + 2 <= end && sense[at] != 2)
		at += 2 + sense[at + 1];
	return at + 7 <= end ? &sense[at + 4] : NULL;
}

static void check_field(const struct modepages_status *status, const u8 *sense,
			size_t length)
{
	const u8 *bytes = key_specific(sense, length);

	if (!bytes || !(bytes[0] & 0x80) || status->sense_key != 5) {
		expect(status->flags == MODEPAGES_STATUS_SENSE);
		expect(!status->field_byte && !status->field_bit);
		return;
	}
	expect(status->flags ==
	       (MODEPAGES_STATUS_SENSE | MODEPAGES_STATUS_FIELD |
		(bytes[0] & 0x40 ? MODEPAGES_STATUS_FIELD_CDB : 0) |
		(bytes[0] & 0x08 ? MODEPAGES_STATUS_FIELD_BIT : 0)));
	expect(status->field_byte == (bytes[1] << 8 | bytes[2]));
	expect(status->field_bit == (bytes[0] & 0x08 ? bytes[0] & 7 : 0));
}

/* The other members stay. */
static void check_rest(const struct modepages_status *status,
		       const struct modepages_status *before)
{
	struct modepages_status copy = *status;

	copy.flags = before->flags;
	copy.sense_key = before->sense_key;
	copy.asc = before->asc;
	copy.ascq = before->ascq;
	copy.field_byte = before->field_byte;
	copy.field_bit = before->field_bit;
	copy.sense_len = before->sense_len;
	memcpy(copy.sense, before->sense, sizeof(copy.sense));
	expect(!memcmp(&copy, before, sizeof(copy)));
}

/* Without its sense data, success has no errno and nothing else is success. */
static void check_errno(const struct modepages_status *status)
{
	bool saving = status->code == MODEPAGES_STATUS_NO_SUCH_PAGE &&
		      status->asc == SENSE_ASC_SAVING_NOT_SUPPORTED;
	int err = status_errno(status);

	expect(err <= 0 && err > -4096);
	expect_both_or_none(err, status->code != MODEPAGES_STATUS_OK);
	expect((err == -EOPNOTSUPP) == saving);
	expect(*status_name(status->code));
	expect_both_or_none(!strcmp(status_name(status->code), "unknown"),
			    status->code > STATUS_LAST);
}

/* What codes mean does not depend on the format that they came in. */
static void check_meaning(struct modepages_status *status)
{
	const u8 other[] = { 0x72, status->sense_key, status->asc,
			     status->ascq, 0, 0, 0, 0 };
	struct modepages_status again = { 0 };
	u32 code = sense_status(status);

	expect(code <= STATUS_LAST);
	expect_both_or_none(code == MODEPAGES_STATUS_OK,
			    status->sense_key <= SENSE_KEY_RECOVERED_ERROR);
	expect(sense_decode(&again, other, sizeof(other)));
	expect(sense_status(&again) == code);
	status->code = code;
	check_errno(status);
}

static bool is_sense(const u8 *sense, size_t length)
{
	return length >= 4 && (sense[0] & 0x7f) >= 0x70 &&
	       (sense[0] & 0x7f) <= 0x73;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct input input = { bytes, length };
	struct modepages_status status, before;
	u8 *sense;

	memset(&before, 0x5a, sizeof(before));
	before.code = take(&input);
	status = before;
	sense = copy(input.bytes, input.length);

	expect(sense_decode(&status, sense, input.length) ==
	       is_sense(sense, input.length));
	if (is_sense(sense, input.length)) {
		check_codes(&status, sense, input.length);
		check_field(&status, sense, input.length);
		check_rest(&status, &before);
		expect(status.sense_len ==
		       min(input.length, sizeof(status.sense)));
		expect(!memcmp(status.sense, sense, status.sense_len));
		check_errno(&status);
		check_meaning(&status);
	} else {
		expect(!memcmp(&status, &before, sizeof(status)));
	}
	free(sense);
	return 0;
}
