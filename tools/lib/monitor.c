// SPDX-License-Identifier: MIT
/*
 * Changes of pages, and drives that come and go.
 *
 * A message says which pages have changed, not how. So the monitor keeps the
 * current values of all pages, compares, and tells what is before and after. What
 * it keeps is always what it has told last: when messages, or memory for an event,
 * are lost, comparing all it has with all there is makes up for it.
 */
#include <stdlib.h>

#include "internal.h"

struct libmodepages_monitor {
	struct uevent_socket socket;
	bool lost;		/* what is known may be incomplete */
	struct known *drives;
	struct libmodepages_event *events;	/* to be handed out */
	struct libmodepages_event **end;
};

/* The pointer to the drive, which is NULL where it is not known. */
static struct known **known_find(struct libmodepages_monitor *monitor,
				 const char *address)
{
	struct known **at = &monitor->drives;

	while (*at && strcmp((*at)->info->address, address))
		at = &(*at)->next;
	return at;
}

static void hand_out(struct libmodepages_monitor *monitor,
		     struct libmodepages_event *event)
{
	*monitor->end = event;
	monitor->end = &event->next;
}

/* Look for news on a drive, and tell of what was found. */
static int look(struct libmodepages_monitor *monitor, struct known *known,
		const struct news *news)
{
	struct libmodepages_event *event;
	int err = known_look(known, news, &event);

	if (!err && event)
		hand_out(monitor, event);
	return err;
}

/* Takes @info over. */
static int add_drive(struct libmodepages_monitor *monitor,
		     struct libmodepages_info *info)
{
	struct news news = {
		.action = LIBMODEPAGES_ACTION_ADDED,
		.always = true,
	};
	struct known *known = calloc(1, sizeof(*known));
	int err;

	if (!known) {
		libmodepages_info_free(info);
		return -ENOMEM;
	}
	known->info = info;
	/* Where this fails, the drive is about to go again. */
	sysfs_supported(info->address, &news.supported);
	err = look(monitor, known, &news);
	if (err) {
		known_free(known);
		return err;
	}
	known->next = monitor->drives;
	monitor->drives = known;
	return 0;
}

static int remove_drive(struct libmodepages_monitor *monitor,
			struct known **at)
{
	struct known *known = *at;
	struct libmodepages_event *event;

	event = event_new(known->info, LIBMODEPAGES_ACTION_REMOVED);
	if (!event)
		return -ENOMEM;
	hand_out(monitor, event);
	*at = known->next;
	known_free(known);
	return 0;
}

static void set_info(struct known *known, struct libmodepages_info *info)
{
	libmodepages_info_free(known->info);
	known->info = info;
}

/* Anything may have changed on a drive that is known. */
static int look_again(struct libmodepages_monitor *monitor,
		      struct known *known)
{
	struct news news = {
		.action = LIBMODEPAGES_ACTION_CHANGED,
		.suspect = ~0ull,
	};

	/* Where this fails, the drive is about to go, which will be told. */
	if (sysfs_supported(known->info->address, &news.supported))
		return 0;
	return look(monitor, known, &news);
}

static bool is_served(const struct libmodepages_drives *drives,
		      const char *address)
{
	size_t i;

	for (i = 0; i < drives->count; i++)
		if (drives->infos[i]->node &&
		    !strcmp(drives->infos[i]->address, address))
			return true;
	return false;
}

static int drop_missing(struct libmodepages_monitor *monitor,
			const struct libmodepages_drives *drives)
{
	struct known **at = &monitor->drives;

	while (*at) {
		int err;

		if (is_served(drives, (*at)->info->address)) {
			at = &(*at)->next;
			continue;
		}
		err = remove_drive(monitor, at);
		if (err)
			return err;
	}
	return 0;
}

static int look_at_all(struct libmodepages_monitor *monitor,
		       const struct libmodepages_drives *drives)
{
	size_t i;
	int err = 0;

	for (i = 0; i < drives->count && !err; i++) {
		struct libmodepages_info *info;
		struct known *known;

		if (!drives->infos[i]->node)
			continue;
		info = info_copy(drives->infos[i]);
		if (!info)
			return -ENOMEM;
		known = *known_find(monitor, info->address);
		if (known) {
			set_info(known, info);
			err = look_again(monitor, known);
		} else {
			err = add_drive(monitor, info);
		}
	}
	return err;
}

/* Tell of all differences between what is known and what there is. */
static int catch_up(struct libmodepages_monitor *monitor)
{
	struct libmodepages_drives *drives;
	int err = libmodepages_drives_new(&drives);

	if (err)
		return err;
	err = drop_missing(monitor, drives);
	if (!err)
		err = look_at_all(monitor, drives);
	libmodepages_drives_free(drives);
	if (!err)
		monitor->lost = false;
	return err;
}

static int take_change(struct libmodepages_monitor *monitor,
		       struct known *known, const struct uevent *uevent)
{
	/* Of before the drive was looked at: only what differs is new. */
	bool is_old = uevent->generation <= known->generation;
	struct news news = {
		.action = LIBMODEPAGES_ACTION_CHANGED,
		.cause = uevent->cause,
		.generation = uevent->generation,
		.supported = uevent->supported,
		.suspect = uevent->changed,
		.told = is_old ? 0 : uevent->changed,
		.always = !is_old,
	};

