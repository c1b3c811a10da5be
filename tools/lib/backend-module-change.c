// SPDX-License-Identifier: MIT
/*
 * The module's ioctls that change pages.
 */
#include <stdlib.h>

#include "internal.h"

#define SAME(name) \
	_Static_assert(LIBMODEPAGES_##name == MODEPAGES_CHANGE_##name, \
		       #name " differs from the kernel's")

SAME(SAVE);
SAME(RESTORE);
SAME(DRY_RUN);

/* No page begins with it: 3Fh is none. */
#define UNTOUCHED	0xff

/* Room for the pages before and after, one behind the other. */
struct room {
	size_t length;
	u8 *before;
	u8 *after;
};

static int room_new(const struct change_request *request, struct room *room)
{
	room->length = request->length;
	room->before = malloc(2 * room->length);
	if (!room->before)
		return -ENOMEM;
	memset(room->before, UNTOUCHED, 2 * room->length);
	room->after = room->before + room->length;
	return 0;
}

static int take_page(const u8 *bytes, size_t length,
		     struct libmodepages_page **page)
{
	return *bytes == UNTOUCHED ? 0 : page_from_bytes(bytes, length, page);
}

static int take_pages(const struct room *room, size_t length,
		      struct libmodepages_change *change)
{
	size_t came = min(room->length, length);

	if (take_page(room->before, came, &change->before) == -ENOMEM ||
	    take_page(room->after, came, &change->after) == -ENOMEM)
		return -ENOMEM;
	return 0;
}

static int set_page(struct libmodepages_drive *drive,
		    const struct change_request *request,
		    const struct room *room, struct libmodepages_change *change,
		    size_t *length, struct modepages_status *status)
{
	struct modepages_set set = {
		.size = sizeof(set),
		.flags = request->flags,
		.data = (uintptr_t)request->value,
		.before = (uintptr_t)room->before,
		.after = (uintptr_t)room->after,
		.length = request->length,
	};
	int err;

	err = module_ioctl(drive, MODEPAGES_IOCTL_SET, &set, &set.status,
			   status);
	*length = set.length;
	change->result = set.result;
	return err;
}

static int modify_page(struct libmodepages_drive *drive,
		       const struct change_request *request,
		       const struct room *room,
		       struct libmodepages_change *change, size_t *length,
		       struct modepages_status *status)
{
	struct modepages_modify modify = {
		.size = sizeof(modify),
		.flags = request->flags,
		.page = request->code,
		.subpage = request->subpage,
		.mask = (uintptr_t)request->mask,
		.value = (uintptr_t)request->value,
		.expected_mask = (uintptr_t)request->expected_mask,
		.expected = (uintptr_t)request->expected,
		.before = (uintptr_t)room->before,
		.after = (uintptr_t)room->after,
		.length = request->length,
	};
	int err;

	err = module_ioctl(drive, MODEPAGES_IOCTL_MODIFY, &modify,
			   &modify.status, status);
	*length = modify.length;
	change->result = modify.result;
	return err;
}

int module_change(struct libmodepages_drive *drive,
		  const struct change_request *request,
		  struct libmodepages_change *change,
		  struct modepages_status *status)
{
	size_t length = 0;
	struct room room;
	int err;

	if (room_new(request, &room))
		return status_fail(status, MODEPAGES_STATUS_NO_MEMORY,
				   MODEPAGES_STAGE_CHECK);
	if (request->mask)
		err = modify_page(drive, request, &room, change, &length,
				  status);
	else
		err = set_page(drive, request, &room, change, &length, status);
	if (take_pages(&room, length, change) && !err)
		err = status_fail(status, MODEPAGES_STATUS_NO_MEMORY,
				  MODEPAGES_STAGE_PARSE);
	free(room.before);
	return err;
}

int module_keep(struct libmodepages_drive *drive,
		struct modepages_status *status)
{
	struct modepages_keep keep = { .size = sizeof(keep) };

	return module_ioctl(drive, MODEPAGES_IOCTL_KEEP, &keep, &keep.status,
			    status);
}
