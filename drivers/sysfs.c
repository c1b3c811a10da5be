// SPDX-License-Identifier: GPL-2.0-only
/*
 * The attributes of a drive, and which files there are at a time.
 */
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/log2.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "modepages.h"

static ssize_t supported_show(struct device *dev, struct device_attribute *attr,
			      char *buf)
{
	u64 supported = modepages_device_supported(dev_to_modepages(dev));
	char codes[MODEPAGES_CODES_SIZE];

	modepages_event_codes(supported, codes);
	return sysfs_emit(buf, "%s\n", codes);
}
static DEVICE_ATTR_RO(supported);

static ssize_t generation_show(struct device *dev,
			       struct device_attribute *attr, char *buf)
{
	struct modepages_device *md = dev_to_modepages(dev);

	return sysfs_emit(buf, "%llu\n", atomic64_read(&md->generation));
}
static DEVICE_ATTR_RO(generation);

static ssize_t max_age_ms_show(struct device *dev,
			       struct device_attribute *attr, char *buf)
{
	struct modepages_device *md = dev_to_modepages(dev);

	return sysfs_emit(buf, "%d\n", READ_ONCE(md->max_age_ms));
}

static ssize_t max_age_ms_store(struct device *dev,
				struct device_attribute *attr, const char *buf,
				size_t count)
{
	struct modepages_device *md = dev_to_modepages(dev);
	int value, ret;

	ret = kstrtoint(buf, 10, &value);
	if (ret)
		return ret;
	if (value < -1)
		return -EINVAL;
	WRITE_ONCE(md->max_age_ms, value);
	/* An event may have been waiting for as long as it was before. */
	modepages_event_publish(md);
	return count;
}
static DEVICE_ATTR_RW(max_age_ms);

static ssize_t refresh_store(struct device *dev, struct device_attribute *attr,
			     const char *buf, size_t count)
{
	int ret;

	if (!sysfs_streq(buf, "1"))
		return -EINVAL;
	ret = modepages_refresh(dev_to_modepages(dev));
	return ret ?: count;
}
static DEVICE_ATTR_WO(refresh);

/* The names are the processes' own choice. */
static ssize_t holder_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	struct pid_namespace *ns = task_active_pid_ns(current);
	struct modepages_device *md = dev_to_modepages(dev);
	const struct modepages_file *mf;
	ssize_t length = 0;

	spin_lock(&md->lock);
	list_for_each_entry(mf, &md->files_open, list)
		if (modepages_file_holds(mf))
			length += sysfs_emit_at(buf, length, "%d %*pE\n",
						pid_nr_ns(mf->pid, ns),
						(int)strlen(mf->comm),
						mf->comm);
	spin_unlock(&md->lock);
	return length;
}
static DEVICE_ATTR_RO(holder);

static ssize_t last_status_show(struct device *dev,
				struct device_attribute *attr, char *buf)
{
	struct modepages_device *md = dev_to_modepages(dev);
	struct modepages_status status;

	spin_lock(&md->lock);
	status = md->last_status;
	spin_unlock(&md->lock);
	return sysfs_emit(buf, "%s %02x/%02x/%02x\n", status_name(status.code),
			  status.sense_key, status.asc, status.ascq);
}
static DEVICE_ATTR_RO(last_status);

