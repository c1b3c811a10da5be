// SPDX-License-Identifier: GPL-2.0-only
/*
 * The node: open and close, and the way to the ioctls of <linux/modepages.h>. The
 * files named cdev are the only ones that copy from and to user space.
 */
#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/wait_bit.h>

#include "modepages.h"

static_assert(sizeof(struct modepages_status) == 88);
static_assert(sizeof(struct modepages_info) == 128);
static_assert(sizeof(struct modepages_list_entry) == 8);
static_assert(sizeof(struct modepages_list) == 112);
static_assert(sizeof(struct modepages_get) == 128);
static_assert(sizeof(struct modepages_set) == 144);
static_assert(sizeof(struct modepages_modify) == 168);
static_assert(sizeof(struct modepages_keep) == 96);

/**
 * struct modepages_ioctl - an ioctl
 * @size: size of its structure today
 * @min_size: size of its structure when it was first published
 * @status: offset of its status block
 * @writes: needs a file that was opened for writing
 * @result: offset of what it tells beside its status, if it writes; 0 if nothing
 * @generation: offset of the generation, if it writes; 0 if there is none
 * @execute: does it, on a copy of the structure with a zeroed status block
 */
struct modepages_ioctl {
	size_t size;
	size_t min_size;
	size_t status;
	bool writes;
	size_t result;
	size_t generation;
	int (*execute)(struct modepages_file *mf, void *arg);
};

#define MODEPAGES_IOCTL(_number, _struct, _last, _execute, ...)	\
	[_IOC_NR(_number)] = {						\
		.size = sizeof(_struct),				\
		.min_size = offsetofend(_struct, _last),		\
		.status = offsetof(_struct, status),			\
		.execute = _execute,					\
		__VA_ARGS__						\
	}

/* One that changes a page. */
#define MODEPAGES_IOCTL_CHANGE(_number, _struct, _last, _execute)	\
	MODEPAGES_IOCTL(_number, _struct, _last, _execute,		\
			.writes = true,					\
			.result = offsetof(_struct, result),		\
			.generation = offsetof(_struct, generation))

static const struct modepages_ioctl modepages_ioctls[] = {
	MODEPAGES_IOCTL(MODEPAGES_IOCTL_INFO, struct modepages_info, status,
			modepages_ioctl_info),
	MODEPAGES_IOCTL(MODEPAGES_IOCTL_LIST, struct modepages_list, status,
			modepages_ioctl_list),
	MODEPAGES_IOCTL(MODEPAGES_IOCTL_GET, struct modepages_get, status,
			modepages_ioctl_get),
	MODEPAGES_IOCTL_CHANGE(MODEPAGES_IOCTL_SET, struct modepages_set,
			       status, modepages_ioctl_set),
	MODEPAGES_IOCTL_CHANGE(MODEPAGES_IOCTL_MODIFY, struct modepages_modify,
			       status, modepages_ioctl_modify),
	MODEPAGES_IOCTL(MODEPAGES_IOCTL_KEEP, struct modepages_keep, status,
			modepages_ioctl_keep, .writes = true),
};

union modepages_argument {
	struct modepages_info info;
	struct modepages_list list;
	struct modepages_get get;
	struct modepages_set set;
	struct modepages_modify modify;
	struct modepages_keep keep;
};

static const struct modepages_ioctl *modepages_find_ioctl(unsigned int cmd)
{
	unsigned int number = _IOC_NR(cmd);

	if (number >= ARRAY_SIZE(modepages_ioctls) ||
	    cmd != _IO(MODEPAGES_IOCTL_TYPE, number))
		return NULL;
	return &modepages_ioctls[number];
}

/* Whether anything was written is to be true also where it is not tried. */
static void modepages_clear_outcome(const struct modepages_ioctl *op,
				    void *argument)
{
	if (op->result)
		*(u32 *)(argument + op->result) = 0;
	if (op->generation)
		*(u64 *)(argument + op->generation) = 0;
}

static long modepages_unlocked_ioctl(struct file *file, unsigned int cmd,
				     unsigned long arg)
{
	const struct modepages_ioctl *op = modepages_find_ioctl(cmd);
	struct modepages_file *mf = file->private_data;
	void __user *user = (void __user *)arg;
	union modepages_argument argument;
	struct modepages_status *status;
	u32 size;
	int ret;

	if (!op)
		return -ENOTTY;
	if (get_user(size, (u32 __user *)user))
		return -EFAULT;
	if (size > PAGE_SIZE)
		return -E2BIG;
	if (size < op->min_size)
		return -EINVAL;
	ret = copy_struct_from_user(&argument, op->size, user, size);
	if (ret)
		return ret;

	status = (void *)&argument + op->status;
	memset(status, 0, sizeof(*status));
	modepages_clear_outcome(op, &argument);
	if (modepages_device_gone(mf->md)) {
		status->code = MODEPAGES_STATUS_NO_DEVICE;
		ret = -ENODEV;
	} else if (op->writes && !mf->writable) {
		status->code = MODEPAGES_STATUS_INVALID_ARGUMENT;
		status->stage = MODEPAGES_STAGE_CHECK;
		ret = -EBADF;
	} else {
		ret = op->execute(mf, &argument);
	}

	if (copy_to_user(user, &argument, min_t(size_t, size, op->size)))
		return -EFAULT;
	return ret;
}

