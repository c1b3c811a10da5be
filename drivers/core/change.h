/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Changing bits of a page: what may be changed, what comes of it, and the MODE
 * SELECT command that has it done.
 *
 * Nothing here allocates, sleeps, locks or talks to a device. Every function
 * may be called in any context.
 */
#ifndef MODEPAGES_CORE_CHANGE_H
#define MODEPAGES_CORE_CHANGE_H

#include "mode.h"

#define MODE_SELECT6_OPCODE		0x15
#define MODE_SELECT10_OPCODE		0x55
#define MODE_SELECT_CDB_MAX_LENGTH	10

/**
 * struct mode_place - one bit of a page
 * @byte: its byte, from the page code byte on
 * @bit: its number in there, 7 is the highest
 */
struct mode_place {
	size_t byte;
	u8 bit;
};

/**
 * mode_page_complete() - are these bytes one whole page?
 * @data: the bytes, from the page code byte on
 * @length: their number
 * @page: result; points to @data
 *
 * Return: true when the page's length bytes say that it is @length bytes long, and
 * it has more than a header; one in subpage format has a subpage code, too.
 */
bool mode_page_complete(const u8 *data, size_t length, struct mode_page *page);

/**
 * mode_bits_differ() - find the first bit that differs
 * @a: bytes
 * @b: bytes
 * @mask: the bits to compare
 * @length: size of the three, in bytes
 * @first: gets the first one; of a byte, the highest
 *
 * Return: true if there is one.
 */
bool mode_bits_differ(const u8 *a, const u8 *b, const u8 *mask, size_t length,
		      struct mode_place *first);

/**
 * mode_mask_exceeds() - find the first bit that can not be changed
 * @mask: bits to change
 * @length: size of @mask in bytes, may be other than that of the page
 * @changeable: the page's changeable values, which may be shorter than the page
 * @first: gets the first one; of a byte, the highest
 *
 * The page's own header can never be changed, whatever the drive says.
 *
 * Return: true if there is one.
 */
bool mode_mask_exceeds(const u8 *mask, size_t length,
		       const struct mode_page *changeable,
		       struct mode_place *first);

/**
 * mode_mask_beyond() - find the first bit of bytes that a page does not have
 * @mask: some bits
 * @length: size of @mask in bytes
 * @page_length: size of the page in bytes, may be smaller or larger
 * @first: gets the first one; of a byte, the highest
 *
 * Return: true if there is one.
 */
bool mode_mask_beyond(const u8 *mask, size_t length, size_t page_length,
		      struct mode_place *first);

/**
 * mode_bits_copy() - give some bits new values
 * @to: bytes to change
 * @from: the new values
 * @mask: the bits
 * @length: size of the three, in bytes
 */
void mode_bits_copy(u8 *to, const u8 *from, const u8 *mask, size_t length);

/**
 * mode_bits_prepare() - what a change makes of a page
 * @value: gets the page with its new values
 * @mask: gets the bits that are given them
 * @before: the page before
 * @length: size of these three, in bytes
 * @wanted_mask: the bits that are to be changed, or NULL: all that differ
 * @wanted: their values
 * @wanted_length: size of these two, may be other than that of the page
 *
 * The page's own header stays as it is where all of the page is to be changed.
 */
void mode_bits_prepare(u8 *value, u8 *mask, const u8 *before, size_t length,
		       const u8 *wanted_mask, const u8 *wanted,
		       size_t wanted_length);

/**
 * mode_select_length() - size of a parameter list
 * @form: which command
 * @page_length: size of the page in bytes
 *
 * Return: number of bytes; 0 when it is more than the command can announce.
 */
size_t mode_select_length(enum mode_form form, size_t page_length);

/**
 * mode_select_list() - build a parameter list of one page (SPC-4, 7.5)
 * @list: where to put it, mode_select_length() bytes
 * @form: which command
 * @page: the page as MODE SENSE returned it, or with other bits
 * @page_length: its size in bytes
 *
 * The header is all zeros: mode data length is reserved, medium type and
 * device-specific parameter are not to be changed, and there are no block
 * descriptors. So is the PS bit, which is reserved here, too.
 */
void mode_select_list(u8 *list, enum mode_form form, const u8 *page,
		      size_t page_length);

/**
 * mode_select_cdb() - build a MODE SELECT command (SPC-4, 6.9 and 6.10)
 * @cdb: where to put it
 * @form: which command
 * @save: the drive is to save the page
 * @length: size of the parameter list in bytes
 *
 * Return: length of the command in bytes.
 */
size_t mode_select_cdb(u8 cdb[MODE_SELECT_CDB_MAX_LENGTH], enum mode_form form,
		       bool save, size_t length);

/**
 * mode_status_place() - have a status name a bit of the page
 * @status: gets the bit as its field
 * @place: the bit
 */
void mode_status_place(struct modepages_status *status,
		       const struct mode_place *place);

/**
 * mode_select_status() - what a refused MODE SELECT means
 * @status: status block of it, filled by sense_decode(); a field of the parameter
 *	list becomes one of the page
 * @form: which command
 * @save: with SP = 1
 *
 * Return: one of &enum modepages_status_code.
 */
u32 mode_select_status(struct modepages_status *status, enum mode_form form,
		       bool save);

/**
 * mode_select_other_form() - is the command to be sent in its other form?
 * @status: status block of a MODE SELECT
 * @form: the form that it was sent in; gets the one to try
 *
 * SCSI-2 has drives that know the longer form of one of the two commands only.
 *
 * Return: true if so.
 */
bool mode_select_other_form(const struct modepages_status *status,
			    enum mode_form *form);

/**
 * mode_select_rounded() - has the drive taken other values than those sent?
 * @status: status block of a MODE SELECT
 *
 * Return: true when it said ROUNDED PARAMETER.
 */
bool mode_select_rounded(const struct modepages_status *status);

#endif /* MODEPAGES_CORE_CHANGE_H */
