// SPDX-License-Identifier: GPL-2.0-only
/*
 * The attributes of a drive: its pages as files, and what is known about it.
 */
#include <linux/err.h>
#include <linux/kernel.h>
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
	struct modepages_device *md = dev_to_modepages(dev);
	ssize_t length = 0;
	unsigned int code;

	for (code = 0; code < MODE_PAGE_ALL; code++)
		if (md->supported & BIT_ULL(code))
			length += sysfs_emit_at(buf, length, "%s%02x",
						length ? " " : "", code);
	return length + sysfs_emit_at(buf, length, "\n");
}
static DEVICE_ATTR_RO(supported);

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
	&dev_attr_last_status.attr,
	&dev_attr_quirks.attr,
	NULL
};

static const struct attribute_group modepages_group = {
	.attrs = modepages_attrs,
};

/*
 * A callback sees the kobject and the attribute, nothing else: each page code
 * has an attribute of its own, shared by all drives.
 */
static struct bin_attribute modepages_page_attributes[MODE_PAGE_ALL];
static char modepages_page_names[MODE_PAGE_ALL][sizeof("3e")];
static compat_const_bin_attribute struct bin_attribute *
modepages_page_attrs[MODE_PAGE_ALL + 1];

static umode_t modepages_page_visible(struct kobject *kobj,
				      compat_const_bin_visible
				      struct bin_attribute *attr, int code)
{
	struct modepages_device *md = kobj_to_modepages(kobj);

	return md->supported & BIT_ULL(code) ? attr->attr.mode : 0;
}

/* ENOENT from an open file would look like a wrong path. */
static int modepages_sysfs_errno(int error)
{
	return error == -ENOENT || error == -EOPNOTSUPP ? -ENODATA : error;
}

/* Only a read from the start asks the drive: the rest is of the same answer. */
static struct modepages_snapshot *
modepages_page_snapshot(struct modepages_device *md, u8 code, loff_t offset)
{
	struct modepages_snapshot *snapshot;

	if (!offset)
		return modepages_query(md, MODEPAGES_CONTROL_CURRENT, code);
	snapshot = modepages_snapshot_last(md, MODEPAGES_CONTROL_CURRENT, code);
	return snapshot ?: ERR_PTR(-ENODATA);
}

static ssize_t modepages_page_read(struct file *file, struct kobject *kobj,
				   compat_const_bin_attribute
				   struct bin_attribute *attr, char *buf,
				   loff_t offset, size_t count)
{
	struct modepages_device *md = kobj_to_modepages(kobj);
	u8 code = (uintptr_t)attr->private;
	struct modepages_snapshot *snapshot;
	struct mode_page page;
	ssize_t ret;

	snapshot = modepages_page_snapshot(md, code, offset);
	if (IS_ERR(snapshot))
		return PTR_ERR(snapshot);

	ret = modepages_sysfs_errno(modepages_snapshot_page(snapshot, code,
							    &page));
	if (!ret)
		ret = memory_read_from_buffer(buf, count, &offset, page.data,
					      page.length);
	modepages_snapshot_put(snapshot);
	return ret;
}

static const struct attribute_group modepages_pages_group = {
	.name = "modepages",
	.bin_attrs = modepages_page_attrs,
	.is_bin_visible = modepages_page_visible,
};

const struct attribute_group *modepages_groups[] = {
	&modepages_group,
	&modepages_pages_group,
	NULL
};

/**
 * modepages_sysfs_init() - fill in the attributes of the pages
 *
 * Context: module init, before the class is registered.
 */
void modepages_sysfs_init(void)
{
	struct bin_attribute *attr;
	unsigned int code;

	for (code = 0; code < MODE_PAGE_ALL; code++) {
		snprintf(modepages_page_names[code],
			 sizeof(modepages_page_names[code]), "%02x", code);
		attr = &modepages_page_attributes[code];
		sysfs_bin_attr_init(attr);
		attr->attr.name = modepages_page_names[code];
		attr->attr.mode = 0444;
		attr->private = (void *)(uintptr_t)code;
		attr->read = modepages_page_read;
		modepages_page_attrs[code] = attr;
	}
}
