// SPDX-License-Identifier: GPL-2.0-only
/*
 * What open files have to put back: a lease for each change with RESTORE.
 *
 * The leases of a drive stand in the order in which they were made, so those that
 * have a certain bit form a stack. The value in effect is that of the top one; one
 * that ends further down hands its value of before to the next above, which will
 * put that back instead. A file has at most one lease on a bit.
 */
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "modepages.h"

static struct modepages_lease *
modepages_lease_alloc(const struct modepages_bits *bits, const u8 *before)
{
	struct modepages_lease *lease;
	size_t length = bits->length;

	lease = kzalloc(struct_size(lease, bytes, 3 * length),
			GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (!lease)
		return NULL;
	lease->page = bits->page;
	lease->subpage = bits->subpage;
	lease->length = length;
	lease->mask = lease->bytes;
	lease->before = lease->mask + length;
	lease->ours = lease->before + length;
	memcpy(lease->mask, bits->mask, length);
	memcpy(lease->before, before, length);
	memcpy(lease->ours, bits->value, length);
	return lease;
}

/* Who has leases is shown by sysfs, where nobody can wait for commands. */
static void modepages_lease_count(struct modepages_file *mf, int more)
{
	spin_lock(&mf->md->lock);
	mf->leases += more;
	mf->md->leased += more;
	spin_unlock(&mf->md->lock);
}

/**
 * modepages_lease_begin() - note what a change will have to put back
 * @mf: the open file that makes it
 * @bits: the bits, and the values they will be given
 * @before: the page before
 *
 * Before the change is made: whatever becomes of the command, or of its sender, is
 * no reason to forget it.
 *
 * Context: process, with @command of the drive held.
 * Return: the lease, the top one; NULL when there is no memory.
 */
struct modepages_lease *modepages_lease_begin(struct modepages_file *mf,
					      const struct modepages_bits *bits,
					      const u8 *before)
{
	struct modepages_lease *lease;

	lockdep_assert_held(&mf->md->command);
	lease = modepages_lease_alloc(bits, before);
	if (!lease)
		return NULL;
	lease->owner = mf;
	list_add_tail(&lease->list, &mf->md->leases);
	modepages_lease_count(mf, 1);
	return lease;
}

/**
 * modepages_lease_end() - forget a lease
 * @lease: the lease
 *
 * Context: process, with @command of the drive held.
 */
void modepages_lease_end(struct modepages_lease *lease)
{
	lockdep_assert_held(&lease->owner->md->command);
	list_del(&lease->list);
	modepages_lease_count(lease->owner, -1);
	kfree(lease);
}

static void modepages_lease_end_empty(struct modepages_lease *lease)
{
	if (!memchr_inv(lease->mask, 0, lease->length))
		modepages_lease_end(lease);
}

static bool modepages_lease_same_page(const struct modepages_lease *a,
				      const struct modepages_lease *b)
{
	return a->page == b->page && a->subpage == b->subpage;
}

/* Some bits of a byte go each to the next lease above that has it, if one has. */
static void modepages_lease_hand_up_bits(struct modepages_lease *lease,
					 size_t byte, u8 bits)
{
	struct modepages_device *md = lease->owner->md;
	struct modepages_lease *above = lease;
	u8 common;

	bits &= lease->mask[byte];
	list_for_each_entry_continue(above, &md->leases, list) {
		if (!modepages_lease_same_page(lease, above) ||
		    byte >= above->length)
			continue;
		common = bits & above->mask[byte];
		mode_bits_copy(&above->before[byte], &lease->before[byte],
			       &common, 1);
		lease->mask[byte] &= ~common;
		bits &= ~common;
	}
}

/**
 * modepages_lease_hand_up() - have those above put back what this one would
 * @lease: the lease; is left with the bits for which it is the top one, or ends
 *
 * Context: process, with @command of the drive held.
 */
void modepages_lease_hand_up(struct modepages_lease *lease)
{
	size_t i;

	lockdep_assert_held(&lease->owner->md->command);
	for (i = 0; i < lease->length; i++)
		modepages_lease_hand_up_bits(lease, i, 0xff);
	modepages_lease_end_empty(lease);
}

/* The newer one, or one in between, has all bits that both have. */
static void modepages_lease_replace(struct modepages_lease *older,
				    const struct modepages_lease *newer)
{
	size_t i;

	for (i = 0; i < min(older->length, newer->length); i++)
		modepages_lease_hand_up_bits(older, i, newer->mask[i]);
	modepages_lease_end_empty(older);
}

/**
 * modepages_lease_renew() - the change has been made
 * @lease: its lease
 * @after: the page as it was read back; NULL if it could not be
 *
 * What the same file had to put back of these bits is now put back by this lease,
 * or by what others have put on top of that meanwhile.
 *
 * Context: process, with @command of the drive held.
 */
void modepages_lease_renew(struct modepages_lease *lease, const u8 *after)
{
	struct modepages_device *md = lease->owner->md;
	struct modepages_lease *older, *next;

	lockdep_assert_held(&md->command);
	if (after) {
		memcpy(lease->ours, after, lease->length);
		lease->verified = true;
	}
	list_for_each_entry_safe(older, next, &md->leases, list)
		if (older != lease && older->owner == lease->owner &&
		    modepages_lease_same_page(older, lease))
			modepages_lease_replace(older, lease);
}

/**
 * modepages_lease_settle() - a change without RESTORE has been made
 * @mf: the open file that has made it
 * @bits: the bits, and their values
 *
 * What the file has changed of them before is not put back any more. Whoever is
 * above has the values that are to stay to put back.
 *
 * Context: process, with @command of the drive held.
 */
void modepages_lease_settle(struct modepages_file *mf,
			    const struct modepages_bits *bits)
{
	struct modepages_lease *lease, *next;
	size_t i;

	lockdep_assert_held(&mf->md->command);
	list_for_each_entry_safe(lease, next, &mf->md->leases, list) {
		if (lease->owner != mf || lease->page != bits->page ||
		    lease->subpage != bits->subpage)
			continue;
		for (i = 0; i < min(lease->length, bits->length); i++) {
			mode_bits_copy(&lease->before[i], &bits->value[i],
				       &bits->mask[i], 1);
			modepages_lease_hand_up_bits(lease, i, bits->mask[i]);
			lease->mask[i] &= ~bits->mask[i];
		}
		modepages_lease_end_empty(lease);
	}
}

/**
 * modepages_lease_keep() - have nothing put back
 * @mf: the open file
 *
 * Context: process, with @command of the drive held.
 */
void modepages_lease_keep(struct modepages_file *mf)
{
	struct modepages_lease *lease, *next;

	lockdep_assert_held(&mf->md->command);
	list_for_each_entry_safe(lease, next, &mf->md->leases, list)
		if (lease->owner == mf)
			modepages_lease_end(lease);
}
