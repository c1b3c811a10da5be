/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Sense data: what it says, the status it stands for, and that status' errno.
 *
 * Nothing here allocates, sleeps, locks or talks to a device. Every function
 * may be called in any context.
 */
#ifndef MODEPAGES_CORE_SENSE_H
#define MODEPAGES_CORE_SENSE_H

#include "port.h"

/* Sense keys (SPC-4, 4.5.6). */
#define SENSE_KEY_NO_SENSE		0x0
#define SENSE_KEY_RECOVERED_ERROR	0x1
#define SENSE_KEY_NOT_READY		0x2
#define SENSE_KEY_ILLEGAL_REQUEST	0x5
#define SENSE_KEY_UNIT_ATTENTION	0x6
#define SENSE_KEY_DATA_PROTECT		0x7
#define SENSE_KEY_ABORTED_COMMAND	0xb

/* Additional sense codes that are looked at one by one (SPC-4, annex D). */
#define SENSE_ASC_LIST_LENGTH		0x1a
#define SENSE_ASC_INVALID_OPCODE	0x20
#define SENSE_ASC_INVALID_FIELD_IN_CDB	0x24
#define SENSE_ASC_INVALID_FIELD_IN_LIST	0x26
#define SENSE_ASC_COMMAND_SEQUENCE	0x2c
#define SENSE_ASC_ROUNDED_PARAMETER	0x37
#define SENSE_ASC_SAVING_NOT_SUPPORTED	0x39
#define SENSE_ASC_ILLEGAL_MODE		0x64

/**
 * sense_decode() - put sense data into a status block
 * @status: gets sense, sense key, ASC, ASCQ, field pointer and their flags; its
 *	other members stay
 * @sense: sense data in fixed (70h, 71h) or descriptor format (72h, 73h)
 * @length: number of bytes at @sense
 *
 * Return: true when this is sense data; false leaves @status alone.
 */
bool sense_decode(struct modepages_status *status, const u8 *sense,
		  size_t length);

/**
 * sense_deferred() - does the sense data belong to an earlier command?
 * @status: status block filled by sense_decode()
 *
 * Return: true for response codes 71h and 73h.
 */
bool sense_deferred(const struct modepages_status *status);

/**
 * sense_status() - classify what a command was refused with
 * @status: status block filled by sense_decode()
 *
 * The additional sense code is looked at first and the key second: the same
 * code comes with different keys from different generations of drives.
 *
 * Return: one of &enum modepages_status_code.
 */
u32 sense_status(const struct modepages_status *status);

/**
 * status_errno() - errno of a status block
 * @status: complete status block
 *
 * Return: 0 or a negative errno.
 */
int status_errno(const struct modepages_status *status);

/**
 * status_name() - symbolic name of a status code
 * @code: one of &enum modepages_status_code
 *
 * Return: its name in lower case, "unknown" if there is none.
 */
const char *status_name(u32 code);

#endif /* MODEPAGES_CORE_SENSE_H */
