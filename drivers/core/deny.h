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

/**
 * drive_denied() - may commands do harm to a device?
 * @vendor: vendor identification, 8 bytes (SPC-4, 6.6.2) or up to a NUL
 * @model: product identification, 16 bytes or up to a NUL
 *
 * Return: true when nothing is to be sent to it.
 */
bool drive_denied(const char *vendor, const char *model);

#endif /* MODEPAGES_CORE_DENY_H */
