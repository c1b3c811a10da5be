// SPDX-License-Identifier: MIT
/*
 * The list of a drive's pages.
 */
#include <stdlib.h>

#include "internal.h"

struct list_entry *list_find(struct libmodepages_list *list, u8 code,
			     u8 subpage)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		if (list->entries[i].code == code &&
		    list->entries[i].subpage == subpage)
			return &list->entries[i];
	return NULL;
}

int list_add(struct libmodepages_list *list, const struct list_entry *entry)
{
	struct list_entry *entries;

	entries = reallocarray(list->entries, list->count + 1,
			       sizeof(*entries));
	if (!entries)
		return -ENOMEM;
	list->entries = entries;
	entries[list->count++] = *entry;
	return 0;
}

static int compare(const void *left, const void *right)
{
	const struct list_entry *a = left, *b = right;

	if (a->code != b->code)
		return a->code < b->code ? -1 : 1;
	return (a->subpage > b->subpage) - (a->subpage < b->subpage);
}

/**
 * libmodepages_drive_get_list() - ask which pages a drive has
 * @drive: the drive
 * @flags: 0, or %LIBMODEPAGES_CACHED: the module then sends no command, and
 *	SG_IO asks for current values only
 * @list: result, ascending by page and subpage code; may be empty; free with
 *	libmodepages_list_free()
 * @status: gets what the drive said; may be NULL
 *
 * Without %LIBMODEPAGES_CACHED, each of the four page controls is asked for
 * that is not known yet. One that is refused is no failure.
 *
 * Return: 0, or a negative errno as from libmodepages_drive_get_page().
 */
int libmodepages_drive_get_list(struct libmodepages_drive *drive,
				unsigned int flags,
				struct libmodepages_list **list,
				struct libmodepages_status *status)
{
	struct modepages_status unused;
	struct modepages_status *block = status ? &status->block : &unused;
	struct libmodepages_list *new;
	int err;

	memset(block, 0, sizeof(*block));
	if (flags & ~LIBMODEPAGES_CACHED)
		return status_fail(block, MODEPAGES_STATUS_INVALID_ARGUMENT,
				   MODEPAGES_STAGE_CHECK);
	new = calloc(1, sizeof(*new));
	if (!new)
		return status_fail(block, MODEPAGES_STATUS_NO_MEMORY,
				   MODEPAGES_STAGE_CHECK);

	err = drive->backend->get_list(drive, flags, new, block);
	if (err) {
		libmodepages_list_free(new);
		return err;
	}
	/* Drives send their pages out of order. */
	if (new->count)
		qsort(new->entries, new->count, sizeof(*new->entries), compare);
	*list = new;
	return 0;
}

/**
 * libmodepages_list_free() - free a list of pages
 * @list: the list, or NULL
 */
void libmodepages_list_free(struct libmodepages_list *list)
{
	if (!list)
		return;
	free(list->entries);
	free(list);
}

/**
 * libmodepages_list_get_count() - number of pages
 * @list: the list
 *
 * Return: how many there are.
 */
size_t libmodepages_list_get_count(const struct libmodepages_list *list)
{
	return list->count;
}

/**
 * libmodepages_list_get_code() - page code of an entry
 * @list: the list
 * @index: which entry, from 0
 *
 * Return: the code; 0 when @index is too high.
 */
uint8_t libmodepages_list_get_code(const struct libmodepages_list *list,
				   size_t index)
{
	return index < list->count ? list->entries[index].code : 0;
}

/**
 * libmodepages_list_get_subpage() - subpage code of an entry
 * @list: the list
 * @index: which entry, from 0
 *
 * Return: the code; 0 when the page has none or @index is too high.
 */
uint8_t libmodepages_list_get_subpage(const struct libmodepages_list *list,
				      size_t index)
{
	return index < list->count ? list->entries[index].subpage : 0;
}

/**
 * libmodepages_list_get_length() - size of the page of an entry
 * @list: the list
 * @index: which entry, from 0
 *
 * Return: size of the whole page in bytes, its header included; 0 when @index
 * is too high.
 */
size_t libmodepages_list_get_length(const struct libmodepages_list *list,
				    size_t index)
{
	return index < list->count ? list->entries[index].length : 0;
}

/**
 * libmodepages_list_has_control() - does an entry have values of a kind?
 * @list: the list
 * @index: which entry, from 0
 * @control: which values
 *
 * Return: true when the drive answered for them; false when it refused, when
 * they are not known, or when @index is too high.
 */
bool libmodepages_list_has_control(const struct libmodepages_list *list,
				   size_t index,
				   enum libmodepages_control control)
{
	if (index >= list->count ||
	    (unsigned int)control > LIBMODEPAGES_CONTROL_SAVED)
		return false;
	return list->entries[index].controls >> control & 1;
}

/**
 * libmodepages_list_is_saveable() - can the page of an entry be saved?
 * @list: the list
 * @index: which entry, from 0
 *
 * Return: the PS bit of the current page; false when @index is too high.
 */
bool libmodepages_list_is_saveable(const struct libmodepages_list *list,
				   size_t index)
{
	return index < list->count && list->entries[index].saveable;
}
