// SPDX-License-Identifier: MIT
/*
 * Pages, and the words for pages and page controls.
 */
#include <stdlib.h>
#include <strings.h>

#include "internal.h"

static const char * const control_names[] = {
	[LIBMODEPAGES_CONTROL_CURRENT] = "current",
	[LIBMODEPAGES_CONTROL_CHANGEABLE] = "changeable",
	[LIBMODEPAGES_CONTROL_DEFAULT] = "default",
	[LIBMODEPAGES_CONTROL_SAVED] = "saved",
};

/* A page whose bytes are those of @span, and stay there. */
void page_init(struct libmodepages_page *page, const struct mode_page *span)
{
	*page = (struct libmodepages_page){
		.code = span->code,
		.subpage = span->subpage,
		.saveable = span->saveable,
		.truncated = span->truncated,
		.size = span->length,
		.data = (u8 *)span->data,
	};
}

/* Returns NULL when there is no memory. */
struct libmodepages_page *page_new(const struct mode_page *span)
{
	struct libmodepages_page page;

	page_init(&page, span);
	return page_copy(&page);
}

/* The page that @bytes begin with: 0, -EPROTO when there is none, -ENOMEM. */
int page_from_bytes(const u8 *bytes, size_t length,
		    struct libmodepages_page **page)
{
	const struct mode_data data = { .pages = bytes, .length = length };
	struct mode_page span;
	size_t offset = 0;

	if (!mode_page_next(&data, &offset, &span))
		return -EPROTO;
	*page = page_new(&span);
	return *page ? 0 : -ENOMEM;
}

/* Returns NULL when there is no memory. */
struct libmodepages_page *page_copy(const struct libmodepages_page *page)
{
	struct libmodepages_page *copy = malloc(sizeof(*copy) + page->size);

	if (!copy)
		return NULL;
	*copy = *page;
	copy->data = memcpy(copy + 1, page->data, page->size);
	return copy;
}

/* Do both have the same bytes? A page that is not there is NULL. */
bool page_same(const struct libmodepages_page *a,
	       const struct libmodepages_page *b)
{
	if (!a || !b)
		return a == b;
	return a->size == b->size && !memcmp(a->data, b->data, a->size);
}

/**
 * libmodepages_drive_get_page() - read one mode page
 * @drive: the drive
 * @code: page code, 0 to %LIBMODEPAGES_PAGE_MAX
 * @subpage: subpage code, 0 to FEh; 0 for all pages of the MMC standards
 * @control: which values
 * @flags: %LIBMODEPAGES_CACHED, %LIBMODEPAGES_RECENT or 0. SG_IO keeps nothing and
 *	always asks.
 * @page: result; free with libmodepages_page_free()
 * @status: gets what the drive said; may be NULL
 *
 * Waits for the drive, up to 60 s for each command.
 *
 * Return: 0, or
 *
 *  * -EINVAL: @code, @subpage, @control or @flags is out of range.
 *  * -ENOENT: the drive has no such page.
 *  * -EOPNOTSUPP: the drive has no values of this kind (saved ones, mostly);
 *    or nothing may be sent to it, then the code of @status is
 *    LIBMODEPAGES_STATUS_OK, since no command has failed.
 *  * -ENODATA: %LIBMODEPAGES_CACHED was given, and nothing is known yet.
 *  * -EPROTO: the drive sent data that can not be right.
 *  * -ETIMEDOUT, -EAGAIN, -EALREADY, -EINPROGRESS, -ENOMEDIUM, -EMEDIUMTYPE,
 *    -EROFS, -EPIPE, -EBUSY, -ENODEV, -ENOMEM, -EIO: see @status and
 *    libmodepages_status_text().
 */
int libmodepages_drive_get_page(struct libmodepages_drive *drive, uint8_t code,
				uint8_t subpage,
				enum libmodepages_control control,
				unsigned int flags,
				struct libmodepages_page **page,
				struct libmodepages_status *status)
{
	const struct page_request request = {
		.code = code,
		.subpage = subpage,
		.control = control,
		.flags = flags,
	};
	struct modepages_status unused;
	struct modepages_status *block = status ? &status->block : &unused;

	memset(block, 0, sizeof(*block));
	/* Subpage FFh stands for all subpages, as page 3Fh does for pages. */
	if (code > LIBMODEPAGES_PAGE_MAX || subpage == 0xff ||
	    (unsigned int)control > LIBMODEPAGES_CONTROL_SAVED ||
	    flags & ~(LIBMODEPAGES_CACHED | LIBMODEPAGES_RECENT))
		return status_fail(block, MODEPAGES_STATUS_INVALID_ARGUMENT,
				   MODEPAGES_STAGE_CHECK);

	return drive->backend->get_page(drive, &request, page, block);
}

/**
 * libmodepages_page_new() - take a page out of bytes
 * @data: bytes that begin with a page, such as libmodepages_page_get_data() gives
 * @size: number of bytes at @data; others may follow the page
 * @page: result; free with libmodepages_page_free()
 *
 * Where @data ends before the page does, the page is truncated.
 *
 * Return: 0, -EPROTO when there is not even the header of a page, or -ENOMEM.
 */
