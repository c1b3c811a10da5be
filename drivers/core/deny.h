/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Devices that show themselves as optical drives and must not be sent commands.
 *
 * Nothing here allocates, sleeps, locks or talks to a device. Every function
 * may be called in any context.
 */
#ifndef MODEPAGES_CORE_DENY_H
#define MODEPAGES_CORE_DENY_H

#include "port.h"

/* Room for the two strings in INQUIRY data (SPC-4, 6.6.2). */
#define INQUIRY_VENDOR_LENGTH	8
#define INQUIRY_MODEL_LENGTH	16

/**
 * drive_denied() - may commands do harm to a device?
 * @vendor: vendor identification
 * @model: product identification
 *
 * The strings of INQUIRY data, of which %INQUIRY_VENDOR_LENGTH and
 * %INQUIRY_MODEL_LENGTH bytes are looked at; they may end sooner, by a NUL.
 *
 * Return: true when nothing is to be sent to it.
 */
bool drive_denied(const char *vendor, const char *model);

#endif /* MODEPAGES_CORE_DENY_H */
