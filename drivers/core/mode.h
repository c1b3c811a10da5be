/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * MODE SENSE: the command and the data it returns. Bytes in, proven spans out.
 *
 * Nothing here allocates, sleeps, locks or talks to a device. Every function
 * may be called in any context.
 */
#ifndef MODEPAGES_CORE_MODE_H
#define MODEPAGES_CORE_MODE_H

#include "port.h"

#define MODE_SENSE6_OPCODE		0x1a
#define MODE_SENSE10_OPCODE		0x5a
#define MODE_SENSE_CDB_MAX_LENGTH	10

#define MODE_HEADER6_LENGTH		4
#define MODE_HEADER10_LENGTH		8

/* Parameters saveable, and subpage format, in a page's first byte (SPC-4, 7.5.7). */
#define MODE_PAGE_PS			0x80
#define MODE_PAGE_SPF			0x40

#define MODE_PAGE_0_HEADER_LENGTH	2
#define MODE_SUBPAGE_HEADER_LENGTH	4

#define MODE_PAGE_CODE_MASK		0x3f
#define MODE_PAGE_ALL			MODEPAGES_PAGE_ALL

/*
 * Allocation lengths are even, because odd ones are where bridges fail, and so
 * is the limit that two bytes, or one, set to them.
 */
#define MODE_ALLOCATION10_MAX		0xfffe
#define MODE_ALLOCATION6_MAX		0xfe

/* A page has at most a two byte header and as many bytes as one byte counts. */
#define MODE_PAGE_MAX_LENGTH		257

/**
 * enum mode_form - which of the two MODE SENSE commands
 * @MODE_FORM_10: MODE SENSE(10), with a header of eight bytes
 * @MODE_FORM_6: MODE SENSE(6), with a header of four
 */
enum mode_form {
	MODE_FORM_10,
	MODE_FORM_6,
};

/**
 * struct mode_request - what a MODE SENSE command asks for
 * @form: which command
 * @page: page code, 3Fh for all pages
 * @subpage: subpage code
 * @control: page control, &enum modepages_control
 * @dbd: disable block descriptors
 * @allocation: allocation length in bytes
 */
struct mode_request {
	enum mode_form form;
	u8 page;
	u8 subpage;
	u8 control;
	bool dbd;
	u16 allocation;
};

/**
 * struct mode_data - mode parameter data without header and block descriptors
 * @pages: the mode pages, one after the other
 * @length: number of bytes at @pages that are really there
 * @all: answer to page 3Fh: a page that is not in it does not exist
 * @quirks: MODEPAGES_QUIRK_* that this answer shows
 * @medium_type: medium type of the header
 * @device_specific: device-specific parameter of the header
 */
struct mode_data {
	const u8 *pages;
	size_t length;
	bool all;
	u64 quirks;
	u8 medium_type;
	u8 device_specific;
};

/**
 * struct mode_page - one page inside of mode parameter data
 * @data: the page, from its page code byte on
 * @length: number of bytes at @data that are really there
 * @code: page code
 * @subpage: subpage code, 0 in the page_0 format
 * @spf: the SPF bit: subpage format
 * @saveable: the PS bit
 * @empty: the page's length byte says 0
 * @truncated: the page's length byte says more than @length
 */
struct mode_page {
	const u8 *data;
	size_t length;
	u8 code;
	u8 subpage;
	bool spf;
	bool saveable;
	bool empty;
	bool truncated;
};

/**
 * mode_sense_cdb() - build a MODE SENSE command (SPC-4, 6.11 and 6.12)
 * @cdb: where to put it
 * @request: what to ask for
 *
 * Return: length of the command in bytes.
 */
size_t mode_sense_cdb(u8 cdb[MODE_SENSE_CDB_MAX_LENGTH],
		      const struct mode_request *request);

/**
 * mode_fill() - mark a buffer before a command, to see what gets written
 * @buffer: the buffer
 * @length: its size in bytes
 * @again: a second command into the same buffer: leave different marks
 *
 * Many transports report a full buffer whatever came.
 */
void mode_fill(u8 *buffer, size_t length, bool again);

/**
 * mode_written() - how far has a buffer been written to?
 * @buffer: the buffer
 * @length: its size in bytes
 * @again: as given to mode_fill()
 *
 * A last byte that happens to equal its mark is taken for not written; a second
 * command with other marks tells.
 *
 * Return: number of bytes up to the last one that is no mark.
 */
size_t mode_written(const u8 *buffer, size_t length, bool again);

/**
 * mode_declared() - size of an answer as the drive declares it
 * @request: what was asked for
 * @buffer: the answer
 * @received: number of bytes at @buffer that came
 *
 * Return: number of bytes, header included; 0 when not even the header came.
 */
size_t mode_declared(const struct mode_request *request, const u8 *buffer,
		     size_t received);

/**
 * mode_data_parse() - cut header and block descriptors off (SPC-4, 7.5)
 * @data: result; points into @buffer
 * @request: what was asked for
 * @buffer: the answer
 * @received: number of bytes at @buffer that came
 *
 * Tolerates what can be told with certainty: a header of the other command's
 * form, block descriptors in spite of DBD, a descriptor length that leads
 * nowhere, a mode data length that is too large, or smaller than the page.
 *
 * Return: 0, or -EPROTO when the pages can not be located.
 */
int mode_data_parse(struct mode_data *data, const struct mode_request *request,
		    const u8 *buffer, size_t received);

/**
 * mode_data_sound() - does an all-pages answer look like one?
 * @data: parsed data
 *
 * A page length that is wrong leads the walk astray, into zeros, into a page
 * that is not whole, or to a page for the second time.
 *
 * Return: true when every page is whole, not empty and there once.
 */
bool mode_data_sound(const struct mode_data *data);

/**
 * mode_page_header() - size of a page's own header
 * @page: page code byte of the page
 *
 * Return: 2, or 4 for the subpage format (SPC-4, 7.5.7).
 */
size_t mode_page_header(u8 page);

/**
 * mode_page_next() - walk the pages
 * @data: parsed data
 * @offset: where to go on in @data, in bytes; 0 at first, advanced by this call
 * @page: result; points into the data
 *
 * Both page formats are understood: page_0 (two bytes of header) and subpage
 * (four). A last page that is cut short comes with @truncated set.
 *
 * Return: true when there was another page.
 */
bool mode_page_next(const struct mode_data *data, size_t *offset,
		    struct mode_page *page);

/**
 * mode_page_find() - find a page by its code, wherever it stands
 * @data: parsed data
 * @code: page code without PS and SPF bits
 * @subpage: subpage code
 * @page: result; points into the data
 *
 * A page of length 0 counts as not there.
 *
 * Return: 0; -ENOENT when the drive has no such page; -EPROTO when it answered
 * with others only.
 */
int mode_page_find(const struct mode_data *data, u8 code, u8 subpage,
		   struct mode_page *page);

#endif /* MODEPAGES_CORE_MODE_H */
