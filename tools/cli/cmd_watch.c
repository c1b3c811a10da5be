// SPDX-License-Identifier: MIT
/*
 * modepages watch: changes of pages, and drives that come and go.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

/* For the largest event: all pages there can be, as long as they can be. */
#define OUTPUT_ROOM	(1 << 17)

/* What is watched; without a drive, all of them. */
struct watch {
	const struct arguments *arguments;
	struct libmodepages_info *drive;
	const char *block;	/* the drive was named by this */
	struct libmodepages_monitor *monitor;
};

static struct json_object *json_event_page(const struct libmodepages_event *event,
					   size_t index)
{
	struct json_object *object = json_object_new_object();
	const struct libmodepages_page *page;
	int err = libmodepages_event_get_error(event, index);

	json_add_title(object, libmodepages_event_get_code(event, index), 0);
	page = libmodepages_event_get_before(event, index);
	json_object_object_add(object, "before", json_bytes(page));
	page = libmodepages_event_get_after(event, index);
	json_object_object_add(object, "after", json_bytes(page));
	json_object_object_add(object, "error",
			       json_text(err ? strerror(-err) : NULL));
	return object;
}

static void print_event_json(const struct libmodepages_event *event)
{
	enum libmodepages_action action = libmodepages_event_get_action(event);
	enum libmodepages_cause cause = libmodepages_event_get_cause(event);
	struct json_object *object = json_object_new_object();
	struct json_object *array = json_object_new_array();
	uint64_t generation = libmodepages_event_get_generation(event);
	bool changed = action == LIBMODEPAGES_ACTION_CHANGED;
	bool there = action != LIBMODEPAGES_ACTION_REMOVED;
	size_t i;

	for (i = 0; i < libmodepages_event_get_count(event); i++)
		json_object_array_add(array, json_event_page(event, i));
	json_object_object_add(object, "event",
			       json_text(libmodepages_action_name(action)));
	json_add_drive(object, libmodepages_event_get_info(event));
	json_object_object_add(object, "cause", changed ?
			       json_text(libmodepages_cause_name(cause)) :
			       NULL);
	json_object_object_add(object, "generation", there ?
			       json_object_new_int64(generation) : NULL);
	json_object_object_add(object, "pages", array);
	print_json_line(object);
	json_object_put(object);
}

static void print_values(const char *when, const struct libmodepages_page *page,
			 int error)
{
	const uint8_t *data;
	size_t size, i;

	printf("        %-7s", when);
	if (!page) {
		printf(error ? " can not be read: %s\n" : " not there\n",
		       strerror(-error));
		return;
	}
	data = libmodepages_page_get_data(page, &size);
	for (i = 0; i < size; i++)
		printf(" %02x", data[i]);
	putchar('\n');
}

static void print_changes(const struct libmodepages_event *event)
{
	enum libmodepages_cause cause = libmodepages_event_get_cause(event);
	size_t i;

	printf(" by %s, generation %" PRIu64 "\n",
	       libmodepages_cause_name(cause),
	       libmodepages_event_get_generation(event));
	for (i = 0; i < libmodepages_event_get_count(event); i++) {
		printf("    ");
		print_title(libmodepages_event_get_code(event, i), 0);
		putchar('\n');
		print_values("before:", libmodepages_event_get_before(event, i),
			     0);
		print_values("after:", libmodepages_event_get_after(event, i),
			     libmodepages_event_get_error(event, i));
	}
}

static void print_new_drive(const struct libmodepages_event *event)
{
	const struct libmodepages_info *info =
		libmodepages_event_get_info(event);
	size_t i, count = libmodepages_event_get_count(event);

	printf(": %s %s, %s", libmodepages_info_get_vendor(info),
	       libmodepages_info_get_model(info), count ? "pages" : "no pages");
	for (i = 0; i < count; i++)
		printf(" %02x", libmodepages_event_get_code(event, i));
	putchar('\n');
}

static void print_event_text(const struct libmodepages_event *event)
{
	const struct libmodepages_info *info =
		libmodepages_event_get_info(event);
	enum libmodepages_action action = libmodepages_event_get_action(event);
	const char *block = libmodepages_info_get_block(info);

	printf("%s  %s  %s", libmodepages_info_get_address(info),
	       block ? block : "-", libmodepages_action_name(action));
	if (action == LIBMODEPAGES_ACTION_CHANGED)
		print_changes(event);
	else if (action == LIBMODEPAGES_ACTION_ADDED)
		print_new_drive(event);
	else
		putchar('\n');
}

/*
 * One that was named by its block device is that which has it then: a USB drive
 * has another address each time it is plugged in.
 */
static bool is_wanted(const struct watch *watch,
		      const struct libmodepages_event *event)
{
	const struct libmodepages_info *info =
		libmodepages_event_get_info(event);
	const char *block = libmodepages_info_get_block(info);

	if (!watch->drive)
		return true;
	if (watch->block)
		return block && !strcmp(block, watch->block);
	return !strcmp(libmodepages_info_get_address(info),
		       libmodepages_info_get_address(watch->drive));
}

