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

/* Learn what module and drive are like, once. */
static void introduce(struct libmodepages_drive *drive)
{
	struct modepages_info info = { .size = sizeof(info) };
	struct modepages_status unused;

	if (drive->introduced)
		return;
	drive->introduced = true;
	if (module_ioctl(drive, MODEPAGES_IOCTL_INFO, &info, &info.status,
			 &unused))
		return;
	drive->features = info.features;
	drive->quirks = info.quirks;
}

static bool serves_recent(struct libmodepages_drive *drive)
{
	introduce(drive);
	return drive->features & MODEPAGES_FEATURE_RECENT;
}

static int try_get(struct libmodepages_drive *drive,
		   const struct page_request *request, u32 flags,
		   struct modepages_get *get, struct answer *answer,
		   struct modepages_status *status)
{
	u32 room = get->length;
	void *buffer = realloc(answer->buffer, room);
	int err;

	if (!buffer)
		return status_fail(status, MODEPAGES_STATUS_NO_MEMORY,
				   MODEPAGES_STAGE_CHECK);
	answer->buffer = buffer;
	*get = (struct modepages_get){
		.size = sizeof(*get),
		.flags = flags,
		.page = request->code,
		.subpage = request->subpage,
		.control = request->control,
		.data = (uintptr_t)buffer,
		.length = room,
	};
	err = module_ioctl(drive, MODEPAGES_IOCTL_GET, get, &get->status,
			   status);
	return err ?: get->length > room;
}

/* On success, the caller frees the buffer of @answer. */
static int get_bytes(struct libmodepages_drive *drive,
		     const struct page_request *request, u32 flags,
		     struct answer *answer, struct modepages_status *status)
{
	struct modepages_get get = { .length = FIRST_ROOM };
	int err;

	*answer = (struct answer){ 0 };
	do {
		err = try_get(drive, request, flags, &get, answer, status);
	} while (err > 0);
	if (err) {
		free(answer->buffer);
		return err;
	}
	answer->data.pages = answer->buffer;
	answer->data.length = get.length;
	answer->truncated = get.result & MODEPAGES_RESULT_TRUNCATED;
	answer->cached = get.result & MODEPAGES_RESULT_CACHED;
	return 0;
}

/* Is that what the drive says, or did something else keep it from saying it? */
static bool is_answer(int err)
{
	return !err || err == -ENOENT || err == -EOPNOTSUPP;
}

/* The same as the flags of the request want it. */
static int get_as_wanted(struct libmodepages_drive *drive,
			 const struct page_request *request,
			 struct answer *answer, struct modepages_status *status)
{
	int err;

	if (request->flags & LIBMODEPAGES_CACHED)
		return get_bytes(drive, request, MODEPAGES_GET_CACHED, answer,
				 status);
	if (request->flags & LIBMODEPAGES_RECENT && serves_recent(drive)) {
		err = get_bytes(drive, request, MODEPAGES_GET_RECENT, answer,
				status);
		if (is_answer(err))
			return err;
	}
	return get_bytes(drive, request, 0, answer, status);
}

static int take_page(const struct answer *answer,
		     struct libmodepages_page **page,
		     struct modepages_status *status)
{
	int err = page_from_bytes(answer->buffer, answer->data.length, page);

	if (err == -ENOMEM)
		return status_fail(status, MODEPAGES_STATUS_NO_MEMORY,
				   MODEPAGES_STAGE_PARSE);
	if (err)
		return status_fail(status, MODEPAGES_STATUS_INVALID_RESPONSE,
				   MODEPAGES_STAGE_PARSE);
	(*page)->truncated |= answer->truncated;
	(*page)->cached = answer->cached;
	return 0;
}

static int module_get_page(struct libmodepages_drive *drive,
			   const struct page_request *request,
			   struct libmodepages_page **page,
			   struct modepages_status *status)
{
	struct answer answer;
	int err;

	/* Where its file fails, the ioctl tells why. */
	if (request->flags & LIBMODEPAGES_RECENT && !request->subpage &&
	    !serves_recent(drive) &&
	    !sysfs_page(drive->info->address, request->control, request->code,
			page))
		return 0;

	err = get_as_wanted(drive, request, &answer, status);
	if (err)
		return err;
	err = take_page(&answer, page, status);
	free(answer.buffer);
	return err;
}

/*
 * Of what is known, the last answer for all pages may be older than one for a page
 * alone.
 */
static int module_get_all(struct libmodepages_drive *drive,
			  const struct page_request *request,
			  struct answer *answer,
			  struct modepages_status *status)
{
	const u64 quirks = MODEPAGES_QUIRK_NO_ALL_PAGES |
			   MODEPAGES_QUIRK_ALL_PAGES_UNSOUND;

	introduce(drive);
	if (request->flags & LIBMODEPAGES_CACHED || drive->quirks & quirks ||
	    (request->flags & LIBMODEPAGES_RECENT && !serves_recent(drive)))
		return -ENOENT;
	return get_as_wanted(drive, request, answer, status);
}

static int list_from_entries(const struct modepages_list_entry *entries,
			     u32 count, struct libmodepages_list *list)
{
	u32 i;

	if (!count)
		return 0;
	list->entries = calloc(count, sizeof(*list->entries));
	if (!list->entries)
		return -ENOMEM;
	for (i = 0; i < count; i++)
		list->entries[i] = (struct list_entry){
			.code = entries[i].page,
			.subpage = entries[i].subpage,
			.controls = entries[i].controls,
			.saveable = entries[i].flags & MODEPAGES_PAGE_SAVEABLE,
			.length = entries[i].length,
		};
	list->count = count;
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
	.knows_list = true,
	.get_page = module_get_page,
	.get_all = module_get_all,
	.get_list = module_get_list,
	.change = module_change,
	.keep = module_keep,
};
