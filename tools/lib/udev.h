/* SPDX-License-Identifier: MIT */
/*
 * What uevent.c calls of libudev.
 */
#ifndef LIBMODEPAGES_UDEV_H
#define LIBMODEPAGES_UDEV_H

#include <libudev.h>

struct libudev {
	void *handle;
	__typeof__(udev_new) *new;
	__typeof__(udev_unref) *unref;
	__typeof__(udev_monitor_new_from_netlink) *monitor_new;
	__typeof__(udev_monitor_unref) *monitor_unref;
	__typeof__(udev_monitor_filter_add_match_subsystem_devtype) *filter;
	__typeof__(udev_monitor_enable_receiving) *enable;
	__typeof__(udev_monitor_get_fd) *get_fd;
	__typeof__(udev_monitor_receive_device) *receive;
	__typeof__(udev_device_unref) *device_unref;
	__typeof__(udev_device_get_action) *get_action;
	__typeof__(udev_device_get_sysname) *get_sysname;
	__typeof__(udev_device_get_property_value) *get_property;
};

int udev_load(struct libudev **libudev);
void udev_unload(struct libudev *libudev);

#endif /* LIBMODEPAGES_UDEV_H */
