// SPDX-License-Identifier: GPL-2.0-only
/*
 * The life of a drive's object.
 */
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/kdev_t.h>
#include <linux/slab.h>
#include <linux/wait_bit.h>

#include "compat.h"
#include "modepages.h"

#define MODEPAGES_MINORS	4096

/* Of what sysfs shows, until somebody writes another one to max_age_ms. */
#define MODEPAGES_MAX_AGE_MS	1000

static dev_t modepages_devt;
static DEFINE_IDA(modepages_minors);

/* Objects that exist; module exit waits until there are none. */
static atomic_t modepages_devices = ATOMIC_INIT(0);

/**
 * modepages_device_init() - get device numbers
 *
 * Return: 0 or a negative errno.
 */
int modepages_device_init(void)
{
	return alloc_chrdev_region(&modepages_devt, 0, MODEPAGES_MINORS,
				   "modepages");
}

/**
 * modepages_device_exit() - wait for the last object, give the numbers back
 *
 * Context: module exit, when nothing makes new objects any more.
 */
void modepages_device_exit(void)
{
	wait_var_event(&modepages_devices, !atomic_read(&modepages_devices));
	unregister_chrdev_region(modepages_devt, MODEPAGES_MINORS);
}

/**
 * modepages_device_gone() - has the drive been removed?
 * @md: the drive
 *
 * Context: any.
 * Return: true once the SCSI midlayer has taken the drive away from us.
 */
bool modepages_device_gone(struct modepages_device *md)
{
	return !READ_ONCE(md->sdev);
}

/**
 * modepages_device_get_sdev() - take a reference to the SCSI device
 * @md: the drive
 *
 * Also keeps the host driver's module from being unloaded.
 *
 * Context: process; does not sleep.
 * Return: the SCSI device, to be given back by scsi_device_put(); NULL when it is
 * gone or going.
 */
struct scsi_device *modepages_device_get_sdev(struct modepages_device *md)
{
	struct scsi_device *sdev;

	spin_lock(&md->lock);
	sdev = md->sdev;
	if (sdev && scsi_device_get(sdev))
		sdev = NULL;
	spin_unlock(&md->lock);
	return sdev;
}

/**
 * modepages_device_supported() - pages that the drive has
 * @md: the drive
 *
 * Context: process; does not sleep.
 * Return: bitmap of page codes.
 */
u64 modepages_device_supported(struct modepages_device *md)
{
	u64 supported;

	spin_lock(&md->lock);
	supported = md->supported;
	spin_unlock(&md->lock);
	return supported;
}

/**
 * modepages_device_quirks() - what had to be worked around so far
 * @md: the drive
 *
 * Context: process; does not sleep.
 * Return: MODEPAGES_QUIRK_*.
 */
u64 modepages_device_quirks(struct modepages_device *md)
{
	u64 quirks;

	spin_lock(&md->lock);
	quirks = md->quirks;
	spin_unlock(&md->lock);
	return quirks;
}

/**
 * modepages_device_add_quirks() - remember what had to be worked around
 * @md: the drive
 * @quirks: MODEPAGES_QUIRK_*
 *
 * Context: process; does not sleep.
 */
void modepages_device_add_quirks(struct modepages_device *md, u64 quirks)
{
	spin_lock(&md->lock);
	md->quirks |= quirks;
	spin_unlock(&md->lock);
}

/**
 * modepages_device_note_status() - remember what became of the last command
 * @md: the drive
 * @status: its outcome
 *
 * Context: process; does not sleep.
 */
void modepages_device_note_status(struct modepages_device *md,
				  const struct modepages_status *status)
{
	spin_lock(&md->lock);
	md->last_status = *status;
	spin_unlock(&md->lock);
}

/**
 * modepages_device_note_header() - remember the last mode parameter header
 * @md: the drive
 * @data: parsed answer
 *
 * Context: process; does not sleep.
 */
void modepages_device_note_header(struct modepages_device *md,
				  const struct mode_data *data)
{
	spin_lock(&md->lock);
	md->medium_type = data->medium_type;
	md->device_specific = data->device_specific;
	spin_unlock(&md->lock);
}

/**
 * modepages_device_queue() - queue a work item that owns a reference
 * @md: the drive
 * @work: drops the reference at its end
 *
 * Not once the drive is gone: nobody needs it then, and the workqueue may be
 * next.
 *
 * Context: process, with @lock of the drive held.
 */
void modepages_device_queue(struct modepages_device *md,
			    struct work_struct *work)
{
	lockdep_assert_held(&md->lock);
	if (!md->sdev)
		return;
	get_device(&md->dev);
	if (!queue_work(modepages_workqueue, work))
		put_device(&md->dev);
}

/**
 * modepages_device_soon() - the same for a work item that can wait, now or soon
 * @md: the drive
 * @work: drops the reference at its end
 * @delay: in jiffies, whatever it was to be before
 *
 * Context: as modepages_device_queue(). modepages_device_detach() takes back what
 * waits for its time.
 * Return: false if it was not queued, since the drive is gone.
 */
bool modepages_device_soon(struct modepages_device *md,
			   struct delayed_work *work, unsigned long delay)
{
	lockdep_assert_held(&md->lock);
	if (!md->sdev)
		return false;
	get_device(&md->dev);
	/* One that is queued, or waits for its time, has a reference already. */
	if (mod_delayed_work(modepages_workqueue, work, delay))
		put_device(&md->dev);
	return true;
}

/**
 * modepages_device_later() - the same in some time, if it is not queued already
 * @md: the drive
 * @work: drops the reference at its end
 * @delay: in jiffies
 *
 * Context: as modepages_device_soon().
 * Return: false if it was not queued.
 */
