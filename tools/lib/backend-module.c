// SPDX-License-Identifier: MIT
/*
 * The module's ioctls.
 */
#include <stdlib.h>
#include <sys/ioctl.h>

#include "internal.h"

/* The layout is the same on every architecture, or the header is wrong. */
_Static_assert(sizeof(struct modepages_status) == 88, "modepages_status");
_Static_assert(offsetof(struct modepages_status, sense) == 24, "sense");
_Static_assert(sizeof(struct modepages_info) == 128, "modepages_info");
_Static_assert(offsetof(struct modepages_info, status) == 40, "info status");
_Static_assert(sizeof(struct modepages_list_entry) == 8, "list entry");
_Static_assert(sizeof(struct modepages_list) == 112, "modepages_list");
_Static_assert(offsetof(struct modepages_list, status) == 24, "list status");
_Static_assert(sizeof(struct modepages_get) == 128, "modepages_get");
_Static_assert(offsetof(struct modepages_get, status) == 40, "get status");
_Static_assert(sizeof(struct modepages_set) == 144, "modepages_set");
_Static_assert(offsetof(struct modepages_set, status) == 56, "set status");
_Static_assert(sizeof(struct modepages_modify) == 168, "modepages_modify");
_Static_assert(offsetof(struct modepages_modify, status) == 80, "modify status");
_Static_assert(sizeof(struct modepages_keep) == 96, "modepages_keep");
_Static_assert(offsetof(struct modepages_keep, status) == 8, "keep status");

/* Any page of the page_0 format fits; others are asked for a second time. */
#define FIRST_ROOM	512
#define FIRST_COUNT	64

/* The one place that talks to the module. */
int module_ioctl(struct libmodepages_drive *drive, unsigned long number,
		 void *argument, const struct modepages_status *result,
		 struct modepages_status *status)
{
	int error = ioctl(drive->fd, number, argument) < 0 ? errno : 0;

	*status = *result;
	/* Where the argument itself was refused there is no status block. */
	if (error && status->code == MODEPAGES_STATUS_OK)
		return status_from_errno(status, error);
	return -error;
}

static int try_page(struct libmodepages_drive *drive,
		    const struct page_request *request, u8 *buffer,
		    u32 *length, u32 *result, struct modepages_status *status)
{
	struct modepages_get get = {
		.size = sizeof(get),
		.page = request->code,
		.subpage = request->subpage,
		.control = request->control,
		.data = (uintptr_t)buffer,
		.length = *length,
	};
	int err;

	if (request->flags & LIBMODEPAGES_CACHED)
		get.flags = MODEPAGES_GET_CACHED;
	err = module_ioctl(drive, MODEPAGES_IOCTL_GET, &get, &get.status,
			   status);
	*length = get.length;
	*result = get.result;
	return err;
}

static int take_page(const u8 *buffer, u32 length, u32 result,
		     struct libmodepages_page **page,
		     struct modepages_status *status)
{
	int err = page_from_bytes(buffer, length, page);

	if (err == -ENOMEM)
		return status_fail(status, MODEPAGES_STATUS_NO_MEMORY,
				   MODEPAGES_STAGE_PARSE);
	if (err)
		return status_fail(status, MODEPAGES_STATUS_INVALID_RESPONSE,
				   MODEPAGES_STAGE_PARSE);
	(*page)->truncated |= !!(result & MODEPAGES_RESULT_TRUNCATED);
	(*page)->cached = result & MODEPAGES_RESULT_CACHED;
	return 0;
}

static int module_get_page(struct libmodepages_drive *drive,
			   const struct page_request *request,
			   struct libmodepages_page **page,
			   struct modepages_status *status)
{
	u32 room = FIRST_ROOM, length = 0, result = 0;
	u8 *buffer = NULL;
	int err;

	/* Where its file fails, the ioctl tells why. */
	if (request->flags & LIBMODEPAGES_RECENT && !request->subpage &&
	    !sysfs_page(drive->info->address, request->control, request->code,
			page))
		return 0;

	for (;;) {
		u8 *larger = realloc(buffer, room);

		if (!larger) {
			err = status_fail(status, MODEPAGES_STATUS_NO_MEMORY,
					  MODEPAGES_STAGE_CHECK);
			break;
		}
		buffer = larger;
		length = room;
		err = try_page(drive, request, buffer, &length, &result,
			       status);
		if (err || length <= room)
			break;
		room = length;
	}
	if (!err)
		err = take_page(buffer, length, result, page, status);
	free(buffer);
	return err;
}

static int list_from_entries(const struct modepages_list_entry *entries,
			     u32 count, struct libmodepages_list *list)
{
	u32 i;

	for (i = 0; i < count; i++) {
		const struct list_entry entry = {
			.code = entries[i].page,
			.subpage = entries[i].subpage,
			.controls = entries[i].controls,
			.saveable = entries[i].flags & MODEPAGES_PAGE_SAVEABLE,
			.length = entries[i].length,
		};
		int err = list_add(list, &entry);

		if (err)
			return err;
	}
	return 0;
}

static int try_list(struct libmodepages_drive *drive, unsigned int flags,
		    struct modepages_list_entry *entries, u32 *count,
		    struct modepages_status *status)
{
	struct modepages_list argument = {
		.size = sizeof(argument),
		.entries = (uintptr_t)entries,
		.count = *count,
	};
	int err;

	if (flags & LIBMODEPAGES_CACHED)
		argument.flags = MODEPAGES_LIST_CACHED;
	err = module_ioctl(drive, MODEPAGES_IOCTL_LIST, &argument,
			   &argument.status, status);
	*count = argument.count;
	return err;
}

static int module_get_list(struct libmodepages_drive *drive,
			   unsigned int flags, struct libmodepages_list *list,
			   struct modepages_status *status)
{
	struct modepages_list_entry *entries = NULL;
	u32 room = FIRST_COUNT, count = 0;
	int err;

	for (;;) {
		struct modepages_list_entry *larger;

		larger = reallocarray(entries, room, sizeof(*larger));
		if (!larger) {
			err = -ENOMEM;
			break;
		}
		entries = larger;
		count = room;
		err = try_list(drive, flags, entries, &count, status);
		if (err || count <= room)
			break;
		room = count;
	}
	if (!err)
		err = list_from_entries(entries, count, list);
	if (err == -ENOMEM)
		status_fail(status, MODEPAGES_STATUS_NO_MEMORY,
			    MODEPAGES_STAGE_CHECK);
	free(entries);
	return err;
}

const struct backend module_backend = {
	.get_page = module_get_page,
	.get_list = module_get_list,
	.change = module_change,
	.keep = module_keep,
};