	/* Where this fails, the drive is about to go, which will be told. */
	if (is_old && sysfs_supported(known->info->address, &news.supported))
		return 0;
	return look(monitor, known, &news);
}

/* What there is to know of a drive that the module serves: 0, or an errno. */
static int find_served(const char *address, struct libmodepages_info **info)
{
	struct lookup lookup;
	int err = lookup_name(address, &lookup);

	if (err)
		return err;
	*info = lookup.info;
	if ((*info)->node)
		return 0;
	libmodepages_info_free(*info);
	return -ENODEV;
}

static int take_uevent(struct libmodepages_monitor *monitor,
		       const struct uevent *uevent)
{
	struct known **at = known_find(monitor, uevent->address);
	struct libmodepages_info *info;
	int err;

	if (uevent->kind == UEVENT_OTHER)
		return 0;
	if (uevent->kind == UEVENT_REMOVE)
		return *at ? remove_drive(monitor, at) : 0;

	/* Its block device may have come, or it may have gone meanwhile. */
	err = find_served(uevent->address, &info);
	if (err == -ENOMEM)
		return err;
	if (!*at)
		return err ? 0 : add_drive(monitor, info);
	if (!err)
		set_info(*at, info);
	/* What a rule of udev wrote into the file uevent is no news of pages. */
	if (uevent->kind != UEVENT_CHANGE || !uevent->is_news)
		return 0;
	return take_change(monitor, *at, uevent);
}

/*
 * The kernel tells only once that it drops messages, and goes on to do so until
 * all that it has kept are taken. So these first.
 */
static int take_next(struct libmodepages_monitor *monitor)
{
	struct uevent uevent;
	int err = uevent_receive(&monitor->socket, &uevent);

	if (err == -EAGAIN && monitor->lost)
		return catch_up(monitor);
	if (!err)
		err = take_uevent(monitor, &uevent);
	if (err != -ENOBUFS && err != -ENOMEM)
		return err;
	monitor->lost = true;
	return err == -ENOBUFS ? 0 : err;
}

static struct libmodepages_event *next(struct libmodepages_monitor *monitor)
{
	struct libmodepages_event *event = monitor->events;

	if (!event)
		return NULL;
	monitor->events = event->next;
	if (!monitor->events)
		monitor->end = &monitor->events;
	event->next = NULL;
	return event;
}

/**
 * libmodepages_monitor_new() - watch all drives that the module serves
 * @monitor: result; free with libmodepages_monitor_free()
 *
 * Reads the current values of all their pages, from sysfs: no permission is
 * needed, a drive is asked as by any reader of these files, and this waits for
 * it. After that, a drive is asked nothing as long as it tells nothing. The module
 * need not be loaded yet.
 *
 * libudev is needed for this, and is loaded now.
 *
 * Return: 0, -ENOMEM, -ELIBACC when there is no libudev, or another negative errno
 * when there are no events of devices here, as in a container without them.
 */
int libmodepages_monitor_new(struct libmodepages_monitor **monitor)
{
	struct libmodepages_monitor *new = calloc(1, sizeof(*new));
	struct libmodepages_event *event;
	int err;

	if (!new)
		return -ENOMEM;
	new->end = &new->events;
	/* First, so that nothing is missed while the pages are read. */
	err = uevent_open(&new->socket);
	if (err) {
		free(new);
		return err;
	}
	err = catch_up(new);
	if (err) {
		libmodepages_monitor_free(new);
		return err;
	}
	/* What is there already is no news. */
	while ((event = next(new)))
		libmodepages_event_free(event);
	*monitor = new;
	return 0;
}

/**
 * libmodepages_monitor_free() - stop watching
 * @monitor: the monitor, or NULL; events got from it live on
 */
void libmodepages_monitor_free(struct libmodepages_monitor *monitor)
{
	struct libmodepages_event *event;
	struct known *known;

	if (!monitor)
		return;
	while ((event = next(monitor)))
		libmodepages_event_free(event);
	while ((known = monitor->drives)) {
		monitor->drives = known->next;
		known_free(known);
	}
	uevent_close(&monitor->socket);
	free(monitor);
}

/**
 * libmodepages_monitor_get_fd() - what to wait for
 * @monitor: the monitor
 *
 * Return: a file descriptor for poll(2), or for a main loop. It is readable when
 * libmodepages_monitor_receive() has to be called, again and again until that
 * returns -EAGAIN. It belongs to @monitor.
 */
int libmodepages_monitor_get_fd(const struct libmodepages_monitor *monitor)
{
	return uevent_fd(&monitor->socket);
}

/**
 * libmodepages_monitor_receive() - take the next event
 * @monitor: the monitor
 * @event: result; free with libmodepages_event_free()
 *
 * Does not wait for an event. It may wait for a drive, when values that are told
 * to have changed are too old already to be given to a reader of its files.
 *
 * When events are lost, because nobody has taken them for too long, all pages of
 * all drives are compared with what they were, and what differs is told, with
 * the cause %LIBMODEPAGES_CAUSE_UNKNOWN.
 *
 * Return: 0; -EAGAIN when there is none; -ENOMEM, after which nothing is lost if
 * it is called again; or another negative errno when no events can be received.
 */
int libmodepages_monitor_receive(struct libmodepages_monitor *monitor,
				 struct libmodepages_event **event)
{
	while (!monitor->events) {
		int err = take_next(monitor);

		if (err)
			return err;
	}
	*event = next(monitor);
	return 0;
}
