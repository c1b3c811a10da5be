// SPDX-License-Identifier: MIT
/*
 * What is known of a drive without opening it, and of all drives.
 */
#include <stdlib.h>

#include "internal.h"

/**
 * libmodepages_info_new() - look up a drive without opening it
 * @name: as for libmodepages_drive_open()
 * @info: result; free with libmodepages_info_free()
 *
 * Sends no command.
 *
 * Return: 0, or a negative errno as from libmodepages_drive_open(). -EACCES
 * comes only from a directory on the way.
 */
int libmodepages_info_new(const char *name, struct libmodepages_info **info)
{
	struct lookup lookup;
	int err = lookup_name(name, &lookup);

	if (!err)
		*info = lookup.info;
	return err;
}

/**
 * libmodepages_info_free() - free what libmodepages_info_new() made
 * @info: the information, or NULL
 */
void libmodepages_info_free(struct libmodepages_info *info)
{
	if (!info)
		return;
	free(info->address);
	free(info->node);
	free(info->block);
	free(info->vendor);
	free(info->model);
	free(info->revision);
	free(info);
}

static bool copy_text(char **copy, const char *text)
{
	if (text)
		*copy = strdup(text);
	return *copy || !text;
}

/* Returns NULL when there is no memory. */
struct libmodepages_info *info_copy(const struct libmodepages_info *info)
{
	struct libmodepages_info *copy = calloc(1, sizeof(*copy));

	if (!copy)
		return NULL;
	copy->backend = info->backend;
	if (copy_text(&copy->address, info->address) &&
	    copy_text(&copy->node, info->node) &&
	    copy_text(&copy->block, info->block) &&
	    copy_text(&copy->vendor, info->vendor) &&
	    copy_text(&copy->model, info->model) &&
	    copy_text(&copy->revision, info->revision))
		return copy;
	libmodepages_info_free(copy);
	return NULL;
}

/**
 * libmodepages_info_get_address() - SCSI address of a drive
 * @info: the drive
 *
 * Return: host:channel:target:lun in decimal.
 */
const char *libmodepages_info_get_address(const struct libmodepages_info *info)
{
	return info->address;
}

/**
 * libmodepages_info_get_node() - the module's node of a drive
 * @info: the drive
 *
 * Return: its path, or NULL when the module does not serve the drive.
 */
const char *libmodepages_info_get_node(const struct libmodepages_info *info)
{
	return info->node;
}

/**
 * libmodepages_info_get_block() - the block device of a drive
 * @info: the drive
 *
 * Return: its path, or NULL when the sr driver does not serve the drive.
 */
const char *libmodepages_info_get_block(const struct libmodepages_info *info)
{
	return info->block;
}

/**
 * libmodepages_info_get_vendor() - vendor of a drive
 * @info: the drive
 *
 * Return: vendor identification of INQUIRY without the blanks around it.
 */
const char *libmodepages_info_get_vendor(const struct libmodepages_info *info)
{
	return info->vendor;
}

/**
 * libmodepages_info_get_model() - model of a drive
 * @info: the drive
 *
 * Return: product identification of INQUIRY without the blanks around it.
 */
const char *libmodepages_info_get_model(const struct libmodepages_info *info)
{
	return info->model;
}

/**
 * libmodepages_info_get_revision() - firmware revision of a drive
 * @info: the drive
 *
 * Return: product revision of INQUIRY without the blanks around it.
 */
const char *libmodepages_info_get_revision(const struct libmodepages_info *info)
{
	return info->revision;
}

/**
 * libmodepages_info_get_backend() - how a drive is reached
 * @info: the drive
 *
 * Return: the way in use for an open drive; for one that was only looked up,
 * the way that opening it would try first.
 */
enum libmodepages_backend
libmodepages_info_get_backend(const struct libmodepages_info *info)
{
	return info->backend;
}

/**
 * libmodepages_backend_name() - name of a way to reach a drive
 * @backend: one of &enum libmodepages_backend
 *
 * Return: "module", "sg_io" or "none".
 */
const char *libmodepages_backend_name(enum libmodepages_backend backend)
{
	switch (backend) {
	case LIBMODEPAGES_BACKEND_MODULE:
		return "module";
	case LIBMODEPAGES_BACKEND_SG_IO:
		return "sg_io";
	default:
		return "none";
	}
}

/* By number, not by character: 2:0:0:0 comes before 10:0:0:0. */
static int compare(const void *left, const void *right)
{
	const struct libmodepages_info * const *a = left, * const *b = right;
	const char *p = (*a)->address, *q = (*b)->address;
	int part;

	for (part = 0; part < 4; part++) {
		char *end_p, *end_q;
		unsigned long long m = strtoull(p, &end_p, 10);
		unsigned long long n = strtoull(q, &end_q, 10);

		if (m != n)
			return m < n ? -1 : 1;
		p = *end_p ? end_p + 1 : end_p;
		q = *end_q ? end_q + 1 : end_q;
	}
	return 0;
}

/**
 * libmodepages_drives_new() - find the optical drives of this machine
 * @drives: result, ascending by address; free with libmodepages_drives_free()
 *
 * Opens no drive and sends no command.
 *
 * Return: 0, also when there is no drive; -ENOMEM, or what reading sysfs failed
 * with.
 */
int libmodepages_drives_new(struct libmodepages_drives **drives)
{
	struct libmodepages_drives *new = calloc(1, sizeof(*new));
	int err;

	if (!new)
		return -ENOMEM;
	err = lookup_all(new);
	if (err < 0) {
		libmodepages_drives_free(new);
		return err;
	}
	if (new->count)
		qsort(new->infos, new->count, sizeof(*new->infos), compare);
	*drives = new;
	return 0;
}

/**
 * libmodepages_drives_free() - free what libmodepages_drives_new() made
 * @drives: the drives, or NULL; every &struct libmodepages_info in it goes too
 */
void libmodepages_drives_free(struct libmodepages_drives *drives)
{
	size_t i;

	if (!drives)
		return;
	for (i = 0; i < drives->count; i++)
		libmodepages_info_free(drives->infos[i]);
	free(drives->infos);
	free(drives);
}

/**
 * libmodepages_drives_get_count() - number of drives
 * @drives: the drives
 *
 * Return: how many there are.
 */
size_t libmodepages_drives_get_count(const struct libmodepages_drives *drives)
{
	return drives->count;
}

/**
 * libmodepages_drives_get_info() - one of the drives
 * @drives: the drives
 * @index: which one, from 0
 *
 * Return: what is known of it, valid as long as @drives; NULL when @index is
 * too high.
 */
const struct libmodepages_info *
libmodepages_drives_get_info(const struct libmodepages_drives *drives,
			     size_t index)
{
	return index < drives->count ? drives->infos[index] : NULL;
}
