// SPDX-License-Identifier: GPL-2.0-only
/*
 * The attributes of a drive: its pages as files, and what is known about it.
 */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/log2.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "compat.h"
#include "modepages.h"

static struct modepages_device *kobj_to_modepages(struct kobject *kobj)
{
	return dev_to_modepages(kobj_to_dev(kobj));
}

static ssize_t supported_show(struct device *dev, struct device_attribute *attr,
			      char *buf)
{
	u64 supported = modepages_device_supported(dev_to_modepages(dev));
	ssize_t length = 0;
	unsigned int code;

	for (code = 0; code < MODE_PAGE_ALL; code++)
		if (supported & BIT_ULL(code))
			length += sysfs_emit_at(buf, length, "%s%02x",
						length ? " " : "", code);
	return length + sysfs_emit_at(buf, length, "\n");
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
	&dev_attr_last_status.attr,
	&dev_attr_quirks.attr,
	NULL
};

/* Never updated: its files may be held open for as long as the drive is there. */
static const struct attribute_group modepages_group = {
	.attrs = modepages_attrs,
};

/*
 * A callback sees the kobject and the attribute, nothing else: each page code
 * has an attribute of its own for each page control, shared by all drives.
 *
 * @control and @code of it are packed into the attribute's private pointer.
 */
static struct bin_attribute modepages_page_attributes[MODEPAGES_CONTROLS]
						     [MODE_PAGE_ALL];
static char modepages_page_names[MODE_PAGE_ALL][sizeof("3e")];
static compat_const_bin_attribute struct bin_attribute *
modepages_page_attrs[MODEPAGES_CONTROLS][MODE_PAGE_ALL + 1];

#define MODEPAGES_PRIVATE_SHIFT	8

static void *modepages_pack_key(u8 control, u8 code)
{
	return (void *)((uintptr_t)control << MODEPAGES_PRIVATE_SHIFT | code);
}

static struct modepages_key
modepages_unpack_key(const struct bin_attribute *attr)
{
	uintptr_t packed = (uintptr_t)attr->private;

	return (struct modepages_key) {
		.control = packed >> MODEPAGES_PRIVATE_SHIFT,
		.code = packed,
	};
}

/*
 * Called while a group is created or updated, with @life held. A control that
 * the drive refuses has no directory; current values always have one.
 */
static umode_t modepages_page_visible(struct kobject *kobj,
				      compat_const_bin_visible
				      struct bin_attribute *attr, int n)
{
	struct modepages_key key = modepages_unpack_key(attr);
	u64 files = kobj_to_modepages(kobj)->files[key.control];

	if (!n && !files && key.control != MODEPAGES_CONTROL_CURRENT)
		return SYSFS_GROUP_INVISIBLE;
	return files & BIT_ULL(key.code) ? attr->attr.mode : 0;
}

/* ENOENT from an open file would look like a wrong path. */
static int modepages_sysfs_errno(int error)
{
	return error == -ENOENT || error == -EOPNOTSUPP ? -ENODATA : error;
}

/* Only a read from the start asks the drive: the rest is of the same answer. */
static struct modepages_snapshot *
modepages_page_snapshot(struct modepages_device *md, struct modepages_key key,
			loff_t offset)
{
	struct modepages_snapshot *snapshot;

	if (!offset)
		return modepages_query(md, key.control, key.code);
	snapshot = modepages_snapshot_last(md, key.control, key.code);
	return snapshot ?: ERR_PTR(-ENODATA);
}

static ssize_t modepages_page_read(struct file *file, struct kobject *kobj,
				   compat_const_bin_attribute
				   struct bin_attribute *attr, char *buf,
				   loff_t offset, size_t count)
{
	struct modepages_device *md = kobj_to_modepages(kobj);
	struct modepages_key key = modepages_unpack_key(attr);
	struct modepages_snapshot *snapshot;
	struct mode_page page;
	ssize_t ret;

	snapshot = modepages_page_snapshot(md, key, offset);
	if (IS_ERR(snapshot))
		return PTR_ERR(snapshot);

	ret = modepages_sysfs_errno(modepages_snapshot_page(snapshot, key.code,
							    &page));
	if (!ret)
		ret = memory_read_from_buffer(buf, count, &offset, page.data,
					      page.length);
	modepages_snapshot_put(snapshot);
	return ret;
}

