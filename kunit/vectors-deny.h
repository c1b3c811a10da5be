/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Test vectors for drivers/core/deny.c: names of devices. Data only, as
 * vectors.h.
 */
#ifndef MODEPAGES_VECTORS_DENY_H
#define MODEPAGES_VECTORS_DENY_H

#include "../drivers/core/deny.h"

/**
 * struct deny_vector - a device
 * @name: what is peculiar to it
 * @vendor: vendor identification
 * @model: product identification
 * @denied: nothing is to be sent to it
 */
struct deny_vector {
	const char *name;
	const char *vendor;
	const char *model;
	bool denied;
};

static const struct deny_vector deny_vectors[] = {
	{
		"glucose meter, the rest of the INQUIRY data behind each",
		"Beurer  Gluco Memory    1.00", "Gluco Memory    1.00", true,
	},
	{ "glucose meter, trimmed", "Beurer", "Gluco Memory", true },
	{ "glucose meter, a later model", "Beurer", "Gluco Memory II", true },
	{ "part of the model", "Beurer", "Gluco", false },
	{ "no model", "Beurer", "", false },
	{ "no vendor", "", "Gluco Memory", false },
	{ "no name at all", "", "", false },
	{ "vendor in upper case", "BEURER", "Gluco Memory", false },
	{ "another model of the vendor", "Beurer", "BM 58", false },
	{ "burner", "HL-DT-ST", "DVDRAM GSA-4163B", false },
};

#endif /* MODEPAGES_VECTORS_DENY_H */
