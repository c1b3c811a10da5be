// SPDX-License-Identifier: GPL-2.0-only
/*
 * Changing a page at somebody's request: nothing is written that does not pass the
 * checks, and nobody else writes between the checks and the writing.
 */
#include <linux/minmax.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "modepages.h"

static int modepages_change_refused(struct modepages_change *change, u32 code)
{
	change->status = (struct modepages_status) {
		.code = code,
		.stage = MODEPAGES_STAGE_CHECK,
	};
	return status_errno(&change->status);
}

static int modepages_change_refused_at(struct modepages_change *change,
				       u32 code, const struct mode_place *place)
{
	modepages_change_refused(change, code);
	mode_status_place(&change->status, place);
	return status_errno(&change->status);
}

/* From what is known, if it is: what can be changed does not change. */
static int modepages_change_mask(const struct modepages_turn *turn,
				 const struct modepages_change *change,
				 struct modepages_copy *mask)
{
	const struct mode_request question = {
		.page = change->page,
		.subpage = change->subpage,
		.control = MODEPAGES_CONTROL_CHANGEABLE,
	};
	struct modepages_snapshot *snapshot = NULL;
	int ret;

	if (!change->subpage)
		snapshot = modepages_snapshot_find(turn->md, question.control,
						   change->page);
	if (!snapshot)
		return modepages_turn_page(turn, &question,
					   MODEPAGES_CAUSE_NONE, mask);
	ret = modepages_copy_snapshot(mask, snapshot, change->page);
	modepages_snapshot_put(snapshot);
	return ret;
}

static int modepages_change_check_mask(const struct modepages_turn *turn,
				       struct modepages_change *change)
{
	struct modepages_copy mask = { };
	struct mode_page changeable;
	struct mode_place place;
	int ret;

	ret = modepages_change_mask(turn, change, &mask);
	changeable.data = mask.bytes;
	/* Some drives' changeable values are longer than the page. */
	changeable.length = min(mask.length, change->before.length);
	if (ret)
		change->status = mask.status;
	else if (mode_mask_exceeds(change->mask, change->length, &changeable,
				   &place))
		ret = modepages_change_refused_at(change,
						  MODEPAGES_STATUS_NOT_CHANGEABLE,
						  &place);
	modepages_copy_free(&mask);
	return ret;
}

static int modepages_change_expected(struct modepages_change *change)
{
	const struct modepages_copy *before = &change->before;
	const u8 *mask = change->expected_mask ?: change->mask;
	struct mode_place place;

	if (!change->expected)
		return 0;
	/* What is not there does not hold anything. */
	if (!mode_bits_differ(change->expected, before->bytes, mask,
			      min(change->length, before->length), &place) &&
	    !mode_mask_beyond(mask, change->length, before->length, &place))
		return 0;
	return modepages_change_refused_at(change,
					   MODEPAGES_STATUS_CHANGED_MEANWHILE,
					   &place);
}

static int modepages_change_check(const struct modepages_turn *turn,
				  struct modepages_change *change)
{
	int ret;

	if (change->flags & MODEPAGES_CHANGE_SAVE && !change->before.saveable)
		return modepages_change_refused(change,
						MODEPAGES_STATUS_NO_SUCH_PAGE);
	if (!change->mask) {
		if (change->length != change->before.length)
			return modepages_change_refused(change,
							MODEPAGES_STATUS_INVALID_ARGUMENT);
		return 0;
	}
	ret = modepages_change_check_mask(turn, change);
	return ret ?: modepages_change_expected(change);
}

/* The page as it is to be, and the bits of it that are given their values. */
static int modepages_change_prepare(struct modepages_change *change)
{
	const struct modepages_copy *before = &change->before;

	change->bytes = kmalloc(2 * before->length, GFP_KERNEL | __GFP_NOWARN);
	if (!change->bytes)
		return modepages_change_refused(change,
						MODEPAGES_STATUS_NO_MEMORY);
	change->bits = (struct modepages_bits) {
		.page = change->page,
		.subpage = change->subpage,
		.length = before->length,
		.value = change->bytes,
		.mask = change->bytes + before->length,
	};
	mode_bits_prepare(change->bits.value, change->bits.mask, before->bytes,
			  before->length, change->mask, change->value,
			  change->length);
	return 0;
}

static int modepages_change_write(const struct modepages_turn *turn,
				  struct modepages_change *change)
{
	struct modepages_write write = {
		.question = {
			.page = change->page,
			.subpage = change->subpage,
		},
		.cause = MODEPAGES_CAUSE_SELECT,
		.before = &change->before,
		.bytes = change->bits.value,
		.mask = change->bits.mask,
		.length = change->bits.length,
		.save = change->flags & MODEPAGES_CHANGE_SAVE,
	};
	int ret;

	ret = modepages_turn_write(turn, &write);
	change->status = write.status;
	change->result |= write.result;
	change->after = write.after;
	change->generation = write.after.generation ?: change->generation;
	return ret;
}

/* Ends leases on bits that are to stay; not where the drive has ignored them. */
static void modepages_change_settle(struct modepages_file *mf,
				    struct modepages_change *change,
				    const u8 *after)
{
	bool rounded = change->result & MODEPAGES_RESULT_ROUNDED;
	struct modepages_bits *bits = &change->bits;
	size_t header = mode_page_header(bits->value[0]);
	size_t i;

	/* A whole page is about all of its bits. */
	if (!change->mask)
		memset(bits->mask + header, 0xff, bits->length - header);
	for (i = 0; after && !rounded && i < bits->length; i++)
		bits->mask[i] &= ~(after[i] ^ bits->value[i]);
	modepages_lease_settle(mf, bits);
}

