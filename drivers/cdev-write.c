// SPDX-License-Identifier: GPL-2.0-only
/*
 * SET, MODIFY and KEEP.
 */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "modepages.h"

/* More than any page has, and still a parameter list that can be announced. */
#define MODEPAGES_CHANGE_MAX_LENGTH	0xf000

static bool modepages_flags_fit(u32 flags, u32 allowed)
{
	const u32 both = MODEPAGES_CHANGE_SAVE | MODEPAGES_CHANGE_RESTORE;

	return !(flags & ~allowed) && (flags & both) != both;
}

/* The bytes at a pointer of user space, or NULL where that is 0. */
static int modepages_bytes_get(const u8 **bytes, u64 pointer, u32 length)
{
	void *copy;

	if (!pointer)
		return 0;
	copy = memdup_user(u64_to_user_ptr(pointer), length);
	if (IS_ERR(copy))
		return PTR_ERR(copy);
	*bytes = copy;
	return 0;
}

static int modepages_page_put(u64 pointer, u32 room,
			      const struct modepages_copy *copy)
{
	if (!pointer || !copy->bytes)
		return 0;
	if (copy_to_user(u64_to_user_ptr(pointer), copy->bytes,
			 min_t(size_t, room, copy->length)))
		return -EFAULT;
	return 0;
}

static int modepages_pages_put(const struct modepages_change *change,
			       u64 before, u64 after)
{
	return modepages_page_put(before, change->length, &change->before) ?:
	       modepages_page_put(after, change->length, &change->after);
}

static int modepages_set_page(struct modepages_file *mf,
			      struct modepages_set *set,
			      struct modepages_change *change)
{
	struct mode_page page;
	int ret;

	ret = modepages_bytes_get(&change->value, set->data, set->length);
	if (ret)
		return ret == -ENOMEM ? modepages_no_memory(&set->status) : ret;
	if (!change->value ||
	    !mode_page_complete(change->value, set->length, &page) ||
	    page.code == MODE_PAGE_ALL || page.subpage == 0xff)
		return modepages_invalid(&set->status);
	change->page = page.code;
	change->subpage = page.subpage;

	ret = modepages_change(mf, change);
	if (change->before.bytes)
		set->length = change->before.length;
	set->result = change->result;
	set->generation = change->generation;
	set->status = change->status;
	return modepages_pages_put(change, set->before, set->after) ?: ret;
}

/**
 * modepages_ioctl_set() - MODEPAGES_IOCTL_SET
 * @mf: the open file
 * @arg: its argument, &struct modepages_set
 *
 * Context: process; as modepages_change().
 * Return: 0 or a negative errno, as <linux/modepages.h> has them.
 */
int modepages_ioctl_set(struct modepages_file *mf, void *arg)
{
	struct modepages_set *set = arg;
	struct modepages_change change = {
		.flags = set->flags,
		.timeout_ms = modepages_timeout_ms(set->timeout_ms),
		.length = set->length,
	};
	int ret;

	if (!modepages_flags_fit(set->flags, MODEPAGES_CHANGE_SAVE |
				 MODEPAGES_CHANGE_RESTORE) ||
	    set->reserved || !set->length ||
	    set->length > MODEPAGES_CHANGE_MAX_LENGTH)
		return modepages_invalid(&set->status);
	if (mf->md->passive)
		return modepages_passive(&set->status);

	ret = modepages_set_page(mf, set, &change);
	modepages_change_free(&change);
	kfree(change.value);
	return ret;
}

static int modepages_modify_get(const struct modepages_modify *modify,
				struct modepages_change *change)
{
	u32 length = modify->length;

	return modepages_bytes_get(&change->mask, modify->mask, length) ?:
	       modepages_bytes_get(&change->value, modify->value, length) ?:
	       modepages_bytes_get(&change->expected_mask,
				   modify->expected_mask, length) ?:
	       modepages_bytes_get(&change->expected, modify->expected, length);
}

static int modepages_modify_page(struct modepages_file *mf,
				 struct modepages_modify *modify,
				 struct modepages_change *change)
{
	int ret;

	ret = modepages_modify_get(modify, change);
	if (ret)
		return ret == -ENOMEM ? modepages_no_memory(&modify->status) :
					ret;
	ret = modepages_change(mf, change);
	if (change->before.bytes)
		modify->length = change->before.length;
	modify->result = change->result;
	modify->generation = change->generation;
	modify->status = change->status;
	return modepages_pages_put(change, modify->before, modify->after) ?: ret;
}

static bool modepages_modify_fits(const struct modepages_modify *modify)
{
	return modepages_flags_fit(modify->flags, MODEPAGES_CHANGE_SAVE |
				   MODEPAGES_CHANGE_RESTORE |
				   MODEPAGES_CHANGE_DRY_RUN) &&
	       modify->page < MODE_PAGE_ALL && modify->subpage != 0xff &&
	       !modify->reserved && modify->mask && modify->value &&
	       (modify->expected || !modify->expected_mask) &&
	       modify->length &&
	       modify->length <= MODEPAGES_CHANGE_MAX_LENGTH;
}

/**
 * modepages_ioctl_modify() - MODEPAGES_IOCTL_MODIFY
 * @mf: the open file
 * @arg: its argument, &struct modepages_modify
 *
 * Context: process; as modepages_change().
 * Return: 0 or a negative errno, as <linux/modepages.h> has them.
 */
int modepages_ioctl_modify(struct modepages_file *mf, void *arg)
{
	struct modepages_modify *modify = arg;
	struct modepages_change change = {
		.flags = modify->flags,
		.page = modify->page,
		.subpage = modify->subpage,
		.timeout_ms = modepages_timeout_ms(modify->timeout_ms),
		.length = modify->length,
	};
	int ret;

	if (!modepages_modify_fits(modify))
		return modepages_invalid(&modify->status);
	if (mf->md->passive)
		return modepages_passive(&modify->status);

	ret = modepages_modify_page(mf, modify, &change);
	modepages_change_free(&change);
	kfree(change.mask);
	kfree(change.value);
	kfree(change.expected_mask);
	kfree(change.expected);
	return ret;
}

/**
 * modepages_ioctl_keep() - MODEPAGES_IOCTL_KEEP
 * @mf: the open file
 * @arg: its argument, &struct modepages_keep
 *
 * Context: process; the wait for others' commands is killable.
 * Return: 0 or a negative errno, as <linux/modepages.h> has them.
 */
int modepages_ioctl_keep(struct modepages_file *mf, void *arg)
{
	struct modepages_keep *keep = arg;
	struct modepages_device *md = mf->md;

	if (keep->flags)
		return modepages_invalid(&keep->status);
	if (md->passive)
		return modepages_passive(&keep->status);
	if (mutex_lock_killable(&md->command)) {
		keep->status.code = MODEPAGES_STATUS_FAIL;
		return -EINTR;
	}
	modepages_lease_keep(mf);
	mutex_unlock(&md->command);
	return 0;
}
