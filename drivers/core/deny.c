// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Devices that show themselves as optical drives and must not be sent commands.
 */
#include "deny.h"

/* Beginnings of the INQUIRY strings, no longer than these are. */
static const struct {
	const char *vendor;
	const char *model;
} denied[] = {
	/*
	 * A glucose meter, the CD in it made by a chip. Some commands that it does
	 * not know put it into a state that it does not get out of; see sr_vendor.c
	 * of the kernel, which keeps away from it, too.
	 */
	{ "Beurer", "Gluco Memory" },
};

static bool begins_with(const char *string, const char *beginning)
{
	return !strncmp(string, beginning, strlen(beginning));
}

bool drive_denied(const char *vendor, const char *model)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(denied); i++)
		if (begins_with(vendor, denied[i].vendor) &&
		    begins_with(model, denied[i].model))
			return true;
	return false;
}
EXPORT_SYMBOL_IF_KUNIT(drive_denied);
