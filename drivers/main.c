// SPDX-License-Identifier: GPL-2.0-only
/*
 * SCSI mode pages of optical drives: the class, the interface to the SCSI
 * midlayer, and the module.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/pm.h>
#include <linux/slab.h>

#include <scsi/scsi.h>
#include <scsi/scsi_device.h>
#include <scsi/scsi_driver.h>

#include "modepages.h"

struct workqueue_struct *modepages_workqueue;

static bool modepages_all_passive;
module_param_named(passive, modepages_all_passive, bool, 0444);
MODULE_PARM_DESC(passive, "Never send anything to any drive (default: N)");

/*
 * There is no way to fail: without a path from here the driver core makes the node
 * elsewhere, does not find it when it is to go, and tells udev of a wrong one.
 */
static char *modepages_devnode(const struct device *dev, umode_t *mode)
{
	if (mode)
		*mode = 0600;
	return kasprintf(GFP_KERNEL | __GFP_NOFAIL, "modepages/%s",
			 dev_name(dev));
}

/*
 * After a sleep a drive may have been without power. Hibernation ends here, too.
 * A command in a callback of PM could wait for a parent that is not awake yet.
 */
static int modepages_resume(struct device *dev)
{
	struct modepages_device *md = dev_to_modepages(dev);

	spin_lock(&md->lock);
	modepages_event_news(md, MODEPAGES_CAUSE_RESUME);
	spin_unlock(&md->lock);
	modepages_event_publish(md);
	return 0;
}

static DEFINE_SIMPLE_DEV_PM_OPS(modepages_pm_ops, NULL, modepages_resume);

const struct class modepages_class = {
	.name = "modepages",
	.dev_groups = modepages_groups,
	.dev_uevent = modepages_event_variables,
	.devnode = modepages_devnode,
	.pm = pm_sleep_ptr(&modepages_pm_ops),
};

/*
 * Drives we are attached to. Only modepages_add() and modepages_remove() touch
 * it, and the class mutex of scsi_device is held over both.
 */
static LIST_HEAD(modepages_attached);

/* The drives that sr would take. */
static bool modepages_wants(const struct scsi_device *sdev)
{
	if (sdev->type != TYPE_ROM && sdev->type != TYPE_WORM)
		return false;
	return sdev->inq_periph_qual == SCSI_INQ_PQ_CON &&
	       !sdev->no_uld_attach;
}

/* INQUIRY strings are not terminated: they are as long as the standard has them. */
static bool modepages_keeps_away(const struct scsi_device *sdev)
{
	return modepages_all_passive || drive_denied(sdev->vendor, sdev->model);
}

/*
 * Called with the class mutex of the whole SCSI midlayer held, from the scan
 * that found the drive: nothing here talks to the drive, or waits.
 *
 * The argument is the class device; its parent is the scsi_device. The drvdata
 * of both belong to sr and sg, hence the list.
 */
static int modepages_add(struct device *dev)
{
	struct scsi_device *sdev = to_scsi_device(dev->parent);
	struct modepages_device *md;

	if (!modepages_wants(sdev))
		return -ENODEV;

	md = modepages_device_attach(sdev, modepages_keeps_away(sdev));
	if (IS_ERR(md)) {
		sdev_printk(KERN_ERR, sdev, "modepages: can not attach: %pe\n",
			    md);
		return PTR_ERR(md);
	}

	list_add(&md->list, &modepages_attached);
	return 0;
}

/* The same mutex; also called for the devices that modepages_add() refused. */
static void modepages_remove(struct device *dev)
{
	struct modepages_device *md;

	list_for_each_entry(md, &modepages_attached, list) {
		if (md->dev.parent != dev->parent)
			continue;
		list_del(&md->list);
		modepages_device_detach(md);
		return;
	}
}

static struct class_interface modepages_interface = {
	.add_dev = modepages_add,
	.remove_dev = modepages_remove,
};

static int __init modepages_init(void)
{
	int ret;

	modepages_sysfs_init();

	/* A hung drive occupies a worker; it must not keep others from one. */
	modepages_workqueue = alloc_workqueue("modepages",
					      WQ_UNBOUND | WQ_FREEZABLE,
					      WQ_MAX_ACTIVE);
	if (!modepages_workqueue)
		return -ENOMEM;

	ret = modepages_device_init();
	if (ret)
		goto err_workqueue;

	ret = class_register(&modepages_class);
	if (ret)
		goto err_device;

	ret = scsi_register_interface(&modepages_interface);
	if (ret)
		goto err_class;
	return 0;

err_class:
	class_unregister(&modepages_class);
err_device:
	modepages_device_exit();
err_workqueue:
	destroy_workqueue(modepages_workqueue);
	return ret;
}

static void __exit modepages_exit(void)
{
	/* Before the drives are let go. */
	modepages_cdev_exit();
	scsi_unregister_interface(&modepages_interface);
	/* Works that still run find their drive gone, and end. */
	destroy_workqueue(modepages_workqueue);
	/* Waits for the last object: its release is our code. */
	modepages_device_exit();
	class_unregister(&modepages_class);
}

module_init(modepages_init);
module_exit(modepages_exit);

MODULE_DESCRIPTION("SCSI mode pages of optical drives");
MODULE_AUTHOR("The modepages developers");
MODULE_LICENSE("GPL");
MODULE_ALIAS_SCSI_DEVICE(TYPE_ROM);
MODULE_ALIAS_SCSI_DEVICE(TYPE_WORM);
