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

#define MODE_SENSE10_OPCODE		0x5a
#define MODE_SENSE10_CDB_LENGTH		10
#define MODE_HEADER10_LENGTH		8

#define MODE_PAGE_CODE_MASK		0x3f
#define MODE_PAGE_ALL			MODEPAGES_PAGE_ALL

/* A page has at most a two byte header and as many bytes as one byte counts. */
#define MODE_PAGE_MAX_LENGTH		257

/**
 * struct mode_request - what a MODE SENSE command asks for
 * @page: page code, 3Fh for all pages
 * @subpage: subpage code
 * @control: page control, &enum modepages_control
 * @dbd: disable block descriptors
 * @allocation: allocation length in bytes
 */
struct mode_request {
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
 * @declared: size of the whole data as the drive declares it, in bytes
 * @medium_type: medium type of the header
 * @device_specific: device-specific parameter of the header
 */
struct mode_data {
	const u8 *pages;
	size_t length;
	size_t declared;
	u8 medium_type;
	u8 device_specific;
};

/**
 * struct mode_page - one page inside of mode parameter data
 * @data: the page, from its page code byte on
 * @length: number of bytes at @data that are really there
 * @code: page code
 * @subpage: subpage code, 0 in the page_0 format
 * @saveable: the PS bit
 * @empty: the page's length byte says 0
 * @truncated: the page's length byte says more than @length
 */
struct mode_page {
	const u8 *data;
	size_t length;
	u8 code;
	u8 subpage;
	bool saveable;
	bool empty;
	bool truncated;
};

/**
 * mode_sense10_cdb() - build a MODE SENSE(10) command (SPC-4, 6.12)
 * @cdb: where to put it
 * @request: what to ask for
 */
void mode_sense10_cdb(u8 cdb[MODE_SENSE10_CDB_LENGTH],
		      const struct mode_request *request);

/**
 * mode_data_parse() - cut header and block descriptors off (SPC-4, 7.5.5)
 * @data: result; points into @buffer
 * @buffer: answer to MODE SENSE(10)
 * @received: number of bytes at @buffer that the transport delivered
 *
 * Return: 0, or -EPROTO when the answer is shorter than its header and block
 * descriptors.
 */
int mode_data_parse(struct mode_data *data, const u8 *buffer, size_t received);

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
 * Return: 0, -ENOENT when no page is there, -EPROTO when only others are.
 */
int mode_page_find(const struct mode_data *data, u8 code, u8 subpage,
		   struct mode_page *page);

#endif /* MODEPAGES_CORE_MODE_H */
