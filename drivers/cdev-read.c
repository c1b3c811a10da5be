// SPDX-License-Identifier: GPL-2.0-only
/*
 * INFO, LIST and GET.
 */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "modepages.h"

#define MODEPAGES_TIMEOUT_MIN_MS	30000
#define MODEPAGES_TIMEOUT_MAX_MS	260000

/**
 * modepages_invalid() - an argument that no drive could take
 * @status: gets the outcome
 *
 * Return: -EINVAL.
 */
int modepages_invalid(struct modepages_status *status)
{
	status->code = MODEPAGES_STATUS_INVALID_ARGUMENT;
	status->stage = MODEPAGES_STAGE_CHECK;
	return -EINVAL;
}

/**
 * modepages_passive() - the drive is one to which nothing is sent
 * @status: gets the outcome: no command has failed
 *
 * Return: -EOPNOTSUPP.
 */
int modepages_passive(struct modepages_status *status)
{
	status->stage = MODEPAGES_STAGE_CHECK;
	return -EOPNOTSUPP;
}

/**
 * modepages_no_memory() - there is none for what the caller has passed
 * @status: gets the outcome
 *
 * Return: -ENOMEM.
 */
int modepages_no_memory(struct modepages_status *status)
{
	status->code = MODEPAGES_STATUS_NO_MEMORY;
	status->stage = MODEPAGES_STAGE_CHECK;
	return -ENOMEM;
}

/**
 * modepages_ioctl_info() - MODEPAGES_IOCTL_INFO
 * @mf: the open file
 * @arg: its argument, &struct modepages_info
 *
 * Context: process.
 * Return: 0 or a negative errno, as <linux/modepages.h> has them.
 */
int modepages_ioctl_info(struct modepages_file *mf, void *arg)
{
	struct modepages_device *md = mf->md;
	struct modepages_info *info = arg;

	if (info->flags || memchr_inv(info->reserved, 0, sizeof(info->reserved)))
		return modepages_invalid(&info->status);

	info->features = MODEPAGES_FEATURE_CHANGE | MODEPAGES_FEATURE_RECENT;
	info->generation = atomic64_read(&md->generation);
	atomic64_set(&mf->generation, info->generation);
	spin_lock(&md->lock);
	info->quirks = md->quirks;
	info->medium_type = md->medium_type;
	info->device_specific = md->device_specific;
	spin_unlock(&md->lock);
	return 0;
}

/**
 * modepages_ioctl_list() - MODEPAGES_IOCTL_LIST
 * @mf: the open file
 * @arg: its argument, &struct modepages_list
 *
 * Context: process; as modepages_mode_sense().
 * Return: 0 or a negative errno, as <linux/modepages.h> has them.
 */
int modepages_ioctl_list(struct modepages_file *mf, void *arg)
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
	if (modepages_locked_out(md, mf))
		ask = 0;

	for (code = 0; code < MODE_PAGE_ALL; code++) {
		if (!(supported & BIT_ULL(code)))
			continue;
		ret = modepages_list_entry(mf, code, &ask, &entry,
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

/* Drops the reference to the snapshot. */
static int modepages_get_snapshot(struct modepages_get *get,
				  struct modepages_snapshot *snapshot)
{
	struct mode_page page;
	int ret;

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

/* Of subpages nothing is kept. */
static int modepages_get_cached(struct modepages_device *md,
				struct modepages_get *get)
{
	struct modepages_snapshot *snapshot = NULL;

	if (!get->subpage)
		snapshot = modepages_snapshot_find(md, get->control, get->page);
	if (!snapshot)
		return -ENODATA;
	get->result = MODEPAGES_RESULT_CACHED;
	return modepages_get_snapshot(get, snapshot);
}

/* There is no answer, for a reason that is none of the drive's. */
static int modepages_get_nothing(struct modepages_get *get, int error)
{
	switch (error) {
	case -ENODATA:
		return error;
	case -ENOMEM:
		return modepages_no_memory(&get->status);
	case -ENODEV:
		get->status.code = MODEPAGES_STATUS_NO_DEVICE;
		get->status.stage = MODEPAGES_STAGE_SENSE;
		return error;
	default:
		get->status.code = MODEPAGES_STATUS_FAIL;
		return -EINTR;
	}
}

static int modepages_get_recent(struct modepages_device *md,
				struct modepages_get *get)
{
	struct modepages_snapshot *snapshot;
	bool known;

	get->result = 0;
	if (get->subpage)
		return -ENODATA;
	snapshot = modepages_query(md, get->control, get->page, &known);
	if (IS_ERR(snapshot))
		return modepages_get_nothing(get, PTR_ERR(snapshot));
	if (known)
		get->result = MODEPAGES_RESULT_CACHED;
	return modepages_get_snapshot(get, snapshot);
}

/**
 * modepages_timeout_ms() - time-out of a command
 * @wanted_ms: what the caller wants, in milliseconds; 0 for the default
 *
 * Return: milliseconds.
 */
unsigned int modepages_timeout_ms(u32 wanted_ms)
{
	if (!wanted_ms)
		return MODEPAGES_TIMEOUT_MS;
	return clamp(wanted_ms, MODEPAGES_TIMEOUT_MIN_MS,
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
	if (!modepages_all_unsound(md, key, &result->status, &result->data))
		modepages_keep_result(md, key, MODEPAGES_CAUSE_NONE, result);
}

static int modepages_get_fresh(struct modepages_file *mf,
			       struct modepages_get *get)
{
	struct modepages_device *md = mf->md;
	const struct mode_request request = {
		.page = get->page,
		.subpage = get->subpage,
		.control = get->control,
	};
	struct modepages_result result;
	struct mode_page page;
	int ret;

	get->result = 0;
	ret = modepages_mode_sense(md, mf, &request,
				   modepages_timeout_ms(get->timeout_ms),
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

/**
 * modepages_ioctl_get() - MODEPAGES_IOCTL_GET
 * @mf: the open file
 * @arg: its argument, &struct modepages_get
 *
 * Context: process; as modepages_mode_sense().
 * Return: 0 or a negative errno, as <linux/modepages.h> has them.
 */
int modepages_ioctl_get(struct modepages_file *mf, void *arg)
{
	struct modepages_get *get = arg;

	/* One flag at most. */
	if (get->flags > MODEPAGES_GET_RECENT || get->reserved ||
	    get->page > MODE_PAGE_ALL || get->subpage == 0xff ||
	    get->control > MODEPAGES_CONTROL_SAVED ||
	    (get->page == MODE_PAGE_ALL && get->subpage))
		return modepages_invalid(&get->status);

	switch (get->flags) {
	case MODEPAGES_GET_CACHED:
		return modepages_get_cached(mf->md, get);
	case MODEPAGES_GET_RECENT:
		return modepages_get_recent(mf->md, get);
	default:
		return modepages_get_fresh(mf, get);
	}
}
