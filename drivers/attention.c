// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unit attentions: a drive tells once that the disc, or a page, is another one.
 */
#include "compat.h"
#include "modepages.h"

#define ASC_MEDIUM_MAY_HAVE_CHANGED		0x28
#define ASC_POWER_ON_OR_RESET			0x29
#define ASC_PARAMETERS_CHANGED			0x2a
#define ASCQ_MODE_PARAMETERS_CHANGED		0x01
#define ASC_OPERATING_CONDITIONS_CHANGED	0x3f

/**
 * modepages_attention_counted() - has the midlayer counted news since the last look?
 * @md: the drive
 *
 * Context: process, does not sleep; with the lock of the drive held.
 * Return: true if so, once; always false where it does not count.
 */
bool modepages_attention_counted(struct modepages_device *md)
{
	u64 before = md->attentions;

	lockdep_assert_held(&md->lock);
	/* Not removed while we hold the lock. */
	if (md->sdev)
		md->attentions = compat_unit_attentions(md->sdev);
	if (compat_resets(md->attentions) != compat_resets(before))
		modepages_reapply_note(md);
	return md->attentions != before;
}

/**
 * modepages_attention_check() - has somebody else been told of a new disc?
 * @md: the drive
 *
 * A drive tells of a new disc, or of a reset, once, to whoever comes next. Newer
 * kernels count how often; there, answers of before are forgotten.
 *
 * Context: process; does not sleep.
 */
void modepages_attention_check(struct modepages_device *md)
{
	bool news;

	spin_lock(&md->lock);
	news = modepages_attention_counted(md);
	/* At once: the next one to look here sees no news any more. */
	if (news)
		modepages_event_news(md, MODEPAGES_CAUSE_UNIT_ATTENTION);
	spin_unlock(&md->lock);
	if (news)
		modepages_event_publish(md);
}

/*
 * Whatever the midlayer has counted up to now is older than the answer to the
 * command, which will be sent again.
 */
static void modepages_attention_forget(struct modepages_device *md, bool reset)
{
	spin_lock(&md->lock);
	modepages_attention_counted(md);
	if (reset)
		modepages_reapply_note(md);
	modepages_event_news(md, MODEPAGES_CAUSE_UNIT_ATTENTION);
	spin_unlock(&md->lock);
	modepages_event_publish(md);
}

/**
 * modepages_attention_note() - a command of ours was answered by news
 * @turn: the turn in which it was sent
 * @status: what it said, a unit attention
 *
 * sr learns of a new disc or a reset in the same way, so it is passed on, as
 * scsi_test_unit_ready() does.
 *
 * Context: process, before the command is sent again.
 * Return: true when answers of before are of no use.
 */
bool modepages_attention_note(const struct modepages_turn *turn,
			      const struct modepages_status *status)
{
	switch (status->asc) {
	case ASC_MEDIUM_MAY_HAVE_CHANGED:
	case ASC_POWER_ON_OR_RESET:
		if (turn->sdev->removable)
			turn->sdev->changed = 1;
		break;
	case ASC_PARAMETERS_CHANGED:
		if (status->ascq != ASCQ_MODE_PARAMETERS_CHANGED)
			return false;
		break;
	case ASC_OPERATING_CONDITIONS_CHANGED:
		break;
	default:
		return false;
	}
	modepages_attention_forget(turn->md, status->asc == ASC_POWER_ON_OR_RESET);
	return true;
}
