// SPDX-License-Identifier: MIT
/*
 * The messages that the kernel, or udev after it, sends about the module's
 * devices.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "internal.h"
#include "udev.h"

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

static int open_monitor(struct uevent_socket *socket)
{
	const struct libudev *libudev = socket->libudev;
	const char *group = udev_runs() ? "udev" : "kernel";
	int err;

	errno = ENOMEM;
	socket->udev = libudev->new();
	if (!socket->udev)
		return -errno;
	socket->monitor = libudev->monitor_new(socket->udev, group);
	if (!socket->monitor)
		return -errno;
	err = libudev->filter(socket->monitor, SUBSYSTEM, NULL);
	if (err >= 0)
		err = libudev->enable(socket->monitor);
	return err < 0 ? err : 0;
}

/* From now on messages are kept for uevent_receive(). */
int uevent_open(struct uevent_socket *socket)
{
	int err = udev_load(&socket->libudev);

	if (err)
		return err;
	socket->udev = NULL;
	socket->monitor = NULL;
	err = open_monitor(socket);
	if (err)
		uevent_close(socket);
	return err;
}

void uevent_close(struct uevent_socket *socket)
{
	socket->libudev->monitor_unref(socket->monitor);
	socket->libudev->unref(socket->udev);
	udev_unload(socket->libudev);
}

int uevent_fd(const struct uevent_socket *socket)
{
	return socket->libudev->get_fd(socket->monitor);
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

/* What a device says of itself, or "". */
static const char *property(const struct libudev *libudev,
			    struct udev_device *device, const char *name)
{
	return libudev->get_property(device, name) ?: "";
}

static void take_apart(const struct libudev *libudev,
		       struct udev_device *device, struct uevent *uevent)
{
	const char *action = libudev->get_action(device) ?: "";
	const char *address = libudev->get_sysname(device) ?: "";
	const char *cause = property(libudev, device, "MODEPAGES_CAUSE");
	const char *number = property(libudev, device, "MODEPAGES_GENERATION");

	memset(uevent, 0, sizeof(*uevent));
	uevent->kind = address_valid(address) ? kind_of(action) : UEVENT_OTHER;
	snprintf(uevent->address, sizeof(uevent->address), "%s", address);
	uevent->is_news = *cause;
	uevent->cause = cause_parse(cause);
	uevent->supported = page_set_parse(property(libudev, device,
						    "MODEPAGES_SUPPORTED"));
	uevent->changed = page_set_parse(property(libudev, device,
						  "MODEPAGES_CHANGED"));
	uevent->generation = strtoull(number, NULL, 10);
}

/*
 * The next message. Returns 0, -EAGAIN when there is none, -ENOBUFS when some
 * were lost, or another negative errno.
 */
int uevent_receive(struct uevent_socket *socket, struct uevent *uevent)
{
	const struct libudev *libudev = socket->libudev;
	struct udev_device *device;

	do {
		errno = EAGAIN;
		device = libudev->receive(socket->monitor);
	} while (!device && errno == EINTR);
	if (!device)
		return -errno;
	take_apart(libudev, device, uevent);
	libudev->device_unref(device);
	return 0;
}