static __poll_t modepages_poll(struct file *file, poll_table *wait)
{
	struct modepages_file *mf = file->private_data;
	__poll_t events = 0;

	poll_wait(file, &mf->md->wait, wait);
	if (modepages_device_gone(mf->md))
		events |= EPOLLHUP | EPOLLERR;
	if (atomic64_read(&mf->generation) != atomic64_read(&mf->md->generation))
		events |= EPOLLPRI;
	return events;
}

static void modepages_free(struct modepages_file *mf)
{
	modepages_file_end(mf);
	scsi_device_put(mf->sdev);
	put_device(&mf->md->dev);
	kfree(mf);
}

static void modepages_close(struct modepages_file *mf)
{
	modepages_restore(mf);
	modepages_free(mf);
}

/* Files that a work item has to close; module exit waits until there are none. */
static atomic_t modepages_closing = ATOMIC_INIT(0);

static void modepages_close_work(struct work_struct *work)
{
	modepages_close(container_of(work, struct modepages_file, close));
	if (atomic_dec_and_test(&modepages_closing))
		wake_up_var(&modepages_closing);
}

static void modepages_close_later(struct modepages_file *mf)
{
	atomic_inc(&modepages_closing);
	queue_work(modepages_workqueue, &mf->close);
}

/**
 * modepages_cdev_exit() - wait until all files that are gone have put back
 *
 * Context: module exit, when no file is open.
 */
void modepages_cdev_exit(void)
{
	wait_var_event(&modepages_closing, !atomic_read(&modepages_closing));
}

static struct modepages_file *modepages_alloc(struct modepages_device *md,
					      fmode_t mode)
{
	struct modepages_file *mf;

	mf = kzalloc(sizeof(*mf), GFP_KERNEL_ACCOUNT);
	if (!mf)
		return ERR_PTR(-ENOMEM);
	/* The node is there before the device is added, and after it is gone. */
	mf->sdev = modepages_device_get_sdev(md);
	if (!mf->sdev) {
		kfree(mf);
		return ERR_PTR(-ENODEV);
	}
	get_device(&md->dev);
	mf->md = md;
	mf->writable = mode & FMODE_WRITE;
	INIT_WORK(&mf->close, modepages_close_work);
	atomic64_set(&mf->generation, atomic64_read(&md->generation));
	modepages_file_begin(mf);
	return mf;
}

static int modepages_open(struct inode *inode, struct file *file)
{
	struct modepages_device *md =
		container_of(inode->i_cdev, struct modepages_device, cdev);
	struct modepages_file *mf;
	int ret;

	/* The flag is gone from f_flags when open() returns. */
	if (file->f_flags & O_EXCL && !(file->f_mode & FMODE_WRITE))
		return -EPERM;

	mf = modepages_alloc(md, file->f_mode);
	if (IS_ERR(mf))
		return PTR_ERR(mf);
	ret = file->f_flags & O_EXCL ? modepages_lock_take(mf) : 0;
	if (ret) {
		modepages_free(mf);
		return ret;
	}
	file->private_data = mf;
	modepages_refresh_unready(md);
	return nonseekable_open(inode, file);
}

static bool modepages_has_to_restore(struct modepages_file *mf)
{
	bool has;

	spin_lock(&mf->md->lock);
	has = mf->leases;
	spin_unlock(&mf->md->lock);
	return has;
}

/*
 * What the file has changed is put back before this returns, so that whoever waits
 * for a process that was killed finds the old values. A kernel thread gets here for
 * files that were under way in a socket; nobody waits for that, and others' files
 * wait for the thread.
 */
static int modepages_release(struct inode *inode, struct file *file)
{
	struct modepages_file *mf = file->private_data;

	if (!modepages_has_to_restore(mf))
		modepages_free(mf);
	else if (current->flags & PF_KTHREAD)
		modepages_close_later(mf);
	else
		modepages_close(mf);
	return 0;
}

const struct file_operations modepages_fops = {
	.owner = THIS_MODULE,
	.open = modepages_open,
	.release = modepages_release,
	.poll = modepages_poll,
	.unlocked_ioctl = modepages_unlocked_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};
