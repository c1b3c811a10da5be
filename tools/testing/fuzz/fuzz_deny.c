// SPDX-License-Identifier: MIT
/*
 * Fuzz target: drivers/core/deny.c. An input is the vendor and the product
 * identification of a device, 8 and 16 bytes.
 */
#include "fuzz.h"
#include "deny.h"

#define VENDOR	8
#define MODEL	16

/* Ends where the room does, or in a NUL and what must not be looked at. */
static u8 *string(struct input *input, size_t room)
{
	u8 *bytes = allocate(room);
	size_t i;

	for (i = 0; i < room; i++)
		bytes[i] = take(input);
	return bytes;
}

/* As user space has it: cut behind the NUL, or one added. */
static char *terminated(const u8 *bytes, size_t room)
{
	size_t length = strnlen((const char *)bytes, room);
	u8 *cut = allocate(length + 1);

	memcpy(cut, bytes, length);
	cut[length] = 0;
	return (char *)cut;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct input input = { bytes, length };
	u8 *vendor = string(&input, VENDOR);
	u8 *model = string(&input, MODEL);
	char *vendor_cut = terminated(vendor, VENDOR);
	char *model_cut = terminated(model, MODEL);
	bool denied = drive_denied((char *)vendor, (char *)model);

	expect(drive_denied(vendor_cut, model_cut) == denied);
	/* Both have to match: no vendor, and no model, is denied as such. */
	expect(!drive_denied("", model_cut) && !drive_denied(vendor_cut, ""));
	expect_both_or_none(denied, !strncmp(vendor_cut, "Beurer", 6) &&
			    !strncmp(model_cut, "Gluco Memory", 12));
	free(model_cut);
	free(vendor_cut);
	free(model);
	free(vendor);
	return 0;
}
