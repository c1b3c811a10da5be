// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * MODE SENSE: the command and the data it returns. Bytes in, proven spans out.
 */
#include "mode.h"

#define MODE_SENSE10_DBD	0x08
#define MODE_PAGE_PS		0x80
#define MODE_PAGE_SPF		0x40

#define PAGE_0_HEADER_LENGTH	2
#define SUBPAGE_HEADER_LENGTH	4

void mode_sense10_cdb(u8 cdb[MODE_SENSE10_CDB_LENGTH],
		      const struct mode_request *request)
{
	memset(cdb, 0, MODE_SENSE10_CDB_LENGTH);
	cdb[0] = MODE_SENSE10_OPCODE;
	cdb[1] = request->dbd ? MODE_SENSE10_DBD : 0;
	cdb[2] = request->control << 6 | request->page;
	cdb[3] = request->subpage;
	put_unaligned_be16(request->allocation, &cdb[7]);
}

int mode_data_parse(struct mode_data *data, const u8 *buffer, size_t received)
{
	size_t valid, skip;

	if (received < MODE_HEADER10_LENGTH)
		return -EPROTO;

	/* The mode data length does not count its own two bytes. */
	data->declared = get_unaligned_be16(&buffer[0]) + 2;
	data->medium_type = buffer[2];
	data->device_specific = buffer[3];

	/*
	 * Either may be wrong: drives declare more than they send, and many
	 * transports report a full buffer whatever came.
	 */
	valid = min(received, data->declared);

	/* DBD is a request; some drives send block descriptors all the same. */
	skip = MODE_HEADER10_LENGTH + get_unaligned_be16(&buffer[6]);
	if (skip > valid)
		return -EPROTO;

	data->pages = buffer + skip;
	data->length = valid - skip;
	return 0;
}

bool mode_page_next(const struct mode_data *data, size_t *offset,
		    struct mode_page *page)
{
	const u8 *p = data->pages + *offset;
	size_t left = data->length - *offset;
	size_t header, follows;
	bool subpage;

	if (left < PAGE_0_HEADER_LENGTH)
		return false;

	subpage = p[0] & MODE_PAGE_SPF;
	header = subpage ? SUBPAGE_HEADER_LENGTH : PAGE_0_HEADER_LENGTH;
	if (left < header)
		return false;

	follows = subpage ? get_unaligned_be16(&p[2]) : p[1];
	page->data = p;
	page->length = min(left, header + follows);
	page->code = p[0] & MODE_PAGE_CODE_MASK;
	page->subpage = subpage ? p[1] : 0;
	page->saveable = p[0] & MODE_PAGE_PS;
	page->empty = !follows;
	page->truncated = left < header + follows;

	*offset += page->length;
	return true;
}

int mode_page_find(const struct mode_data *data, u8 code, u8 subpage,
		   struct mode_page *page)
{
	size_t offset = 0;
	bool others = false;

	while (mode_page_next(data, &offset, page)) {
		if (page->empty)
			continue;
		if (page->code == code && page->subpage == subpage)
			return 0;
		others = true;
	}
	return others ? -EPROTO : -ENOENT;
}