/* In one go, and at once: who reads may be a program that waits for it. */
static int print_event(const struct watch *watch,
		       const struct libmodepages_event *event)
{
	if (watch->arguments->given & OPTION_JSON)
		print_event_json(event);
	else
		print_event_text(event);
	if (fflush(stdout))
		return fail(EXIT_REFUSED, "can not write the output: %s",
			    strerror(errno));
	return EXIT_OK;
}

static int print_events(const struct watch *watch)
{
	struct libmodepages_event *event;
	int err, code = EXIT_OK;

	for (;;) {
		err = libmodepages_monitor_receive(watch->monitor, &event);
		if (err == -EAGAIN)
			return EXIT_OK;
		if (err)
			return fail(EXIT_REFUSED, "can not receive events: %s",
				    strerror(-err));
		if (is_wanted(watch, event))
			code = print_event(watch, event);
		libmodepages_event_free(event);
		if (code != EXIT_OK)
			return code;
	}
}

/* Until nobody reads any more, or a signal comes. */
static int watch_drives(const struct watch *watch)
{
	struct pollfd fds[] = {
		{ .fd = libmodepages_monitor_get_fd(watch->monitor),
		  .events = POLLIN },
		{ .fd = STDOUT_FILENO },
	};

	for (;;) {
		int code;

		if (poll(fds, 2, -1) < 0) {
			if (errno == EINTR)
				continue;
			return fail(EXIT_REFUSED, "can not wait for events: %s",
				    strerror(errno));
		}
		if (fds[1].revents)
			return EXIT_OK;
		code = print_events(watch);
		if (code != EXIT_OK)
			return code;
	}
}

/* To be ended is how this ends well. Events are written whole or not at all. */
static void end(int signal)
{
	(void)signal;
	_exit(EXIT_OK);
}

static void end_by_signals(void)
{
	/* Reading a drive that hangs is ended by nothing but a signal that kills. */
	const struct sigaction action = {
		.sa_handler = end,
		.sa_flags = SA_RESETHAND,
	};

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

/* Without the module it is quiet for ever: say so, it may be loaded later. */
static void tell_missing(const struct watch *watch)
{
	struct libmodepages_drives *drives;
	size_t i, count, served = 0;

	if (watch->drive) {
		if (!libmodepages_info_get_node(watch->drive))
			fail(EXIT_OK,
			     "%s: the kernel module modepages does not serve it; waiting until it is loaded",
			     libmodepages_info_get_address(watch->drive));
		return;
	}
	if (libmodepages_drives_new(&drives))
		return;
	count = libmodepages_drives_get_count(drives);
	for (i = 0; i < count; i++)
		if (libmodepages_info_get_node(
				libmodepages_drives_get_info(drives, i)))
			served++;
	if (count && !served)
		fail(EXIT_OK,
		     "the kernel module modepages serves no drive; waiting until it does");
	libmodepages_drives_free(drives);
}

static int run_watch(struct watch *watch)
{
	int err = libmodepages_monitor_new(&watch->monitor);
	int code;

	if (err == -ELIBACC)
		return fail(EXIT_REFUSED,
			    "can not watch drives: there is no libudev.so.1; install libudev");
	if (err)
		return fail(EXIT_REFUSED, "can not watch drives: %s",
			    strerror(-err));
	tell_missing(watch);
	setvbuf(stdout, NULL, _IOFBF, OUTPUT_ROOM);
	end_by_signals();
	code = watch_drives(watch);
	libmodepages_monitor_free(watch->monitor);
	return code;
}

static int run(const struct arguments *arguments)
{
	const char *name = arguments->count ? arguments->words[0] : NULL;
	struct watch watch = { .arguments = arguments };
	struct stat file;
	int code;

	/* Else the monitor would get its number, and all that is printed. */
	if (fcntl(STDOUT_FILENO, F_GETFD) < 0)
		return fail(EXIT_REFUSED, "can not write the output: %s",
			    strerror(errno));
	if (name) {
		code = find_drive(name, &watch.drive);
		if (code != EXIT_OK)
			return code;
		if (!stat(name, &file) && S_ISBLK(file.st_mode))
			watch.block = libmodepages_info_get_block(watch.drive);
	}
	code = run_watch(&watch);
	libmodepages_info_free(watch.drive);
	return code;
}

const struct verb verb_watch = {
	.name = "watch",
	.synopsis = "watch [DEV] [--json]",
	.summary = "print changes of pages, and of drives, as they come",
	.help =
"Print what changes in the mode pages of drive DEV, or of all drives, and when\n"
"drives come and go. Ends by ^C.\n"
"\n"
"DEV is /dev/modepages/H:C:T:L, /dev/srN, a path in /sys, or H:C:T:L.\n"
"\n"
"  --json    print a JSON object for each event, in one line\n"
"\n"
"Needs the kernel module, and no permission. No drive is asked anything in order\n"
"to find a change: one is told when the module learns of it, because somebody\n"
"reads or changes a page, or because the drive says that something happened.\n",
	.options = OPTION_JSON,
	.most_words = 1,
	.run = run,
};
