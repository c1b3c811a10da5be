// SPDX-License-Identifier: MIT
/*
 * What a monitor has to tell.
 */
#include <stdlib.h>

#include "internal.h"

static const char * const action_names[] = {
	[LIBMODEPAGES_ACTION_ADDED] = "added",
	[LIBMODEPAGES_ACTION_REMOVED] = "removed",
	[LIBMODEPAGES_ACTION_CHANGED] = "changed",
};

/* As the module has them in MODEPAGES_CAUSE. */
static const char * const cause_names[] = {
	[LIBMODEPAGES_CAUSE_UNKNOWN] = "unknown",
	[LIBMODEPAGES_CAUSE_SELECT] = "select",
	[LIBMODEPAGES_CAUSE_RESTORE] = "restore",
	[LIBMODEPAGES_CAUSE_UNIT_ATTENTION] = "unit_attention",
	[LIBMODEPAGES_CAUSE_REFRESH] = "refresh",
	[LIBMODEPAGES_CAUSE_RESUME] = "resume",
	[LIBMODEPAGES_CAUSE_READ] = "read",
};

/* Returns NULL when there is no memory. */
struct libmodepages_event *event_new(const struct libmodepages_info *info,
				     enum libmodepages_action action)
{
	struct libmodepages_event *event = calloc(1, sizeof(*event));

	if (!event)
		return NULL;
	event->action = action;
	event->info = info_copy(info);
	if (event->info)
		return event;
	free(event);
	return NULL;
}

/* A later version of the module may have causes that we do not know. */
enum libmodepages_cause cause_parse(const char *word)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cause_names); i++)
		if (!strcmp(word, cause_names[i]))
			return (enum libmodepages_cause)i;
	return LIBMODEPAGES_CAUSE_UNKNOWN;
}

/**
 * libmodepages_event_free() - free an event
 * @event: the event, or NULL; its pages and its information go too
 */
void libmodepages_event_free(struct libmodepages_event *event)
{
	size_t i;

	if (!event)
		return;
	for (i = 0; i < event->count; i++) {
		libmodepages_page_free(event->pages[i].before);
		libmodepages_page_free(event->pages[i].after);
		libmodepages_page_free(event->pages[i].kept);
	}
	libmodepages_info_free(event->info);
	free(event);
}

/**
 * libmodepages_event_get_action() - what has happened
 * @event: the event
 *
 * Return: one of &enum libmodepages_action.
 */
enum libmodepages_action
libmodepages_event_get_action(const struct libmodepages_event *event)
{
	return event->action;
}

/**
 * libmodepages_event_get_cause() - how the module has learnt of a change
 * @event: the event
 *
 * Return: one of &enum libmodepages_cause.
 */
enum libmodepages_cause
libmodepages_event_get_cause(const struct libmodepages_event *event)
{
	return event->cause;
}

/**
 * libmodepages_event_get_info() - which drive it is about
 * @event: the event
 *
 * Return: what is known of the drive, or was when it went; valid as long as
 * @event.
 */
const struct libmodepages_info *
libmodepages_event_get_info(const struct libmodepages_event *event)
{
	return event->info;
}

/**
 * libmodepages_event_get_generation() - the drive's generation
 * @event: the event
 *
 * Return: what the file "generation" of the drive said; 0 for a drive that was
 * removed.
 */
uint64_t
libmodepages_event_get_generation(const struct libmodepages_event *event)
{
	return event->generation;
}

/**
 * libmodepages_event_get_count() - number of pages
 * @event: the event
 *
 * Return: how many pages it is about.
 */
size_t libmodepages_event_get_count(const struct libmodepages_event *event)
{
	return event->count;
}

/**
 * libmodepages_event_get_code() - page code of a page
 * @event: the event
 * @index: which page, from 0
 *
 * Return: the code; 0 when @index is too high.
 */
uint8_t libmodepages_event_get_code(const struct libmodepages_event *event,
				    size_t index)
{
	return index < event->count ? event->pages[index].code : 0;
}

/**
 * libmodepages_event_get_before() - current values before
 * @event: the event
 * @index: which page, from 0
 *
 * Return: the last values that the monitor had read, valid as long as @event;
 * NULL when the page was not there or could not be read, and when @index is too
 * high.
 */
const struct libmodepages_page *
libmodepages_event_get_before(const struct libmodepages_event *event,
			      size_t index)
{
	return index < event->count ? event->pages[index].before : NULL;
}

/**
 * libmodepages_event_get_after() - current values after
 * @event: the event
 * @index: which page, from 0
 *
 * Return: the values when the event was received, valid as long as @event; NULL
 * when the page is not there any more, when it can not be read, and when @index
 * is too high.
 */
const struct libmodepages_page *
libmodepages_event_get_after(const struct libmodepages_event *event,
			     size_t index)
{
	return index < event->count ? event->pages[index].after : NULL;
}

/**
 * libmodepages_event_get_error() - why there are no values after
 * @event: the event
 * @index: which page, from 0
 *
 * Return: the negative errno that reading the page's file failed with; else 0.
 */
int libmodepages_event_get_error(const struct libmodepages_event *event,
				 size_t index)
{
	return index < event->count ? event->pages[index].error : 0;
}

/**
 * libmodepages_action_name() - name of an action
 * @action: one of &enum libmodepages_action
 *
 * Return: "added", "removed" or "changed"; NULL for others.
 */
const char *libmodepages_action_name(enum libmodepages_action action)
{
	if ((size_t)action >= ARRAY_SIZE(action_names))
		return NULL;
	return action_names[action];
}

/**
 * libmodepages_cause_name() - name of a cause
 * @cause: one of &enum libmodepages_cause
 *
 * Return: "select", "restore", "unit_attention", "refresh", "resume", "read" or
 * "unknown"; NULL for others.
 */
const char *libmodepages_cause_name(enum libmodepages_cause cause)
{
	if ((size_t)cause >= ARRAY_SIZE(cause_names))
		return NULL;
	return cause_names[cause];
}
