// SPDX-License-Identifier: MIT
/*
 * Which drive a name stands for, and which drives there are. Reads sysfs, not by
 * libudev: that looks at each device below a drive to find two of them, by dozens of
 * system calls for each. Opens no device.
 */
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "internal.h"

#define SCSI_DEVICES	"/sys/bus/scsi/devices"

/* From a device below a drive to the drive; far more than there are. */
#define MOST_LEVELS	16

#define UEVENT_ROOM	512	/* that of a SCSI device has four lines */

#define INQUIRY_LENGTH	36	/* what each device has of it */

#define ENTRIES_ROOM	512	/* of a directory, at once */

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

static int open_directory(int at, const char *path)
{
	return openat(at, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

/* The text of a file in a directory of sysfs; empty if there is none. */
static void read_text(int directory, const char *path, char *text, size_t room)
{
	int fd = openat(directory, path, O_RDONLY | O_CLOEXEC);
	ssize_t length = fd < 0 ? 0 : read(fd, text, room - 1);

	text[length > 0 ? length : 0] = '\0';
	if (fd >= 0)
		close(fd);
}

static bool is_drive(int scsi)
{
	char type[8];

	read_text(scsi, "type", type, sizeof(type));
	return !strcmp(type, TYPE_ROM "\n") || !strcmp(type, TYPE_WORM "\n");
}

static bool is_scsi_device(int directory)
{
	char text[UEVENT_ROOM] = "\n";

	read_text(directory, "uevent", text + 1, sizeof(text) - 1);
	return strstr(text, "\nDEVTYPE=scsi_device\n");
}

/* A copy of the name of the first directory among so many bytes of entries. */
static char *first_directory(const char *entries, ssize_t length)
{
	const struct dirent64 *entry;
	ssize_t at;

	for (at = 0; at < length; at += entry->d_reclen) {
		entry = (const struct dirent64 *)(entries + at);
		if (entry->d_name[0] != '.' && entry->d_type == DT_DIR)
			return strdup(entry->d_name);
	}
	return NULL;
}

/*
 * A copy of the name of the only directory in one; NULL if there is none. Not by
 * readdir(), which has room for a thousand.
 */
static char *only_child(int directory, const char *path)
{
	char entries[ENTRIES_ROOM] __attribute__((aligned(8)));
	int fd = openat(directory, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	char *name = NULL;
	ssize_t length;

	if (fd < 0)
		return NULL;
	while (!name &&
	       (length = getdents64(fd, entries, sizeof(entries))) > 0)
		name = first_directory(entries, length);
	close(fd);
	return name;
}

/*
 * Path of the node of a drive's device in @subsystem; NULL if there is none. It is
 * called as the device is: so the kernel names it, and udev keeps that.
 */
static char *child_node(int scsi, const char *subsystem, const char *directory)
{
	char *child = only_child(scsi, subsystem), *node = NULL;

	if (child && asprintf(&node, "%s%s", directory, child) < 0)
		node = NULL;
	free(child);
	return node;
}

/* A copy of one of the strings of INQUIRY data, without the blanks that pad it. */
static char *inquiry_string(const char *data, size_t length)
{
	length = strnlen(data, length);
	while (length && *data == ' ') {
		data++;
		length--;
	}
	while (length && data[length - 1] == ' ')
		length--;
	return strndup(data, length);
}

/* Vendor, model and revision (SPC-4, 6.6.2): each has a file, too. */
static void read_inquiry(int scsi, struct libmodepages_info *info)
{
	char data[INQUIRY_LENGTH + 1] = "";

	read_text(scsi, "inquiry", data, sizeof(data));
	info->vendor = inquiry_string(data + 8, 8);
	info->model = inquiry_string(data + 16, 16);
	info->revision = inquiry_string(data + 32, 4);
}

static struct libmodepages_info *info_from(int scsi, const char *address)
{
	struct libmodepages_info *info = calloc(1, sizeof(*info));

	if (!info)
		return NULL;
	info->address = strdup(address);
	info->node = child_node(scsi, "modepages", "/dev/modepages/");
	info->block = child_node(scsi, "block", "/dev/");
	read_inquiry(scsi, info);
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

static bool has_subsystem(int directory, const char *subsystem)
{
	char target[PATH_MAX];
	ssize_t length = readlinkat(directory, "subsystem", target,
				    sizeof(target) - 1);

	if (length < 0)
		return false;
	target[length] = '\0';
	return !strcmp(strrchr(target, '/') ?: "", subsystem);
}

/* A device's directory by the number of its node, or -1. */
static int from_node(const char *name, const struct stat *file,
		     struct lookup *lookup)
{
	bool block = S_ISBLK(file->st_mode);
	char path[64];
	int device;

	snprintf(path, sizeof(path), "/sys/dev/%s/%u:%u",
		 block ? "block" : "char", major(file->st_rdev),
		 minor(file->st_rdev));
	device = open_directory(AT_FDCWD, path);
	/* A container may have the file under a name of its own. */
	if (device >= 0 && block)
		lookup->block = name;
	else if (device >= 0 && has_subsystem(device, "/modepages"))
		lookup->node = name;
	return device;
}

/* The same by a path in sysfs, links like /sys/class/... included. */
static int from_sysfs(const char *path)
{
	int device = open_directory(AT_FDCWD, path);
	struct statfs fs;

	if (device < 0)
		return -1;
	if (!fstatfs(device, &fs) && fs.f_type == SYSFS_MAGIC &&
	    !faccessat(device, "uevent", F_OK, 0))
		return device;
	close(device);
	return -1;
}

/*
 * The directory of the device that a path stands for: the drive itself, or one below
 * it. Where there is none, -1, and *@error says why.
 */
static int find_device(const char *path, struct lookup *lookup, int *error)
{
	struct stat file;

	if (stat(path, &file)) {
		*error = -errno;
		return -1;
	}
	*error = -ENOTTY;
	if (S_ISDIR(file.st_mode))
		return from_sysfs(path);
	if (S_ISBLK(file.st_mode) || S_ISCHR(file.st_mode))
		return from_node(path, &file, lookup);
	return -1;
}

/* The SCSI device that @device, which is closed, is or is below of; or -1. */
static int scsi_device(int device)
{
	int level;

	for (level = 0; device >= 0 && level < MOST_LEVELS; level++) {
		int parent;

		if (is_scsi_device(device))
			return device;
		parent = open_directory(device, "..");
		close(device);
		device = parent;
	}
	if (device >= 0)
		close(device);
	return -1;
}

static int drive_from(int scsi, const char *address, struct lookup *lookup)
{
	if (!is_drive(scsi))
		return -ENOTTY;
	lookup->info = info_from(scsi, address);
	return lookup->info ? 0 : -ENOMEM;
}

static int lookup_address(const char *address, struct lookup *lookup)
{
	char path[PATH_MAX];
	int scsi, err;

	if (!address_valid(address))
		return -EINVAL;
	snprintf(path, sizeof(path), SCSI_DEVICES "/%s", address);
	scsi = open_directory(AT_FDCWD, path);
	if (scsi < 0)
		return -ENODEV;
	err = drive_from(scsi, address, lookup);
	close(scsi);
	return err;
}

static int lookup_path(const char *path, struct lookup *lookup)
{
	int device, scsi, err;
	char *address;

	device = find_device(path, lookup, &err);
	if (device < 0)
		return err;
	scsi = scsi_device(device);
	if (scsi < 0)
		return -ENOTTY;
	/* Its child of that class has its name. */
	address = only_child(scsi, "scsi_device");
	err = address ? drive_from(scsi, address, lookup) : -ENODEV;
	free(address);
	close(scsi);
	return err;
}

/* Look @name up; on success the caller frees lookup->info. */
int lookup_name(const char *name, struct lookup *lookup)
{
	memset(lookup, 0, sizeof(*lookup));
	return strchr(name, '/') ? lookup_path(name, lookup) :
				   lookup_address(name, lookup);
}

static int drives_add(struct libmodepages_drives *drives, int scsi,
		      const char *address)
{
	struct libmodepages_info **infos, *info = info_from(scsi, address);

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

/* Add every optical drive of this machine, in no particular order. */
int lookup_all(struct libmodepages_drives *drives)
{
	DIR *all = opendir(SCSI_DEVICES);
	struct dirent *entry;
	int err = 0;

	if (!all)
		return errno == ENOENT ? 0 : -errno;
	while (!err && (entry = readdir(all))) {
		int scsi;

		/* Hosts and targets are there, too. */
		if (!address_valid(entry->d_name))
			continue;
		scsi = open_directory(dirfd(all), entry->d_name);
		/* It may have gone since. */
		if (scsi < 0)
			continue;
		if (is_drive(scsi))
			err = drives_add(drives, scsi, entry->d_name);
		close(scsi);
	}
	closedir(all);
	return err;
}
