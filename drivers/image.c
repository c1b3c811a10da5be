// SPDX-License-Identifier: GPL-2.0-only
/*
 * A page on its way to other values: those of before, or those of our leases.
 */
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "modepages.h"

/**
 * modepages_image_begin() - read a page that is to get other values
 * @turn: the turn
 * @image: to be filled in; to be freed by modepages_image_free() in any case
 * @lease: a lease on the page
 * @status: gets the outcome
 *
 * Context: process. Waits for the drive without being killable.
 * Return: 0 or the errno of the status.
 */
int modepages_image_begin(const struct modepages_turn *turn,
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

/**
 * modepages_image_free() - free what an image holds
 * @image: the image
 */
void modepages_image_free(struct modepages_image *image)
{
	modepages_copy_free(&image->now);
	kfree(image->bytes);
}

/**
 * modepages_image_shows() - is a lease on its page?
 * @image: the image
 * @lease: the lease
 *
 * Return: true if so.
 */
bool modepages_image_shows(const struct modepages_image *image,
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

/**
 * modepages_image_undo() - give bits their values of before
 * @image: the image
 * @lease: the bits
 *
 * But not those that do not have our value any more: somebody else has it set.
 */
void modepages_image_undo(struct modepages_image *image,
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

/**
 * modepages_image_redo() - give bits their values
 * @image: the image
 * @lease: the bits
 */
void modepages_image_redo(struct modepages_image *image,
			  const struct modepages_lease *lease)
{
	size_t i;

	for (i = 0; i < min(lease->length, image->now.length); i++)
		modepages_image_set(image, i, lease->mask[i], lease->ours[i]);
}

/**
 * modepages_image_write() - write the page, unless it has its values already
 * @turn: the turn
 * @image: the image
 * @status: gets the outcome
 *
 * Context: process. Waits for the drive without being killable.
 * Return: 0 or the errno of the status; as modepages_turn_write().
 */
int modepages_image_write(const struct modepages_turn *turn,
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
