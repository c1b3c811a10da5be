// SPDX-License-Identifier: GPL-2.0-only
/*
 * A page on its way to other values: those of before, or those of our leases.
 */
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "modepages.h"

/**
 * struct modepages_image - a page on its way to other values
 * @question: the page
 * @now: as it is
 * @bytes: as it is to be
 * @mask: the bits that are given their values
 */
struct modepages_image {
	struct mode_request question;
	struct modepages_copy now;
	u8 *bytes;
	u8 *mask;
};

static int modepages_image_begin(const struct modepages_turn *turn,
				 struct modepages_image *image,
				 const struct modepages_lease *lease,
				 struct modepages_status *status)
{
	int ret;

	*image = (struct modepages_image) {
		.question = {
			.page = lease->page,
			.subpage = lease->subpage,
		},
	};
	ret = modepages_turn_page(turn, &image->question, MODEPAGES_CAUSE_NONE,
				  &image->now);
	*status = image->now.status;
	if (ret)
		return ret;
	image->bytes = kzalloc(2 * image->now.length, GFP_KERNEL | __GFP_NOWARN);
	if (!image->bytes) {
		status->code = MODEPAGES_STATUS_NO_MEMORY;
		return -ENOMEM;
	}
	image->mask = image->bytes + image->now.length;
	memcpy(image->bytes, image->now.bytes, image->now.length);
	return 0;
}

static void modepages_image_free(struct modepages_image *image)
{
	modepages_copy_free(&image->now);
	kfree(image->bytes);
}

static bool modepages_image_shows(const struct modepages_image *image,
				  const struct modepages_lease *lease)
{
	return lease->page == image->question.page &&
	       lease->subpage == image->question.subpage;
}

static void modepages_image_set(struct modepages_image *image, size_t byte,
				u8 mask, u8 value)
{
	mode_bits_copy(&image->bytes[byte], &value, &mask, 1);
	image->mask[byte] |= mask;
}

/* Bits that do not have our value any more are somebody else's by now. */
static void modepages_image_undo(struct modepages_image *image,
				 const struct modepages_lease *lease)
{
	const u8 *now = image->now.bytes;
	size_t i;
	u8 mask;

	for (i = 0; i < min(lease->length, image->now.length); i++) {
		mask = lease->mask[i];
		if (lease->verified)
			mask &= ~(now[i] ^ lease->ours[i]);
		modepages_image_set(image, i, mask, lease->before[i]);
	}
}

static void modepages_image_redo(struct modepages_image *image,
				 const struct modepages_lease *lease)
{
	size_t i;

	for (i = 0; i < min(lease->length, image->now.length); i++)
		modepages_image_set(image, i, lease->mask[i], lease->ours[i]);
}

/* Unless it has its values already. */
static int modepages_image_write(const struct modepages_turn *turn,
				 struct modepages_image *image,
				 struct modepages_status *status)
{
	struct modepages_write write = {
		.question = image->question,
		.cause = MODEPAGES_CAUSE_RESTORE,
		.before = &image->now,
		.bytes = image->bytes,
		.mask = image->mask,
		.length = image->now.length,
	};
	int ret;

	if (!memcmp(image->bytes, image->now.bytes, image->now.length))
		return 0;
	ret = modepages_turn_write(turn, &write);
	*status = write.status;
	/* What to do now depends on how it failed. */
	if (write.after.status.code) {
		*status = write.after.status;
		ret = status_errno(status);
	}
	modepages_copy_free(&write.after);
	/* Rounded: it does not hold what it is to hold. */
	if (!ret && write.result & MODEPAGES_RESULT_DIFFERS) {
		status->code = MODEPAGES_STATUS_VERIFY_FAILED;
		status->stage = MODEPAGES_STAGE_VERIFY;
		ret = status_errno(status);
	}
	return ret;
}

/* In the order of the leases: of several on a bit, the last one is in effect. */
static void modepages_image_apply(struct modepages_image *image,
				  struct modepages_device *md,
				  const struct modepages_file *owner)
{
	struct modepages_lease *lease;

	list_for_each_entry(lease, &md->leases, list) {
		if (!modepages_image_shows(image, lease))
			continue;
		if (!owner)
			modepages_image_redo(image, lease);
		else if (lease->owner == owner)
			modepages_image_undo(image, lease);
	}
}

/**
 * modepages_image_put() - give a page the values that its leases want it to have
 * @turn: the turn
 * @first: a lease on the page
 * @owner: the file whose leases are to be undone; or NULL: all leases are to be in
 *	force
 * @status: gets the outcome
 *
 * One try; all leases on the page at once.
 *
 * Context: process. Waits for the drive without being killable.
 * Return: 0 or the errno of the status; as modepages_turn_write().
 */
int modepages_image_put(const struct modepages_turn *turn,
			const struct modepages_lease *first,
			const struct modepages_file *owner,
			struct modepages_status *status)
{
	struct modepages_image image;
	int ret;

	ret = modepages_image_begin(turn, &image, first, status);
	if (!ret) {
		modepages_image_apply(&image, turn->md, owner);
		ret = modepages_image_write(turn, &image, status);
	}
	modepages_image_free(&image);
	return ret;
}
