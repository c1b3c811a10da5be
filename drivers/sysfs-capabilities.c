// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a drive can do as files: the fields of its page 2Ah, one value a file.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/sysfs.h>

#include "modepages.h"

/* One for each field, shared by all drives: from core/capability.c. */
static struct device_attribute
modepages_capability_attributes[MODE_CAPABILITIES];
static struct attribute *modepages_capability_attrs[MODE_CAPABILITIES + 1];

static_assert(sizeof(u64) * BITS_PER_BYTE >= MODE_CAPABILITIES);

static int modepages_capability_emit(const struct mode_capability *capability,
				     const struct modepages_snapshot *snapshot,
				     char *buf)
{
	char text[MODE_CAPABILITY_TEXT_SIZE];
	struct mode_page page;
	int ret;

	ret = modepages_snapshot_page(snapshot, MODE_PAGE_CAPABILITIES, &page);
	if (ret)
		return modepages_sysfs_errno(ret);
	/* It was longer when the file was made. */
	if (!mode_capability_present(capability, &page))
		return -ENODATA;
	mode_capability_text(capability, &page, text);
	return sysfs_emit(buf, "%s\n", text);
}

static ssize_t modepages_capability_show(struct device *dev,
					 struct device_attribute *attr,
					 char *buf)
{
	const struct mode_capability *capability =
		&mode_capabilities[attr - modepages_capability_attributes];
	struct modepages_snapshot *snapshot;
	ssize_t ret;

	snapshot = modepages_query(dev_to_modepages(dev),
				   MODEPAGES_CONTROL_CURRENT,
				   MODE_PAGE_CAPABILITIES, NULL);
	if (IS_ERR(snapshot))
		return PTR_ERR(snapshot);
	ret = modepages_capability_emit(capability, snapshot, buf);
	modepages_snapshot_put(snapshot);
	return ret;
}

/* Called while the group is created or updated, with @life held. */
static umode_t modepages_capability_visible(struct kobject *kobj,
					    struct attribute *attr, int n)
{
	struct modepages_device *md = dev_to_modepages(kobj_to_dev(kobj));
	u64 files = md->files[MODEPAGES_FILES_CAPABILITIES];

	if (!n && !files)
		return SYSFS_GROUP_INVISIBLE;
	return files & BIT_ULL(n) ? attr->mode : 0;
}

const struct attribute_group modepages_capabilities_group = {
	.name = "capabilities",
	.attrs = modepages_capability_attrs,
	.is_visible = modepages_capability_visible,
};

/* The page as it is known, with a reference to what it is in; or NULL. */
static struct modepages_snapshot *
modepages_capabilities_known(struct modepages_device *md,
			     struct mode_page *page)
{
	struct modepages_snapshot *snapshot;

	if (!(modepages_device_supported(md) & BIT_ULL(MODE_PAGE_CAPABILITIES)))
		return NULL;
	snapshot = modepages_snapshot_last(md, MODEPAGES_CONTROL_CURRENT,
					   MODE_PAGE_CAPABILITIES);
	if (snapshot && !modepages_snapshot_page(snapshot,
						 MODE_PAGE_CAPABILITIES, page))
		return snapshot;
	modepages_snapshot_put(snapshot);
	return NULL;
}

/**
 * modepages_capabilities_files() - the fields that are to have a file
 * @md: the drive
 *
 * Those that its page 2Ah is long enough for.
 *
 * Context: process; does not sleep.
 * Return: bitmap of indices of mode_capabilities[].
 */
u64 modepages_capabilities_files(struct modepages_device *md)
{
	struct modepages_snapshot *snapshot;
	struct mode_page page;
	unsigned int i;
	u64 files = 0;

	snapshot = modepages_capabilities_known(md, &page);
	for (i = 0; snapshot && i < MODE_CAPABILITIES; i++)
		if (mode_capability_present(&mode_capabilities[i], &page))
			files |= BIT_ULL(i);
	modepages_snapshot_put(snapshot);
	return files;
}

static bool modepages_capability_set(const struct mode_capability *capability,
				     const struct mode_page *page)
{
	char text[MODE_CAPABILITY_TEXT_SIZE];

	if (capability->kind != MODE_CAPABILITY_FLAG ||
	    !mode_capability_present(capability, page))
		return false;
	mode_capability_text(capability, page, text);
	return *text == '1';
}

/**
 * modepages_capabilities_flags() - names of the flags that are set
 * @md: the drive
 * @text: gets a colon before, between and behind them; nothing without any
 *
 * As the drive has told last; it is not asked.
 *
 * Context: process; does not sleep.
 */
void modepages_capabilities_flags(struct modepages_device *md,
				  char text[MODEPAGES_FLAGS_SIZE])
{
	struct modepages_snapshot *snapshot;
	struct mode_page page;
	size_t length = 0;
	unsigned int i;

	*text = '\0';
	snapshot = modepages_capabilities_known(md, &page);
	for (i = 0; snapshot && i < MODE_CAPABILITIES; i++)
		if (modepages_capability_set(&mode_capabilities[i], &page))
			length += scnprintf(text + length,
					    MODEPAGES_FLAGS_SIZE - length,
					    "%s%s:", length ? "" : ":",
					    mode_capabilities[i].name);
	modepages_snapshot_put(snapshot);
}

/**
 * modepages_capability_attribute() - the attribute of a field's file
 * @number: index of mode_capabilities[]
 *
 * Return: the attribute.
 */
const struct attribute *modepages_capability_attribute(unsigned int number)
{
	return &modepages_capability_attributes[number].attr;
}

/**
 * modepages_capabilities_init() - fill in the attributes of the fields
 *
 * Context: module init, before the class is registered.
 */
void modepages_capabilities_init(void)
{
	struct device_attribute *attr;
	unsigned int i;

	for (i = 0; i < MODE_CAPABILITIES; i++) {
		attr = &modepages_capability_attributes[i];
		sysfs_attr_init(&attr->attr);
		attr->attr.name = mode_capabilities[i].name;
		attr->attr.mode = 0444;
		attr->show = modepages_capability_show;
		modepages_capability_attrs[i] = &attr->attr;
	}
}
