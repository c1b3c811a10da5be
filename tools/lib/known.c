// SPDX-License-Identifier: MIT
/*
 * A drive as a monitor has told of it last, and what has become of it since.
 */
#include <stdlib.h>

#include "internal.h"

void known_free(struct known *known)
{
	size_t i;

	if (!known)
		return;
	for (i = 0; i < ARRAY_SIZE(known->pages); i++)
		libmodepages_page_free(known->pages[i]);
	libmodepages_info_free(known->info);
	free(known);
}

static int copy_to(struct libmodepages_page **copy,
		   const struct libmodepages_page *page)
{
	if (page)
		*copy = page_copy(page);
	return page && !*copy ? -ENOMEM : 0;
}

/* Read a page again, and add it to the event if that is about it. */
static int compare_page(const struct known *known, const struct news *news,
			u8 code, bool told, struct libmodepages_event *event)
{
	struct event_page *page = &event->pages[event->count];
	int err = 0;

	page->code = code;
	page->error = 0;
	if (news->supported >> code & 1)
		page->error = sysfs_page(known->info->address,
					 LIBMODEPAGES_CONTROL_CURRENT, code,
					 &page->after);
	if (page->error == -ENOMEM)
		return -ENOMEM;
	/* That it can not be read now does not say that it has changed. */
	if (!told && (page->error || page_same(known->pages[code],
					       page->after))) {
		libmodepages_page_free(page->after);
		page->after = NULL;
		return 0;
	}
	/* From here on it is freed with the event. */
	event->count++;
	err = copy_to(&page->before, known->pages[code]);
	if (!err)
		err = copy_to(&page->kept, page->after);
	return err;
}

static int compare_pages(const struct known *known, const struct news *news,
			 struct libmodepages_event *event)
{
	page_set told = known->supported ^ news->supported;
	page_set listed = known->supported | news->supported;
	page_set wanted;
	int err = 0;
	u8 code;

	told |= news->told & listed;
	wanted = told | (news->suspect & listed);
	for (code = 0; code <= LIBMODEPAGES_PAGE_MAX && !err; code++)
		if (wanted >> code & 1)
			err = compare_page(known, news, code, told >> code & 1,
					   event);
	return err;
}

/*
 * From now on the event's values are those that are known. Of a page that could
 * not be read it stays the last ones.
 */
static void keep_pages(struct known *known, page_set supported,
		       struct libmodepages_event *event)
{
	size_t i;

	for (i = 0; i < event->count; i++) {
		struct event_page *page = &event->pages[i];

		if (page->error)
			continue;
		libmodepages_page_free(known->pages[page->code]);
		known->pages[page->code] = page->kept;
		page->kept = NULL;
	}
	known->supported = supported;
}

/*
 * What is new on a drive: an event, or NULL when there is nothing to tell. From
 * then on it is known; when this fails, all is as before.
 */
int known_look(struct known *known, const struct news *news,
	       struct libmodepages_event **result)
{
	struct libmodepages_event *event = event_new(known->info, news->action);
	int err;

	if (!event)
		return -ENOMEM;
	err = compare_pages(known, news, event);
	if (err) {
		libmodepages_event_free(event);
		return err;
	}
	keep_pages(known, news->supported, event);
	event->cause = news->cause;
	event->generation = news->generation;
	/* Reading may have made it grow: what it told then is known already. */
	if (!event->generation) {
		sysfs_generation(known->info->address, &known->generation);
		event->generation = known->generation;
	}
	if (!event->count && !news->always) {
		libmodepages_event_free(event);
		event = NULL;
	}
	*result = event;
	return 0;
}