#define MODEPAGES_QUIRK_NAME(_quirk, _name) \
	[ilog2(MODEPAGES_QUIRK_##_quirk)] = _name

static const char * const modepages_quirk_names[] = {
	MODEPAGES_QUIRK_NAME(DBD_REFUSED, "dbd_refused"),
	MODEPAGES_QUIRK_NAME(NO_ALL_PAGES, "no_all_pages"),
	MODEPAGES_QUIRK_NAME(DBD_IGNORED, "dbd_ignored"),
	MODEPAGES_QUIRK_NAME(MODE_SENSE_6, "mode_sense_6"),
	MODEPAGES_QUIRK_NAME(HEADER_6, "header_6"),
	MODEPAGES_QUIRK_NAME(LENGTH_TOO_SMALL, "length_too_small"),
	MODEPAGES_QUIRK_NAME(LENGTH_TOO_LARGE, "length_too_large"),
	MODEPAGES_QUIRK_NAME(DESCRIPTOR_LENGTH, "descriptor_length"),
	MODEPAGES_QUIRK_NAME(SMALL_ALLOCATION, "small_allocation"),
	MODEPAGES_QUIRK_NAME(ALL_PAGES_UNSOUND, "all_pages_unsound"),
	MODEPAGES_QUIRK_NAME(RESIDUE, "residue"),
	MODEPAGES_QUIRK_NAME(PASSIVE, "passive"),
};

static ssize_t quirks_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	struct modepages_device *md = dev_to_modepages(dev);
	u64 quirks = modepages_device_quirks(md);
	ssize_t length = 0;
	unsigned int bit;

	for (bit = 0; bit < ARRAY_SIZE(modepages_quirk_names); bit++)
		if (quirks & BIT_ULL(bit))
			length += sysfs_emit_at(buf, length, "%s%s",
						length ? " " : "",
						modepages_quirk_names[bit]);
	return length + sysfs_emit_at(buf, length, "\n");
}
static DEVICE_ATTR_RO(quirks);

static struct attribute *modepages_attrs[] = {
	&dev_attr_supported.attr,
	&dev_attr_generation.attr,
	&dev_attr_max_age_ms.attr,
	&dev_attr_refresh.attr,
	&dev_attr_holder.attr,
	&dev_attr_last_status.attr,
	&dev_attr_quirks.attr,
	NULL
};

/* Never updated: its files may be held open for as long as the drive is there. */
static const struct attribute_group modepages_group = {
	.attrs = modepages_attrs,
};

/* The sets of files that come and go stand in their order behind the first. */
const struct attribute_group *modepages_groups[] = {
	&modepages_group,
	&modepages_pages_groups[MODEPAGES_CONTROL_CURRENT],
	&modepages_pages_groups[MODEPAGES_CONTROL_CHANGEABLE],
	&modepages_pages_groups[MODEPAGES_CONTROL_DEFAULT],
	&modepages_pages_groups[MODEPAGES_CONTROL_SAVED],
	&modepages_capabilities_group,
	NULL
};

static const struct attribute_group *modepages_set_group(unsigned int set)
{
	return modepages_groups[1 + set];
}

static const struct attribute *modepages_set_attribute(unsigned int set,
						       unsigned int number)
{
	if (set == MODEPAGES_FILES_CAPABILITIES)
		return modepages_capability_attribute(number);
	return modepages_page_attribute(set, number);
}

static u64 modepages_wanted_files(struct modepages_device *md,
				  unsigned int set)
{
	if (set == MODEPAGES_FILES_CAPABILITIES)
		return modepages_capabilities_files(md);
	return modepages_pages_files(md, set);
}

/* The files that stay are left alone, and whoever has one of them open. */
static void modepages_remove_files(struct modepages_device *md,
				   unsigned int set, u64 files)
{
	const struct attribute_group *group = modepages_set_group(set);
	struct kobject *kobj = &md->dev.kobj;
	unsigned int i;

	for (i = 0; i < BITS_PER_TYPE(files); i++)
		if (files & BIT_ULL(i))
			sysfs_remove_file_from_group(kobj,
						     modepages_set_attribute(set, i),
						     group->name);
	if (!md->files[set] && set != MODEPAGES_CONTROL_CURRENT)
		sysfs_remove_group(kobj, group);
}

/* There is no way to add one file of a page: all are made anew. */
static int modepages_make_files(struct modepages_device *md, unsigned int set)
{
	int ret;

	ret = sysfs_update_group(&md->dev.kobj, modepages_set_group(set));
	/* That has removed them all: the next time is to try again. */
	if (ret)
		md->files[set] = 0;
	return ret;
}

static int modepages_update_files(struct modepages_device *md,
				  unsigned int set, u64 wanted)
{
	u64 before = md->files[set];

	md->files[set] = wanted;
	if (!md->added || wanted == before)
		return 0;
	if (wanted & ~before)
		return modepages_make_files(md, set);
	modepages_remove_files(md, set, before & ~wanted);
	return 0;
}

/**
 * modepages_sysfs_update() - have a file for what the drive has, and no other
 * @md: the drive
 *
 * Where a directory gets new files, those who have one of it open get ENODEV.
 *
 * Context: process, with @life of the drive held. Waits for readers of the files
 * that it removes.
 * Return: 0, or a negative errno when there was no memory for a file.
 */
int modepages_sysfs_update(struct modepages_device *md)
{
	unsigned int set;
	u64 wanted;
	int ret = 0;

	lockdep_assert_held(&md->life);
	for (set = 0; set < MODEPAGES_FILE_SETS; set++) {
		wanted = modepages_wanted_files(md, set);
		ret = modepages_update_files(md, set, wanted) ?: ret;
	}
	return ret;
}

/**
 * modepages_sysfs_notify() - tell those who poll that the generation has moved
 * @md: the drive
 *
 * Context: process, with @life of the drive held, while it is in sysfs.
 */
void modepages_sysfs_notify(struct modepages_device *md)
{
	sysfs_notify(&md->dev.kobj, NULL, dev_attr_generation.attr.name);
}

/**
 * modepages_sysfs_errno() - the errno for who reads a file of sysfs
 * @error: what became of asking the drive, 0 or a negative errno
 *
 * ENOENT from an open file would look like a wrong path.
 *
 * Return: 0 or a negative errno.
 */
int modepages_sysfs_errno(int error)
{
	return error == -ENOENT || error == -EOPNOTSUPP ? -ENODATA : error;
}

/**
 * modepages_sysfs_init() - fill in the attributes that are made from tables
 *
 * Context: module init, before the class is registered.
 */
void modepages_sysfs_init(void)
{
	modepages_pages_init();
	modepages_capabilities_init();
}
