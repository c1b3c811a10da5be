/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What a drive can do, by page 2Ah: C/DVD capabilities and mechanical status
 * (MMC-3, 5.5.10; the parts that are obsolete there: SFF-8020i, 10.8.3.6).
 *
 * Nothing here allocates, sleeps, locks or talks to a device. Every function
 * may be called in any context.
 */
#ifndef MODEPAGES_CORE_CAPABILITY_H
#define MODEPAGES_CORE_CAPABILITY_H

#include "mode.h"

#define MODE_PAGE_CAPABILITIES		0x2a

#define MODE_CAPABILITIES		44
#define MODE_CAPABILITY_TEXT_SIZE	20

/**
 * enum mode_capability_kind - how a value is written
 * @MODE_CAPABILITY_FLAG: 0 or 1
 * @MODE_CAPABILITY_NUMBER: decimal
 * @MODE_CAPABILITY_MECHANISM: a word, for the loading mechanism
 */
enum mode_capability_kind {
	MODE_CAPABILITY_FLAG,
	MODE_CAPABILITY_NUMBER,
	MODE_CAPABILITY_MECHANISM,
};

/**
 * struct mode_capability - a field of page 2Ah
 * @name: its name
 * @kind: how its value is written
 * @byte: the first byte, counted from the page code
 * @bit: the lowest bit, in the last byte
 * @width: number of bits: 16, or as many as are in one byte
 */
struct mode_capability {
	const char *name;
	enum mode_capability_kind kind;
	u8 byte;
	u8 bit;
	u8 width;
};

/* In the order of the page. */
extern const struct mode_capability mode_capabilities[MODE_CAPABILITIES];

/**
 * mode_capability_present() - is a page long enough to hold a field?
 * @capability: the field
 * @page: page 2Ah
 *
 * A field that an old drive does not have is absent, it is not 0.
 *
 * Return: true if it is.
 */
bool mode_capability_present(const struct mode_capability *capability,
			     const struct mode_page *page);

/**
 * mode_capability_text() - the value of a field, as text
 * @capability: the field, which must be present
 * @page: page 2Ah
 * @text: where to put it, with a NUL behind it
 *
 * Return: the number of characters.
 */
int mode_capability_text(const struct mode_capability *capability,
			 const struct mode_page *page,
			 char text[MODE_CAPABILITY_TEXT_SIZE]);

#endif /* MODEPAGES_CORE_CAPABILITY_H */
