// SPDX-License-Identifier: MIT
/*
 * Which drive a name stands for, and which drives there are. Reads sysfs
 * through libudev; opens no device.
 */
#include <libudev.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "internal.h"

/* Peripheral device types that sr serves (SPC-4, 6.6.2), as in sysfs. */
#define TYPE_WORM	"4"
#define TYPE_ROM	"5"

/* Four decimal numbers with colons between them, and nothing else. */
bool address_valid(const char *word)
{
	int part;

	for (part = 0; part < 4; part++) {
		if (part > 0 && *word++ != ':')
			return false;
		if (*word < '0' || *word > '9')
			return false;
		while (*word >= '0' && *word <= '9')
			word++;
	}
	return !*word;
}

static bool is_drive(struct udev_device *scsi)
{
	const char *type = udev_device_get_sysattr_value(scsi, "type");

	return type && (!strcmp(type, TYPE_ROM) || !strcmp(type, TYPE_WORM));
}

/* Path of the node of @scsi's child in @subsystem; NULL if there is none. */
static char *child_node(struct udev *udev, struct udev_device *scsi,
			const char *subsystem)
{
	struct udev_enumerate *children = udev_enumerate_new(udev);
	struct udev_list_entry *entry;
	char *node = NULL;

	if (!children)
		return NULL;
	udev_enumerate_add_match_parent(children, scsi);
	udev_enumerate_add_match_subsystem(children, subsystem);
	udev_enumerate_scan_devices(children);
	udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(children)) {
		const char *path = udev_list_entry_get_name(entry);
		struct udev_device *child;
		const char *name;

		child = udev_device_new_from_syspath(udev, path);
		name = child ? udev_device_get_devnode(child) : NULL;
		if (name && !node)
			node = strdup(name);
		if (child)
			udev_device_unref(child);
	}
	udev_enumerate_unref(children);
	return node;
}

/* A copy of an INQUIRY string, without the blanks that pad it. */
static char *inquiry(struct udev_device *scsi, const char *attribute)
{
	const char *value = udev_device_get_sysattr_value(scsi, attribute);
	size_t length;

	if (!value)
		value = "";
	while (*value == ' ')
		value++;
	length = strlen(value);
	while (length && (value[length - 1] == ' ' || value[length - 1] == '\n'))
		length--;
	return strndup(value, length);
}

static struct libmodepages_info *info_from(struct udev *udev,
					   struct udev_device *scsi)
{
	struct libmodepages_info *info = calloc(1, sizeof(*info));

	if (!info)
		return NULL;
	info->address = strdup(udev_device_get_sysname(scsi));
	info->node = child_node(udev, scsi, "modepages");
	info->block = child_node(udev, scsi, "block");
	info->vendor = inquiry(scsi, "vendor");
	info->model = inquiry(scsi, "model");
	info->revision = inquiry(scsi, "rev");
	if (!info->address || !info->vendor || !info->model || !info->revision) {
		libmodepages_info_free(info);
		return NULL;
	}
	if (info->node)
		info->backend = LIBMODEPAGES_BACKEND_MODULE;
	else if (info->block)
		info->backend = LIBMODEPAGES_BACKEND_SG_IO;
	return info;
}

static struct udev_device *from_sysfs(struct udev *udev, const char *path)
{
	char real[PATH_MAX];

	/* Links like /sys/class/modepages/0:0:0:0/device lead on to it. */
	if (!realpath(path, real))
		return NULL;
	return udev_device_new_from_syspath(udev, real);
}

/*
 * The device that a name stands for: the drive itself, or one below it. Where
 * there is none, *@error says why.
 */
static struct udev_device *find_device(struct udev *udev, const char *name,
				       struct lookup *lookup, int *error)
{
	struct udev_device *device;
	struct stat file;

	if (!strchr(name, '/')) {
		*error = address_valid(name) ? -ENODEV : -EINVAL;
		if (*error == -EINVAL)
			return NULL;
		return udev_device_new_from_subsystem_sysname(udev, "scsi",
							      name);
	}
	if (stat(name, &file)) {
		*error = -errno;
		return NULL;
	}
	*error = -ENOTTY;
	if (S_ISDIR(file.st_mode))
		return from_sysfs(udev, name);
	if (!S_ISBLK(file.st_mode) && !S_ISCHR(file.st_mode))
		return NULL;

	device = udev_device_new_from_devnum(udev,
					     S_ISBLK(file.st_mode) ? 'b' : 'c',
					     file.st_rdev);
	/* A container may have the file under a name of its own. */
	if (device && S_ISBLK(file.st_mode))
		lookup->block = name;
	else if (device && !strcmp(udev_device_get_subsystem(device) ?: "",
				   "modepages"))
		lookup->node = name;
	return device;
}

/* The SCSI device that @device is or is below of; @device owns it. */
static struct udev_device *scsi_device(struct udev_device *device)
{
	const char *type = udev_device_get_devtype(device);

	if (type && !strcmp(type, "scsi_device"))
		return device;
	return udev_device_get_parent_with_subsystem_devtype(device, "scsi",
							     "scsi_device");
}

/* Look @name up; on success the caller frees lookup->info. */
int lookup_name(const char *name, struct lookup *lookup)
{
	struct udev_device *device, *scsi;
	struct udev *udev = udev_new();
	int err = -ENOMEM;

	memset(lookup, 0, sizeof(*lookup));
	if (!udev)
		return -ENOMEM;
	device = find_device(udev, name, lookup, &err);
	if (device) {
		scsi = scsi_device(device);
		if (!scsi || !is_drive(scsi)) {
			err = -ENOTTY;
		} else {
			lookup->info = info_from(udev, scsi);
			err = lookup->info ? 0 : -ENOMEM;
		}
		udev_device_unref(device);
	}
	udev_unref(udev);
	return err;
}

static int drives_add(struct libmodepages_drives *drives, struct udev *udev,
		      struct udev_device *scsi)
{
	struct libmodepages_info **infos, *info = info_from(udev, scsi);

	if (!info)
		return -ENOMEM;
	infos = reallocarray(drives->infos, drives->count + 1, sizeof(*infos));
	if (!infos) {
		libmodepages_info_free(info);
		return -ENOMEM;
	}
	drives->infos = infos;
	infos[drives->count++] = info;
	return 0;
}

static int drives_scan(struct libmodepages_drives *drives, struct udev *udev,
		       struct udev_enumerate *all)
{
	struct udev_list_entry *entry;
	int err;

	udev_enumerate_add_match_subsystem(all, "scsi");
	udev_enumerate_add_match_property(all, "DEVTYPE", "scsi_device");
	err = udev_enumerate_scan_devices(all);

	udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(all)) {
		const char *path = udev_list_entry_get_name(entry);
		struct udev_device *scsi;

		scsi = udev_device_new_from_syspath(udev, path);
		/* It may have gone since the scan. */
		if (!scsi)
			continue;
		if (!err && is_drive(scsi))
			err = drives_add(drives, udev, scsi);
		udev_device_unref(scsi);
	}
	return err;
}

/* Add every optical drive of this machine, in no particular order. */
int lookup_all(struct libmodepages_drives *drives)
{
	struct udev *udev = udev_new();
	struct udev_enumerate *all = udev ? udev_enumerate_new(udev) : NULL;
	int err = -ENOMEM;

	if (all)
		err = drives_scan(drives, udev, all);
	udev_enumerate_unref(all);
	udev_unref(udev);
	return err;
}
