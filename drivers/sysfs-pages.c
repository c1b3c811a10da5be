// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pages of a drive as files, a directory for each page control.
 */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "compat.h"
#include "modepages.h"

static struct modepages_device *kobj_to_modepages(struct kobject *kobj)
{
	return dev_to_modepages(kobj_to_dev(kobj));
}

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

/* Only a read from the start asks the drive: the rest is of the same answer. */
static struct modepages_snapshot *
modepages_page_snapshot(struct modepages_device *md, struct modepages_key key,
			loff_t offset)
{
	struct modepages_snapshot *snapshot;

	if (!offset)
		return modepages_query(md, key.control, key.code, NULL);
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

const struct attribute_group modepages_pages_groups[] = {
	MODEPAGES_PAGES_GROUP(CURRENT, "modepages"),
	MODEPAGES_PAGES_GROUP(CHANGEABLE, "changeable"),
	MODEPAGES_PAGES_GROUP(DEFAULT, "default"),
	MODEPAGES_PAGES_GROUP(SAVED, "saved"),
};

/**
 * modepages_pages_files() - the pages that are to have a file
 * @md: the drive
 * @control: page control
 *
 * Context: process; does not sleep.
 * Return: bitmap of page codes.
 */
u64 modepages_pages_files(struct modepages_device *md, u8 control)
{
	u64 files;

	spin_lock(&md->lock);
	files = md->supported & ~md->absent[control];
	spin_unlock(&md->lock);
	return files;
}

/**
 * modepages_page_attribute() - the attribute of a page's file
 * @control: page control
 * @code: page code
 *
 * Return: the attribute.
 */
const struct attribute *modepages_page_attribute(u8 control, u8 code)
{
	return &modepages_page_attributes[control][code].attr;
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
 * modepages_pages_init() - fill in the attributes of the pages
 *
 * Context: module init, before the class is registered.
 */
void modepages_pages_init(void)
{
	unsigned int control, code;

	for (code = 0; code < MODE_PAGE_ALL; code++) {
		snprintf(modepages_page_names[code],
			 sizeof(modepages_page_names[code]), "%02x", code);
		for (control = 0; control < MODEPAGES_CONTROLS; control++)
			modepages_page_init(control, code);
	}
}