/* The lease of a change that has been sent, or did not have to be. */
static void modepages_change_leased(struct modepages_file *mf,
				    struct modepages_change *change,
				    struct modepages_lease *lease)
{
	bool sent = change->result & MODEPAGES_RESULT_SELECTED;
	const u8 *after = NULL;

	if (change->after.length == change->bits.length)
		after = change->after.bytes;
	if (lease && !sent && modepages_write_undone(&change->status))
		modepages_lease_end(lease);
	else if (lease)
		modepages_lease_renew(lease, after);
	else if (sent || !change->status.code)
		modepages_change_settle(mf, change, after);
}

static bool modepages_change_is_one(const struct modepages_change *change)
{
	return !change->mask || change->flags & MODEPAGES_CHANGE_SAVE ||
	       memcmp(change->bits.value, change->before.bytes,
		      change->before.length);
}

/* Takes the page after from that before, or as it would be. */
static int modepages_change_unsent(struct modepages_change *change)
{
	change->after = change->before;
	change->after.bytes = kmemdup(change->bits.value, change->bits.length,
				      GFP_KERNEL | __GFP_NOWARN);
	if (change->after.bytes)
		return 0;
	change->after = (struct modepages_copy) { };
	return modepages_change_refused(change, MODEPAGES_STATUS_NO_MEMORY);
}

static int modepages_change_make(struct modepages_file *mf,
				 const struct modepages_turn *turn,
				 struct modepages_change *change)
{
	struct modepages_lease *lease = NULL;
	int ret;

	if (change->flags & MODEPAGES_CHANGE_DRY_RUN)
		return modepages_change_unsent(change);
	if (modepages_copy_outdated(turn->md, &change->before)) {
		memset(&change->status, 0, sizeof(change->status));
		return -EAGAIN;
	}
	if (change->flags & MODEPAGES_CHANGE_RESTORE &&
	    memchr_inv(change->bits.mask, 0, change->bits.length)) {
		lease = modepages_lease_begin(mf, &change->bits,
					      change->before.bytes);
		if (!lease)
			return modepages_change_refused(change,
							MODEPAGES_STATUS_NO_MEMORY);
	}
	if (modepages_change_is_one(change))
		ret = modepages_change_write(turn, change);
	else
		ret = modepages_change_unsent(change);
	if (ret == -EAGAIN && !change->status.code) {
		if (lease)
			modepages_lease_end(lease);
		return ret;
	}
	modepages_change_leased(mf, change, lease);
	return ret;
}

/**
 * modepages_change_free() - free what a change holds
 * @change: from modepages_change(); may be freed twice
 */
void modepages_change_free(struct modepages_change *change)
{
	modepages_copy_free(&change->before);
	modepages_copy_free(&change->after);
	kfree(change->bytes);
	change->bytes = NULL;
}

static int modepages_change_interrupted(struct modepages_change *change)
{
	change->status = (struct modepages_status) {
		.code = MODEPAGES_STATUS_FAIL,
	};
	return -EINTR;
}

/* Settings that a reset has undone come first: this one goes on top of them. */
static int modepages_change_read(const struct modepages_turn *turn,
				 struct modepages_change *change)
{
	const struct mode_request question = {
		.page = change->page,
		.subpage = change->subpage,
	};
	int ret, tries;

	for (tries = 0; tries < MODEPAGES_TRIES; tries++) {
		if (fatal_signal_pending(current))
			return modepages_change_interrupted(change);
		modepages_copy_free(&change->before);
		ret = modepages_turn_page(turn, &question, MODEPAGES_CAUSE_NONE,
					  &change->before);
		/* Somebody else may have been told of the reset. */
		modepages_attention_check(turn->md);
		if (ret || !modepages_reapply_pending(turn->md))
			break;
		if (!modepages_turn_reapply(turn))
			return modepages_change_refused(change,
							MODEPAGES_STATUS_BUSY);
	}
	if (tries == MODEPAGES_TRIES)
		return modepages_change_refused(change, MODEPAGES_STATUS_BUSY);
	change->status = change->before.status;
	change->generation = change->before.generation;
	return ret;
}

static int modepages_change_try(struct modepages_file *mf,
				const struct modepages_turn *turn,
				struct modepages_change *change)
{
	int ret;

	ret = modepages_change_read(turn, change);
	if (!ret)
		ret = modepages_change_check(turn, change);
	if (!ret)
		ret = modepages_change_prepare(change);
	if (!ret)
		ret = modepages_change_make(mf, turn, change);
	return ret;
}

/**
 * modepages_change() - change bits of a page, or write a whole one
 * @mf: the open file that wants it
 * @change: what is wanted, and what has become of it; to be freed by
 *	modepages_change_free() in any case
 *
 * Context: process; as modepages_mode_sense(). Takes @command, then @life of the
 * drive.
 * Return: 0 or the errno of the status; as modepages_turn_begin().
 */
int modepages_change(struct modepages_file *mf, struct modepages_change *change)
{
	struct modepages_turn turn;
	int ret, tries;

	ret = modepages_turn_begin(&turn, mf->md, mf, change->timeout_ms,
				   &change->status);
	if (ret)
		return ret;
	modepages_event_changing(mf->md, true);
	for (tries = 0; tries < MODEPAGES_TRIES; tries++) {
		modepages_change_free(change);
		ret = modepages_change_try(mf, &turn, change);
		if (ret != -EAGAIN || change->status.code)
			break;
	}
	/* It has had news each time. */
	if (tries == MODEPAGES_TRIES)
		ret = modepages_change_refused(change, MODEPAGES_STATUS_BUSY);
	modepages_event_changing(mf->md, false);
	modepages_turn_end(&turn);

	/* Not left to the work: each change is told by itself. */
	modepages_publish(mf->md, false);
	return ret;
}
