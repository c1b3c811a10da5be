// SPDX-License-Identifier: MIT
/*
 * libudev is loaded when somebody watches. To have it loaded with every program that
 * uses this library, and what it needs itself, takes longer than to read all pages.
 */
#include <dlfcn.h>
#include <stdlib.h>

#include "internal.h"
#include "udev.h"

#define SONAME	"libudev.so.1"

#define FUNCTION(member, name)	{ #name, offsetof(struct libudev, member) }

static const struct {
	const char *name;
	size_t offset;
} functions[] = {
	FUNCTION(new, udev_new),
	FUNCTION(unref, udev_unref),
	FUNCTION(monitor_new, udev_monitor_new_from_netlink),
	FUNCTION(monitor_unref, udev_monitor_unref),
	FUNCTION(filter, udev_monitor_filter_add_match_subsystem_devtype),
	FUNCTION(enable, udev_monitor_enable_receiving),
	FUNCTION(get_fd, udev_monitor_get_fd),
	FUNCTION(receive, udev_monitor_receive_device),
	FUNCTION(device_unref, udev_device_unref),
	FUNCTION(get_action, udev_device_get_action),
	FUNCTION(get_sysname, udev_device_get_sysname),
	FUNCTION(get_property, udev_device_get_property_value),
};

static bool find_functions(struct libudev *libudev)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(functions); i++) {
		void *found = dlsym(libudev->handle, functions[i].name);

		if (!found)
			return false;
		memcpy((char *)libudev + functions[i].offset, &found,
		       sizeof(found));
	}
	return true;
}

/* 0, -ELIBACC when it is not there, or -ENOMEM. */
int udev_load(struct libudev **libudev)
{
	struct libudev *new = calloc(1, sizeof(*new));

	if (!new)
		return -ENOMEM;
	new->handle = dlopen(SONAME, RTLD_NOW | RTLD_LOCAL);
	if (!new->handle || !find_functions(new)) {
		udev_unload(new);
		return -ELIBACC;
	}
	*libudev = new;
	return 0;
}

void udev_unload(struct libudev *libudev)
{
	if (libudev->handle)
		dlclose(libudev->handle);
	free(libudev);
}
