// SPDX-License-Identifier: MIT
/*
 * The names of the mode pages of optical drives. Data only.
 *
 * Names are those of the MMC standards, and of SPC and SFF-8070i for pages that
 * come from there. Acronyms are those of sdparm where it has one; "cddp", "aud",
 * "rbac" and "fset" are ours.
 */
#include "internal.h"

const struct page_entry page_table[] = {
	{ 0x01, "rw", "Read/write error recovery" },
	{ 0x02, "dr", "Disconnect-reconnect" },
	{ 0x03, "mrw", "Mount Rainier rewritable" },
	{ 0x05, "wp", "Write parameters" },
	{ 0x07, "ve", "Verify error recovery" },
	{ 0x08, "ca", "Caching" },
	{ 0x0a, "co", "Control" },
	{ 0x0d, "cddp", "CD device parameters" },
	{ 0x0e, "aud", "CD audio control" },
	{ 0x18, "fset", "Feature set support and version" },
	{ 0x1a, "po", "Power condition" },
	{ 0x1b, "rbac", "Removable block access capabilities" },
	{ 0x1c, "ie", "Informational exceptions control" },
	{ 0x1d, "tp", "Time-out and protect" },
	{ 0x2a, "cms", "MM capabilities and mechanical status" },
};

const size_t page_table_size = ARRAY_SIZE(page_table);