int libmodepages_page_new(const uint8_t *data, size_t size,
			  struct libmodepages_page **page)
{
	return page_from_bytes(data, size, page);
}

/**
 * libmodepages_page_free() - free a page
 * @page: the page, or NULL
 */
void libmodepages_page_free(struct libmodepages_page *page)
{
	free(page);
}

/**
 * libmodepages_page_get_data() - the bytes of a page
 * @page: the page
 * @size: gets their number
 *
 * Return: the page from its page code byte on, that byte as the drive sent it
 * (PS bit included); valid as long as @page.
 */
const uint8_t *libmodepages_page_get_data(const struct libmodepages_page *page,
					  size_t *size)
{
	*size = page->size;
	return page->data;
}

/**
 * libmodepages_page_get_code() - page code of a page
 * @page: the page
 *
 * Return: the code, without the PS and SPF bits.
 */
uint8_t libmodepages_page_get_code(const struct libmodepages_page *page)
{
	return page->code;
}

/**
 * libmodepages_page_get_subpage() - subpage code of a page
 * @page: the page
 *
 * Return: the code; 0 for a page that has none.
 */
uint8_t libmodepages_page_get_subpage(const struct libmodepages_page *page)
{
	return page->subpage;
}

/**
 * libmodepages_page_is_saveable() - can the page be saved?
 * @page: the page
 *
 * Return: the PS bit.
 */
bool libmodepages_page_is_saveable(const struct libmodepages_page *page)
{
	return page->saveable;
}

/**
 * libmodepages_page_is_truncated() - is the end of the page missing?
 * @page: the page
 *
 * Return: true when the drive sent fewer bytes than the page's length says.
 */
bool libmodepages_page_is_truncated(const struct libmodepages_page *page)
{
	return page->truncated;
}

/**
 * libmodepages_page_is_cached() - is the page from before the call?
 * @page: the page
 *
 * Return: true when no command was sent for it; with %LIBMODEPAGES_RECENT, also
 * when none may have been.
 */
bool libmodepages_page_is_cached(const struct libmodepages_page *page)
{
	return page->cached;
}

static const struct page_entry *page_entry(u8 code)
{
	size_t i;

	for (i = 0; i < page_table_size; i++)
		if (page_table[i].code == code)
			return &page_table[i];
	return NULL;
}

/**
 * libmodepages_page_code_name() - what a page is called
 * @code: page code
 *
 * Return: its name in the standards, or NULL.
 */
const char *libmodepages_page_code_name(uint8_t code)
{
	const struct page_entry *entry = page_entry(code);

	return entry ? entry->name : NULL;
}

/**
 * libmodepages_page_code_acronym() - the short name of a page
 * @code: page code
 *
 * Return: its acronym, the one of sdparm(8) where that has one, or NULL.
 */
const char *libmodepages_page_code_acronym(uint8_t code)
{
	const struct page_entry *entry = page_entry(code);

	return entry ? entry->acronym : NULL;
}

/* Not isxdigit(), which depends on the locale of the program. */
int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

/* All of @digits, @least to two of them; returns -1 for anything else. */
static int parse_hex(const char *digits, size_t least)
{
	size_t length = strlen(digits);
	int value = 0;

	if (length < least || length > 2)
		return -1;
	for (; *digits; digits++) {
		int digit = hex_digit(*digits);

		if (digit < 0)
			return -1;
		value = value << 4 | digit;
	}
	return value;
}

/**
 * libmodepages_page_code_parse() - read a page code as people write it
 * @word: two hexadecimal digits, ``0x`` and one or two of them, or an acronym,
 *	all in any case. Two digits above 3Eh are tried as an acronym.
 * @code: result
 *
 * Return: 0, or -EINVAL when @word is no page.
 */
int libmodepages_page_code_parse(const char *word, uint8_t *code)
{
	bool prefix = word[0] == '0' && (word[1] | 0x20) == 'x';
	int value = prefix ? parse_hex(word + 2, 1) : parse_hex(word, 2);
	size_t i;

	if (value >= 0 && value <= LIBMODEPAGES_PAGE_MAX) {
		*code = value;
		return 0;
	}
	for (i = 0; i < page_table_size; i++) {
		if (!strcasecmp(word, page_table[i].acronym)) {
			*code = page_table[i].code;
			return 0;
		}
	}
	return -EINVAL;
}

/**
 * libmodepages_control_name() - name of a page control
 * @control: one of &enum libmodepages_control
 *
 * Return: "current", "changeable", "default" or "saved"; NULL for others.
 */
const char *libmodepages_control_name(enum libmodepages_control control)
{
	if ((size_t)control >= ARRAY_SIZE(control_names))
		return NULL;
	return control_names[control];
}

/**
 * libmodepages_control_parse() - read the name of a page control
 * @word: a name as from libmodepages_control_name(), in any case
 * @control: result
 *
 * Return: 0, or -EINVAL when @word is none.
 */
int libmodepages_control_parse(const char *word,
			       enum libmodepages_control *control)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(control_names); i++) {
		if (!strcasecmp(word, control_names[i])) {
			*control = (enum libmodepages_control)i;
			return 0;
		}
	}
	return -EINVAL;
}
