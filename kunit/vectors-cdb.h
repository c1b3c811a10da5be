/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Test vectors for drivers/core/mode.c: MODE SENSE commands. Data only, as
 * vectors.h.
 */
#ifndef MODEPAGES_VECTORS_CDB_H
#define MODEPAGES_VECTORS_CDB_H

#include "vectors.h"

/**
 * struct cdb_vector - a MODE SENSE command
 * @name: what is peculiar to it
 * @request: what is asked for
 * @length: number of bytes of the command
 * @cdb: the command
 */
struct cdb_vector {
	const char *name;
	struct mode_request request;
	size_t length;
	u8 cdb[MODE_SENSE_CDB_MAX_LENGTH];
};

static const struct cdb_vector cdb_vectors[] = {
	{
		"current, without block descriptors",
		{ .page = 0x2a, .dbd = true, .allocation = 512 },
		10, { 0x5a, 0x08, 0x2a, 0, 0, 0, 0, 0x02, 0x00, 0 },
	}, {
		"changeable, all pages, with block descriptors",
		{ .page = 0x3f, .control = 1, .allocation = 0x0123 },
		10, { 0x5a, 0x00, 0x7f, 0, 0, 0, 0, 0x01, 0x23, 0 },
	}, {
		"default, largest even allocation length",
		{ .page = 0x01, .control = 2, .dbd = true,
		  .allocation = MODE_ALLOCATION10_MAX },
		10, { 0x5a, 0x08, 0x81, 0, 0, 0, 0, 0xff, 0xfe, 0 },
	}, {
		"saved, subpage",
		{ .page = 0x1c, .subpage = 0x02, .control = 3,
		  .allocation = 8 },
		10, { 0x5a, 0x00, 0xdc, 0x02, 0, 0, 0, 0x00, 0x08, 0 },
	}, {
		"six bytes: current, without block descriptors",
		{ MODE_FORM_6, .page = 0x2a, .dbd = true, .allocation = 192 },
		6, { 0x1a, 0x08, 0x2a, 0, 0xc0, 0 },
	}, {
		"six bytes: saved, subpage, largest even allocation length",
		{ MODE_FORM_6, .page = 0x1c, .subpage = 0x02, .control = 3,
		  .allocation = MODE_ALLOCATION6_MAX },
		6, { 0x1a, 0x00, 0xdc, 0x02, 0xfe, 0 },
	},
};

#endif /* MODEPAGES_VECTORS_CDB_H */
