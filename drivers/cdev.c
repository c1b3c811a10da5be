// SPDX-License-Identifier: GPL-2.0-only
/*
 * The node: open, and the ioctls of <linux/modepages.h>. The only file that
 * copies from and to user space.
 */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "modepages.h"

#define MODEPAGES_TIMEOUT_MIN_MS	30000
#define MODEPAGES_TIMEOUT_MAX_MS	260000

static_assert(sizeof(struct modepages_status) == 88);
static_assert(sizeof(struct modepages_info) == 128);
static_assert(sizeof(struct modepages_list_entry) == 8);
static_assert(sizeof(struct modepages_list) == 112);
static_assert(sizeof(struct modepages_get) == 128);

/**
 * struct modepages_file - an open file description
 * @md: the drive's object, with a reference
 * @sdev: the drive, with a reference: keeps the host driver loaded
 * @generation: the one that INFO told last, or that was at open
 */
struct modepages_file {
	struct modepages_device *md;
	struct scsi_device *sdev;
	atomic64_t generation;
};

static int modepages_invalid(struct modepages_status *status)
{
	status->code = MODEPAGES_STATUS_INVALID_ARGUMENT;
	status->stage = MODEPAGES_STAGE_CHECK;
	return -EINVAL;
}

/* The drive is one to which nothing is sent: no command has failed. */
static int modepages_passive(struct modepages_status *status)
{
	status->stage = MODEPAGES_STAGE_CHECK;
	return -EOPNOTSUPP;
}

static int modepages_ioctl_info(struct modepages_file *mf, void *arg)
{
	struct modepages_device *md = mf->md;
	struct modepages_info *info = arg;

	if (info->flags || memchr_inv(info->reserved, 0, sizeof(info->reserved)))
		return modepages_invalid(&info->status);

	info->features = 0;
	info->generation = atomic64_read(&md->generation);
	atomic64_set(&mf->generation, info->generation);
	spin_lock(&md->lock);
	info->quirks = md->quirks;
	info->medium_type = md->medium_type;
	info->device_specific = md->device_specific;
	spin_unlock(&md->lock);
	return 0;
}

static int modepages_ioctl_list(struct modepages_file *mf, void *arg)
{
	struct modepages_device *md = mf->md;
	struct modepages_list *list = arg;
	struct modepages_list_entry __user *entries =
		u64_to_user_ptr(list->entries);
	u8 ask = list->flags & MODEPAGES_LIST_CACHED ? 0 : 0xf;
	u64 supported = modepages_device_supported(md);
	struct modepages_list_entry entry;
	u32 count = 0;
	u8 code;
	int ret;

	if (list->flags & ~MODEPAGES_LIST_CACHED || list->reserved)
		return modepages_invalid(&list->status);
	if (md->passive && ask)
		return modepages_passive(&list->status);

	for (code = 0; code < MODE_PAGE_ALL; code++) {
		if (!(supported & BIT_ULL(code)))
			continue;
		ret = modepages_list_entry(md, code, &ask, &entry,
					   &list->status);
		if (ret)
			return ret;
		if (count < list->count &&
		    copy_to_user(&entries[count], &entry, sizeof(entry)))
			return -EFAULT;
		count++;
	}

	list->count = count;
	/* A page control that was refused is an answer. */
	memset(&list->status, 0, sizeof(list->status));
	return 0;
}

static int modepages_get_copy(struct modepages_get *get, const u8 *data,
			      size_t length)
{
	u32 room = get->length;

	get->length = length;
	if (copy_to_user(u64_to_user_ptr(get->data), data,
			 min_t(size_t, room, length)))
		return -EFAULT;
	return 0;
}

static int modepages_get_failed(struct modepages_get *get, u32 code)
{
	get->status.code = code;
	get->status.stage = MODEPAGES_STAGE_PARSE;
	return status_errno(&get->status);
}

/* All pages, if each can be told from the other; the last may be cut short. */
static int modepages_get_all(struct modepages_get *get,
			     const struct mode_data *data)
{
	struct mode_data whole = *data;
	struct mode_page page = { };
	size_t offset = 0;

	whole.length = 0;
	while (mode_page_next(data, &offset, &page) && !page.truncated)
		whole.length = offset;
	if (!data->length)
		return modepages_get_failed(get, MODEPAGES_STATUS_NO_SUCH_PAGE);
	if (!page.data || !mode_data_sound(&whole))
		return modepages_get_failed(get,
					    MODEPAGES_STATUS_INVALID_RESPONSE);
	if (whole.length != data->length)
		get->result |= MODEPAGES_RESULT_TRUNCATED;
	return modepages_get_copy(get, data->pages, data->length);
}

static int modepages_get_page(struct modepages_get *get,
			      const struct mode_data *data,
			      struct mode_page *page)
{
	int ret;

	ret = mode_page_find(data, get->page, get->subpage, page);
	if (ret)
		return modepages_get_failed(get, ret == -ENOENT ?
					    MODEPAGES_STATUS_NO_SUCH_PAGE :
					    MODEPAGES_STATUS_INVALID_RESPONSE);
	if (page->truncated)
		get->result |= MODEPAGES_RESULT_TRUNCATED;
	return modepages_get_copy(get, page->data, page->length);
}

static int modepages_get_cached(struct modepages_device *md,
				struct modepages_get *get)
{
	struct modepages_snapshot *snapshot = NULL;
	struct mode_page page;
	int ret;

	if (!get->subpage)
		snapshot = modepages_snapshot_find(md, get->control, get->page);
	if (!snapshot)
		return -ENODATA;