bool modepages_device_later(struct modepages_device *md,
			    struct delayed_work *work, unsigned long delay)
{
	lockdep_assert_held(&md->lock);
	if (!md->sdev)
		return false;
	get_device(&md->dev);
	if (queue_delayed_work(modepages_workqueue, work, delay))
		return true;
	put_device(&md->dev);
	return false;
}

/* From here on no command is sent, and nobody waits for one. */
static void modepages_device_forsake(struct modepages_device *md)
{
	spin_lock(&md->lock);
	WRITE_ONCE(md->sdev, NULL);
	spin_unlock(&md->lock);
	wake_up_all(&md->wait);
}

/**
 * modepages_device_add() - show the drive to user space
 * @md: the drive
 *
 * With all its attributes, so that udev rules on "add" see them. Only the first
 * time, and not after the drive was removed: remove_dev sets @sdev to NULL before
 * it takes @life, so either we see that or it sees @added.
 *
 * Context: process; takes @life of the drive.
 */
void modepages_device_add(struct modepages_device *md)
{
	int ret;

	guard(mutex)(&md->life);
	if (md->added || modepages_device_gone(md))
		return;

	modepages_sysfs_update(md);
	modepages_event_begin(md);
	ret = cdev_device_add(&md->cdev, &md->dev);
	if (ret) {
		dev_err(&md->dev, "can not add: %pe\n", ERR_PTR(ret));
		/* A device can be added once: from now on it is gone. */
		modepages_device_forsake(md);
		return;
	}
	md->added = true;
}

static void modepages_device_release(struct device *dev)
{
	struct modepages_device *md = dev_to_modepages(dev);

	modepages_snapshot_drop_all(md);
	ida_free(&modepages_minors, MINOR(dev->devt) - MINOR(modepages_devt));
	kfree(md);
	/*
	 * Module exit waits for this. Open files hold a reference to the module
	 * beside theirs to the device, and the workqueue is drained before.
	 */
	if (atomic_dec_and_test(&modepages_devices))
		wake_up_var(&modepages_devices);
}

static void modepages_device_setup(struct modepages_device *md,
				   struct scsi_device *sdev, int minor)
{
	spin_lock_init(&md->lock);
	mutex_init(&md->life);
	mutex_init(&md->command);
	init_waitqueue_head(&md->wait);
	INIT_LIST_HEAD(&md->queries);
	INIT_LIST_HEAD(&md->files_open);
	INIT_LIST_HEAD(&md->leases);
	INIT_LIST_HEAD(&md->snapshots);
	INIT_DELAYED_WORK(&md->discovery, modepages_refresh_work);
	INIT_WORK(&md->query, modepages_query_work);
	INIT_DELAYED_WORK(&md->publish, modepages_publish_work);
	md->max_age_ms = MODEPAGES_MAX_AGE_MS;
	md->untold = true;
	md->yielded = KTIME_MIN;
	md->told_read = KTIME_MIN;
	md->attentions = compat_unit_attentions(sdev);
	md->sdev = sdev;

	device_initialize(&md->dev);
	md->dev.class = &modepages_class;
	md->dev.parent = &sdev->sdev_gendev;
	md->dev.devt = MKDEV(MAJOR(modepages_devt),
			     MINOR(modepages_devt) + minor);
	md->dev.release = modepages_device_release;

	cdev_init(&md->cdev, &modepages_fops);
	md->cdev.owner = THIS_MODULE;
}

/**
 * modepages_device_attach() - make an object for a drive, start its discovery
 * @sdev: the drive
 * @passive: never send anything to it
 *
 * Context: class mutex of scsi_device. Sends no command.
 * Return: the object, its reference to be dropped by modepages_device_detach(),
 * or an ERR_PTR.
 */
struct modepages_device *modepages_device_attach(struct scsi_device *sdev,
						 bool passive)
{
	struct modepages_device *md;
	int minor, ret;

	md = kzalloc(sizeof(*md), GFP_KERNEL);
	if (!md)
		return ERR_PTR(-ENOMEM);

	minor = ida_alloc_max(&modepages_minors, MODEPAGES_MINORS - 1,
			      GFP_KERNEL);
	if (minor < 0) {
		kfree(md);
		return ERR_PTR(minor);
	}

	atomic_inc(&modepages_devices);
	modepages_device_setup(md, sdev, minor);
	md->passive = passive;
	if (passive)
		md->quirks |= MODEPAGES_QUIRK_PASSIVE;

	ret = dev_set_name(&md->dev, "%s", dev_name(&sdev->sdev_gendev));
	if (ret) {
		put_device(&md->dev);
		return ERR_PTR(ret);
	}

	modepages_refresh_start(md);
	return md;
}

/**
 * modepages_device_detach() - take the device away, drop the object
 * @md: the drive
 *
 * The device goes here and now, because the midlayer deletes its parent as soon
 * as remove_dev returns. Waits for readers inside a sysfs callback, who are
 * woken first, and for nothing that depends on the drive: work items and open
 * files own references and find the drive gone.
 *
 * Context: class mutex of scsi_device; takes @md->life.
 */
void modepages_device_detach(struct modepages_device *md)
{
	modepages_device_forsake(md);
	/* Does not wait for one that runs, which owns its reference. */
	if (cancel_delayed_work(&md->discovery))
		put_device(&md->dev);
	if (cancel_delayed_work(&md->publish))
		put_device(&md->dev);

	scoped_guard(mutex, &md->life) {
		if (md->added)
			cdev_device_del(&md->cdev, &md->dev);
		md->added = false;
	}
	put_device(&md->dev);
}
