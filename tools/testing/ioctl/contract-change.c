// SPDX-License-Identifier: MIT
#include "contract-change.h"

#include <errno.h>
#include <string.h>

#include "arena.h"

#define SAVE_AND_RESTORE (MODEPAGES_CHANGE_SAVE | MODEPAGES_CHANGE_RESTORE)
#define ROOM 65536

/* What a call would write into the argument's memory, until the next one. */
static uint8_t page_after[ROOM];

static bool inside(uint64_t address, uint64_t length, const void *start)
{
	uint64_t at = address - (uintptr_t)start;

	return at < MOST_BYTES && length <= MOST_BYTES - at;
}

/* Bytes of the arena, or of what the program has beside it. */
static bool fetch(uint64_t address, void *bytes, size_t length)
{
	if (inside(address, length, zeros) || inside(address, length, good_page)) {
		memcpy(bytes, (void *)(uintptr_t)address, length);
		return true;
	}
	if (!arena_readable(address, length))
		return false;
	arena_get(address, bytes, length);
	return true;
}

static const struct answer *ask(uint8_t page, uint8_t subpage, uint8_t control)
{
	const struct modepages_get get = {
		.page = page,
		.subpage = subpage,
		.control = control,
	};

	return answer_get(&get);
}

static void fill(struct contract *contract, struct filling *filling,
		 uint64_t target, const void *bytes, uint32_t length, size_t page)
{
	*filling = (struct filling) { .bytes = bytes };
	if (!target)
		return;
	filling->target = target;
	filling->length = min(length, page);
	if (!contract->unwritable)
		contract->unwritable = !arena_writable(target, filling->length);
}

/* What is asked for first: the page as it is. */
static int read_page(struct contract *contract, const struct answer *page,
		     uint64_t before, uint32_t flags, uint32_t length)
{
	if (page->error)
		return page->error;
	if (page->result & MODEPAGES_RESULT_TRUNCATED)
		return -EPROTO;
	contract->counted = true;
	contract->count = page->length;
	fill(contract, &contract->fillings[0], before, page->bytes, length,
	     page->length);
	if (flags & MODEPAGES_CHANGE_SAVE && !(page->bytes[0] & 0x80))
		return -ENOENT;
	return 0;
}

static size_t header_of(const uint8_t *page)
{
	return page[0] & 0x40 ? 4 : 2;
}

static bool exceeds(const uint8_t *mask, size_t length,
		    const struct answer *changeable)
{
	size_t i;

	for (i = 0; i < length; i++) {
		uint8_t allowed = i >= header_of(changeable->bytes) &&
			i < changeable->length ? changeable->bytes[i] : 0;

		if (mask[i] & ~allowed)
			return true;
	}
	return false;
}

static bool holds(const struct answer *page, const uint8_t *mask,
		  const uint8_t *expected, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (i >= page->length ? mask[i] :
		    mask[i] & (expected[i] ^ page->bytes[i]))
			return false;
	return true;
}

int contract_modify(struct contract *contract)
{
	static uint8_t mask[MOST_BYTES], value[MOST_BYTES];
	static uint8_t expected_mask[MOST_BYTES], expected[MOST_BYTES];
	const struct modepages_modify *in = &contract->in.modify;
	const struct answer *page, *changeable;
	uint32_t length = in->length;
	size_t i;
	int error;

	if ((in->flags & SAVE_AND_RESTORE) == SAVE_AND_RESTORE || !in->mask ||
	    !in->value || (in->expected_mask && !in->expected) || !length ||
	    length > MOST_BYTES)
		return -EINVAL;
	if (!fetch(in->mask, mask, length) || !fetch(in->value, value, length))
		return -EFAULT;
	memcpy(expected_mask, mask, length);
	if ((in->expected_mask &&
	     !fetch(in->expected_mask, expected_mask, length)) ||
	    (in->expected && !fetch(in->expected, expected, length)))
		return -EFAULT;

	page = ask(in->page, in->subpage, MODEPAGES_CONTROL_CURRENT);
	error = read_page(contract, page, in->before, in->flags, length);
	if (error)
		return error;
	changeable = ask(in->page, in->subpage, MODEPAGES_CONTROL_CHANGEABLE);
	if (changeable->error)
		return changeable->error;
	if (exceeds(mask, length, changeable))
		return -EPERM;
	if (in->expected && !holds(page, expected_mask, expected, length))
		return -ESTALE;

	memcpy(page_after, page->bytes, page->length);
	for (i = 0; i < min(length, page->length); i++)
		page_after[i] ^= mask[i] & (page_after[i] ^ value[i]);
	fill(contract, &contract->fillings[1], in->after, page_after, length,
	     page->length);
	return 0;
}

/* SPC-4, 7.5.7; and no page code or subpage code that stands for all. */
static bool is_page(const uint8_t *bytes, size_t length)
{
	bool subpage = bytes[0] & 0x40;

	if (length < 3 || (bytes[0] & 0x3f) == MODEPAGES_PAGE_ALL)
		return false;
	if (!subpage)
		return length == 2u + bytes[1];
	return length > 4 && bytes[1] && bytes[1] != 0xff &&
		length == 4u + (bytes[2] << 8 | bytes[3]);
}

int contract_set(struct contract *contract)
{
	static uint8_t data[MOST_BYTES];
	const struct modepages_set *in = &contract->in.set;
	const struct answer *page;
	uint32_t length = in->length;
	int error;

	if ((in->flags & SAVE_AND_RESTORE) == SAVE_AND_RESTORE || !in->data ||
	    !length || length > MOST_BYTES)
		return -EINVAL;
	if (!fetch(in->data, data, length))
		return -EFAULT;
	if (!is_page(data, length))
		return -EINVAL;
	page = ask(data[0] & 0x3f, data[0] & 0x40 ? data[1] : 0,
		   MODEPAGES_CONTROL_CURRENT);
	error = read_page(contract, page, in->before, in->flags, length);
	if (error)
		return error;
	if (length != page->length)
		return -EINVAL;
	/* Else the drive would be another one for all the calls to come. */
	expect(!memcmp(data + 1, page->bytes + 1, length - 1));
	contract->result = MODEPAGES_RESULT_SELECTED;
	fill(contract, &contract->fillings[1], in->after, page->bytes, length,
	     page->length);
	return 0;
}
