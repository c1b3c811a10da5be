// SPDX-License-Identifier: MIT
/*
 * The messages that the kernel, or udev after it, sends about the module's
 * devices.
 */
#include <libudev.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "internal.h"

#define SUBSYSTEM	"modepages"

#define UDEV_CONTROL	"/run/udev/control"
/* __SO_ACCEPTCON of the kernel, in the flags of /proc/net/unix. */
#define LISTENS		0x10000

/* Page codes of two hexadecimal digits, with blanks between them. */
page_set page_set_parse(const char *words)
{
	page_set pages = 0;
	char *end;

	for (;;) {
		unsigned long code = strtoul(words, &end, 16);

		if (end == words)
			return pages;
		if (code <= LIBMODEPAGES_PAGE_MAX)
			pages |= 1ull << code;
		words = end;
	}
}

/*
 * udev sends its messages when its rules have been applied, so that a program can
 * open the node of the drive that it is told of. Where udev does not run only the
 * kernel sends. udev leaves its socket behind, so look whether somebody listens;
 * who connects and says nothing gets a line in udev's journal.
 */
static bool udev_runs(void)
{
	FILE *file = fopen("/proc/net/unix", "re");
	char line[256], path[sizeof(UDEV_CONTROL)];
	unsigned int flags;
	bool found = false;

	if (!file)
		return !access(UDEV_CONTROL, F_OK);
	while (!found && fgets(line, sizeof(line), file))
		found = sscanf(line, "%*s %*s %*s %x %*s %*s %*s %17s", &flags,
			       path) == 2 &&
			flags & LISTENS && !strcmp(path, UDEV_CONTROL);
	fclose(file);
	return found;
}

/* From now on messages are kept for uevent_receive(). */
int uevent_open(struct uevent_socket *socket)
{
	const char *group = udev_runs() ? "udev" : "kernel";
	struct udev_monitor *monitor;
	int err;

	errno = ENOMEM;
	socket->udev = udev_new();
	if (!socket->udev)
		return -errno;
	monitor = udev_monitor_new_from_netlink(socket->udev, group);
	socket->monitor = monitor;
	if (!monitor) {
		err = -errno;
		uevent_close(socket);
		return err;
	}
	err = udev_monitor_filter_add_match_subsystem_devtype(monitor,
							      SUBSYSTEM, NULL);
	if (err >= 0)
		err = udev_monitor_enable_receiving(monitor);
	if (err < 0) {
		uevent_close(socket);
		return err;
	}
	return 0;
}

void uevent_close(struct uevent_socket *socket)
{
	udev_monitor_unref(socket->monitor);
	udev_unref(socket->udev);
}

int uevent_fd(const struct uevent_socket *socket)
{
	return udev_monitor_get_fd(socket->monitor);
}

static enum uevent_kind kind_of(const char *action)
{
	if (!strcmp(action, "add"))
		return UEVENT_ADD;
	if (!strcmp(action, "remove"))
		return UEVENT_REMOVE;
	if (!strcmp(action, "change"))
		return UEVENT_CHANGE;
	return UEVENT_OTHER;
}

static const char *property(struct udev_device *device, const char *name)
{
	return udev_device_get_property_value(device, name) ?: "";
}

static void take_apart(struct udev_device *device, struct uevent *uevent)
{
	const char *action = udev_device_get_action(device) ?: "";
	const char *address = udev_device_get_sysname(device) ?: "";
	const char *cause = property(device, "MODEPAGES_CAUSE");

	memset(uevent, 0, sizeof(*uevent));
	uevent->kind = address_valid(address) ? kind_of(action) : UEVENT_OTHER;
	snprintf(uevent->address, sizeof(uevent->address), "%s", address);
	uevent->is_news = *cause;
	uevent->cause = cause_parse(cause);
	uevent->supported = page_set_parse(property(device,
						    "MODEPAGES_SUPPORTED"));
	uevent->changed = page_set_parse(property(device,
						  "MODEPAGES_CHANGED"));
	uevent->generation = strtoull(property(device, "MODEPAGES_GENERATION"),
				      NULL, 10);
}

/*
 * The next message. Returns 0, -EAGAIN when there is none, -ENOBUFS when some
 * were lost, or another negative errno.
 */
int uevent_receive(struct uevent_socket *socket, struct uevent *uevent)
{
	struct udev_device *device;

	do {
		errno = EAGAIN;
		device = udev_monitor_receive_device(socket->monitor);
	} while (!device && errno == EINTR);
	if (!device)
		return -errno;
	take_apart(device, uevent);
	udev_device_unref(device);
	return 0;
}