#define MODEPAGES_PAGES_GROUP(_control, _name)				\
	[MODEPAGES_CONTROL_##_control] = {				\
		.name = _name,						\
		.bin_attrs =						\
			modepages_page_attrs[MODEPAGES_CONTROL_##_control], \
		.is_bin_visible = modepages_page_visible,		\
	}

static const struct attribute_group modepages_pages_groups[] = {
	MODEPAGES_PAGES_GROUP(CURRENT, "modepages"),
	MODEPAGES_PAGES_GROUP(CHANGEABLE, "changeable"),
	MODEPAGES_PAGES_GROUP(DEFAULT, "default"),
	MODEPAGES_PAGES_GROUP(SAVED, "saved"),
};

const struct attribute_group *modepages_groups[] = {
	&modepages_group,
	&modepages_pages_groups[MODEPAGES_CONTROL_CURRENT],
	&modepages_pages_groups[MODEPAGES_CONTROL_CHANGEABLE],
	&modepages_pages_groups[MODEPAGES_CONTROL_DEFAULT],
	&modepages_pages_groups[MODEPAGES_CONTROL_SAVED],
	NULL
};

static u64 modepages_wanted_files(struct modepages_device *md, u8 control)
{
	u64 files;

	spin_lock(&md->lock);
	files = md->supported & ~md->absent[control];
	spin_unlock(&md->lock);
	return files;
}

/* The files that stay are left alone, and whoever has one of them open. */
static void modepages_remove_files(struct modepages_device *md, u8 control,
				   u64 codes)
{
	const struct attribute_group *group = &modepages_pages_groups[control];
	const struct bin_attribute *pages = modepages_page_attributes[control];
	struct kobject *kobj = &md->dev.kobj;
	unsigned int code;

	for (code = 0; code < MODE_PAGE_ALL; code++)
		if (codes & BIT_ULL(code))
			sysfs_remove_file_from_group(kobj, &pages[code].attr,
						     group->name);
	if (!md->files[control] && control != MODEPAGES_CONTROL_CURRENT)
		sysfs_remove_group(kobj, group);
}

/* There is no way to add one file of this kind: all are made anew. */
static int modepages_make_files(struct modepages_device *md, u8 control)
{
	int ret;

	ret = sysfs_update_group(&md->dev.kobj,
				 &modepages_pages_groups[control]);
	/* That has removed them all: the next time is to try again. */
	if (ret)
		md->files[control] = 0;
	return ret;
}

static int modepages_update_files(struct modepages_device *md, u8 control,
				  u64 wanted)
{
	u64 before = md->files[control];

	md->files[control] = wanted;
	if (!md->added || wanted == before)
		return 0;
	if (wanted & ~before)
		return modepages_make_files(md, control);
	modepages_remove_files(md, control, before & ~wanted);
	return 0;
}

/**
 * modepages_sysfs_update() - have a file for each page, and for no other
 * @md: the drive
 *
 * Where a page control gets new files, those who have one of it open get ENODEV.
 *
 * Context: process, with @life of the drive held. Waits for readers of the files
 * that it removes.
 * Return: 0, or a negative errno when there was no memory for a file.
 */
int modepages_sysfs_update(struct modepages_device *md)
{
	unsigned int control;
	u64 wanted;
	int ret = 0;

	lockdep_assert_held(&md->life);
	for (control = 0; control < MODEPAGES_CONTROLS; control++) {
		wanted = modepages_wanted_files(md, control);
		ret = modepages_update_files(md, control, wanted) ?: ret;
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

static void modepages_page_init(u8 control, u8 code)
{
	struct bin_attribute *attr = &modepages_page_attributes[control][code];

	sysfs_bin_attr_init(attr);
	attr->attr.name = modepages_page_names[code];
	attr->attr.mode = 0444;
	attr->private = modepages_pack_key(control, code);
	attr->read = modepages_page_read;
	modepages_page_attrs[control][code] = attr;
}

/**
 * modepages_sysfs_init() - fill in the attributes of the pages
 *
 * Context: module init, before the class is registered.
 */
void modepages_sysfs_init(void)
{
	unsigned int control, code;

	for (code = 0; code < MODE_PAGE_ALL; code++) {
		snprintf(modepages_page_names[code],
			 sizeof(modepages_page_names[code]), "%02x", code);
		for (control = 0; control < MODEPAGES_CONTROLS; control++)
			modepages_page_init(control, code);
	}
}
