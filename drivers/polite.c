// SPDX-License-Identifier: GPL-2.0-only
/*
 * Leaving a drive alone that sleeps, or that works for somebody else.
 */
#include <linux/delay.h>
#include <linux/pm_runtime.h>

#include "modepages.h"

/*
 * Others' commands are short, mostly: udev's questions, sr's looking for a new
 * disc. A drive that is busy for longer than this is left alone.
 */
#define MODEPAGES_BUSY_MS	200
#define MODEPAGES_BUSY_STEP_MS	10

/* With @command held, all commands under way are somebody else's. */
static bool modepages_idle(struct modepages_device *md,
			   struct scsi_device *sdev)
{
	bool idle;

	if (!mutex_trylock(&md->command))
		return false;
	idle = !scsi_device_busy(sdev);
	mutex_unlock(&md->command);
	return idle;
}

/**
 * modepages_idle_soon() - has the drive nothing to do?
 * @md: the drive
 * @sdev: the drive
 *
 * Context: process; sleeps for a moment.
 * Return: true when no command is under way, true also when the drive is gone;
 * false when one was for all of a moment.
 */
bool modepages_idle_soon(struct modepages_device *md, struct scsi_device *sdev)
{
	unsigned int ms;

	for (ms = 0; ms < MODEPAGES_BUSY_MS; ms += MODEPAGES_BUSY_STEP_MS) {
		if (modepages_idle(md, sdev) || modepages_device_gone(md))
			return true;
		msleep(MODEPAGES_BUSY_STEP_MS);
	}
	return false;
}

/**
 * modepages_idle_after_ours() - the same when our own commands are over
 * @md: the drive
 * @sdev: the drive
 *
 * A command of ours may be what it is busy with: that one will end.
 *
 * Context: process; waits for commands of ours.
 * Return: as modepages_idle_soon(); false also when a fatal signal came.
 */
bool modepages_idle_after_ours(struct modepages_device *md,
			       struct scsi_device *sdev)
{
	if (mutex_lock_killable(&md->command))
		return false;
	mutex_unlock(&md->command);
	return modepages_idle_soon(md, sdev);
}

/**
 * modepages_awake_get() - keep a drive awake, unless it sleeps
 * @sdev: the drive
 *
 * Context: process; does not sleep.
 * Return: 0 for a drive that sleeps; else a value for modepages_awake_put().
 */
int modepages_awake_get(struct scsi_device *sdev)
{
	/* Without runtime PM (-EINVAL) a drive does not sleep. */
	return pm_runtime_get_if_active(&sdev->sdev_gendev);
}

/**
 * modepages_awake_put() - the drive may sleep again
 * @sdev: the drive
 * @awake: from modepages_awake_get()
 *
 * Context: process.
 */
void modepages_awake_put(struct scsi_device *sdev, int awake)
{
	if (awake > 0)
		pm_runtime_put_autosuspend(&sdev->sdev_gendev);
}
