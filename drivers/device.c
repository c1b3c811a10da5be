// SPDX-License-Identifier: GPL-2.0-only
/*
 * The life of a drive's object, and the discovery of its pages.
 */
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/kdev_t.h>
#include <linux/slab.h>
#include <linux/wait_bit.h>

#include "modepages.h"

#define MODEPAGES_MINORS	4096

/* What sr asks ATAPI and USB drives for: the shape known to work. */
#define MODEPAGES_DISCOVERY_ALLOCATION	128

#define MODE_PAGE_CAPABILITIES	0x2a

/* Pages of MMC, for drives that do not tell what they have. */
static const u8 modepages_mmc_pages[] = {
	0x01, 0x03, 0x05, 0x07, 0x08, 0x0d, 0x0e, 0x1a, 0x1c, 0x1d, 0x2a,
};

static dev_t modepages_devt;
static DEFINE_IDA(modepages_minors);

/* Objects that exist; module exit waits for none. */
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
 * Context: any.
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
 * modepages_device_add_quirk() - remember what had to be worked around
 * @md: the drive
 * @quirk: MODEPAGES_QUIRK_*
 *
 * Context: any.
 */
void modepages_device_add_quirk(struct modepages_device *md, u64 quirk)
{
	spin_lock(&md->lock);
	md->quirks |= quirk;
	spin_unlock(&md->lock);
}

/**
 * modepages_device_queue() - queue a work item that owns a reference
 * @md: the drive
 * @work: @md->discovery or @md->query; drops the reference at its end
 *
 * Context: any in which the caller holds a reference to @md.
 */
void modepages_device_queue(struct modepages_device *md,
			    struct work_struct *work)
{
	get_device(&md->dev);
	if (!queue_work(modepages_workqueue, work))
		put_device(&md->dev);
}

/*
 * Discovery: which pages are there? It ends at the first command that gets no
 * answer, so that a drive that hangs costs one time-out.
 */
static bool modepages_discovery_ends(const struct modepages_status *status)
{
	return status->code == MODEPAGES_STATUS_TIMEOUT ||
	       status->code == MODEPAGES_STATUS_NO_DEVICE ||
	       status->code == MODEPAGES_STATUS_NO_MEMORY;
}

/* The first command a drive gets from us: one that it knows from sr. */
static void modepages_discover_capabilities(struct modepages_device *md,
					    struct modepages_status *status)
{
	const struct mode_request request = {
		.page = MODE_PAGE_CAPABILITIES,
		.control = MODEPAGES_CONTROL_CURRENT,
		.allocation = MODEPAGES_DISCOVERY_ALLOCATION,
	};
	struct modepages_answer answer;
	struct mode_page page;

	if (modepages_mode_sense(md, &request, MODEPAGES_TIMEOUT_MS, &answer,
				 status))
		return;
	if (!mode_page_find(&answer.data, request.page, 0, &page))
		md->supported |= BIT_ULL(request.page);
	modepages_answer_free(&answer);
}

/* Asks for one page code, 3Fh included; tells whether to go on. */
static bool modepages_discover_page(struct modepages_device *md, u8 code)
{
	unsigned int key = modepages_key(md, MODEPAGES_CONTROL_CURRENT, code);
	struct modepages_snapshot *snapshot;
	struct mode_page page;
	size_t offset = 0;
	bool goes_on;

	snapshot = modepages_snapshot_ask(md, key);
	if (IS_ERR(snapshot))
		return false;

	if (code != MODE_PAGE_ALL) {
		if (!modepages_snapshot_page(snapshot, code, &page))
			md->supported |= BIT_ULL(code);
	} else if (!snapshot->status.code) {
		while (mode_page_next(&snapshot->data, &offset, &page))
			if (!page.empty && !page.subpage &&
			    page.code != MODE_PAGE_ALL)
				md->listed |= BIT_ULL(page.code);
	}

	goes_on = !modepages_discovery_ends(&snapshot->status);
	modepages_snapshot_put(snapshot);
	return goes_on;
}

static void modepages_discover(struct modepages_device *md)
{
	struct modepages_status status;
	size_t i;

	modepages_discover_capabilities(md, &status);
	if (modepages_discovery_ends(&status))
		return;

	if (!modepages_discover_page(md, MODE_PAGE_ALL))
		return;
	md->supported |= md->listed;
	if (md->listed)
		return;

	modepages_device_add_quirk(md, MODEPAGES_QUIRK_NO_ALL_PAGES);
	for (i = 0; i < ARRAY_SIZE(modepages_mmc_pages); i++)
		if (!modepages_discover_page(md, modepages_mmc_pages[i]))
			return;
}

/*
 * Adds the device with all its attributes, so that udev rules on "add" see
 * them. Not after the drive was removed: remove_dev sets @sdev to NULL before it
 * takes @life, so either we see that or it sees @added.
 */
static void modepages_device_add(struct modepages_device *md)
{
	int ret;

	guard(mutex)(&md->life);
	if (modepages_device_gone(md))
		return;

	ret = cdev_device_add(&md->cdev, &md->dev);
	if (ret) {
		dev_err(&md->dev, "can not add: %pe\n", ERR_PTR(ret));
		return;
	}
	md->added = true;
}

static void modepages_discovery_work(struct work_struct *work)
{
	struct modepages_device *md =
		container_of(work, struct modepages_device, discovery);

	modepages_discover(md);
	modepages_device_add(md);
	put_device(&md->dev);
}

static void modepages_device_release(struct device *dev)
{
	struct modepages_device *md =
		container_of(dev, struct modepages_device, dev);

	modepages_snapshot_drop_all(md);
	ida_free(&modepages_minors, MINOR(dev->devt) - MINOR(modepages_devt));
	kfree(md);
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
	INIT_WORK(&md->discovery, modepages_discovery_work);
	INIT_WORK(&md->query, modepages_query_work);
	xa_init(&md->snapshots);
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
 *
 * Context: class mutex of scsi_device. Sends no command.
 * Return: the object, its reference to be dropped by modepages_device_detach(),
 * or an ERR_PTR.
 */
struct modepages_device *modepages_device_attach(struct scsi_device *sdev)
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

	ret = dev_set_name(&md->dev, "%s", dev_name(&sdev->sdev_gendev));
	if (ret) {
		put_device(&md->dev);
		return ERR_PTR(ret);
	}

	modepages_device_queue(md, &md->discovery);
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
	spin_lock(&md->lock);
	WRITE_ONCE(md->sdev, NULL);
	spin_unlock(&md->lock);
	wake_up_all(&md->wait);

	scoped_guard(mutex, &md->life) {
		if (md->added)
			cdev_device_del(&md->cdev, &md->dev);
		md->added = false;
	}
	put_device(&md->dev);
}