	get->result = MODEPAGES_RESULT_CACHED;
	get->generation = snapshot->generation;
	get->status = snapshot->status;
	ret = status_errno(&get->status);
	if (!ret && get->page == MODE_PAGE_ALL)
		ret = modepages_get_all(get, &snapshot->data);
	else if (!ret)
		ret = modepages_get_page(get, &snapshot->data, &page);
	modepages_snapshot_put(snapshot);
	return ret;
}

static unsigned int modepages_get_timeout_ms(const struct modepages_get *get)
{
	if (!get->timeout_ms)
		return MODEPAGES_TIMEOUT_MS;
	return clamp(get->timeout_ms, MODEPAGES_TIMEOUT_MIN_MS,
		     MODEPAGES_TIMEOUT_MAX_MS);
}

/* What is handed out is also what is known from now on. */
static void modepages_get_keep(struct modepages_device *md,
			       const struct modepages_get *get,
			       struct modepages_result *result)
{
	const struct modepages_key key = {
		.control = get->control,
		.code = get->page,
	};

	if (!result->sequence || get->subpage)
		return;
	if (key.code != MODE_PAGE_ALL || result->status.code ||
	    mode_data_sound(&result->data))
		modepages_keep_result(md, key, result);
}

static int modepages_get_fresh(struct modepages_device *md,
			       struct modepages_get *get)
{
	const struct mode_request request = {
		.page = get->page,
		.subpage = get->subpage,
		.control = get->control,
	};
	struct modepages_result result;
	struct mode_page page;
	int ret;

	get->result = 0;
	ret = modepages_mode_sense(md, &request, modepages_get_timeout_ms(get),
				   &result);
	get->status = result.status;
	if (!ret && get->page == MODE_PAGE_ALL)
		ret = modepages_get_all(get, &result.data);
	else if (!ret)
		ret = modepages_get_page(get, &result.data, &page);
	if (get->status.stage == MODEPAGES_STAGE_PARSE)
		modepages_device_note_status(md, &get->status);
	modepages_get_keep(md, get, &result);
	get->generation = result.generation;
	modepages_result_free(&result);
	return ret;
}

static int modepages_ioctl_get(struct modepages_file *mf, void *arg)
{
	struct modepages_get *get = arg;

	if (get->flags & ~MODEPAGES_GET_CACHED || get->reserved ||
	    get->page > MODE_PAGE_ALL || get->subpage == 0xff ||
	    get->control > MODEPAGES_CONTROL_SAVED ||
	    (get->page == MODE_PAGE_ALL && get->subpage))
		return modepages_invalid(&get->status);

	if (get->flags & MODEPAGES_GET_CACHED)
		return modepages_get_cached(mf->md, get);
	return modepages_get_fresh(mf->md, get);
}

/**
 * struct modepages_ioctl - an ioctl
 * @size: size of its structure today
 * @min_size: size of its structure when it was first published
 * @status: offset of its status block
 * @execute: does it, on a copy of the structure with a zeroed status block
 */
struct modepages_ioctl {
	size_t size;
	size_t min_size;
	size_t status;
	int (*execute)(struct modepages_file *mf, void *arg);
};

#define MODEPAGES_IOCTL(_number, _struct, _last, _execute)		\
	[_IOC_NR(_number)] = {						\
		.size = sizeof(_struct),				\
		.min_size = offsetofend(_struct, _last),		\
		.status = offsetof(_struct, status),			\
		.execute = _execute,					\
	}

static const struct modepages_ioctl modepages_ioctls[] = {
	MODEPAGES_IOCTL(MODEPAGES_IOCTL_INFO, struct modepages_info, status,
			modepages_ioctl_info),
	MODEPAGES_IOCTL(MODEPAGES_IOCTL_LIST, struct modepages_list, status,
			modepages_ioctl_list),
	MODEPAGES_IOCTL(MODEPAGES_IOCTL_GET, struct modepages_get, status,
			modepages_ioctl_get),
};

union modepages_argument {
	struct modepages_info info;
	struct modepages_list list;
	struct modepages_get get;
};

static const struct modepages_ioctl *modepages_find_ioctl(unsigned int cmd)
{
	unsigned int number = _IOC_NR(cmd);

	if (number >= ARRAY_SIZE(modepages_ioctls) ||
	    cmd != _IO(MODEPAGES_IOCTL_TYPE, number))
		return NULL;
	return &modepages_ioctls[number];
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
	if (modepages_device_gone(mf->md)) {
		status->code = MODEPAGES_STATUS_NO_DEVICE;
		ret = -ENODEV;
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

static int modepages_open(struct inode *inode, struct file *file)
{
	struct modepages_device *md =
		container_of(inode->i_cdev, struct modepages_device, cdev);
	struct modepages_file *mf;

	/* There is no lock yet, and no program must believe it holds one. */
	if (file->f_flags & O_EXCL)
		return -EOPNOTSUPP;

	mf = kzalloc(sizeof(*mf), GFP_KERNEL);
	if (!mf)
		return -ENOMEM;

	/* The node is there before the device is added, and after it is gone. */
	mf->sdev = modepages_device_get_sdev(md);
	if (!mf->sdev) {
		kfree(mf);
		return -ENODEV;
	}

	get_device(&md->dev);
	mf->md = md;
	atomic64_set(&mf->generation, atomic64_read(&md->generation));
	file->private_data = mf;
	modepages_refresh_unready(md);
	return nonseekable_open(inode, file);
}

static int modepages_release(struct inode *inode, struct file *file)
{
	struct modepages_file *mf = file->private_data;

	scsi_device_put(mf->sdev);
	put_device(&mf->md->dev);
	kfree(mf);
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
