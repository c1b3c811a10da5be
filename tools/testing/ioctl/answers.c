// SPDX-License-Identifier: MIT
#include "answers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "call.h"

#define ROOM	65536

bool answers_end;

static const struct answer gone = { .error = -ENODEV };

/* One errno for each, but where two are promised: see status_fits(). */
static const int status_errors[] = {
	[MODEPAGES_STATUS_OK] = 0,
	[MODEPAGES_STATUS_INVALID_ARGUMENT] = -EINVAL,
	[MODEPAGES_STATUS_FAIL] = -EIO,
	[MODEPAGES_STATUS_NO_MEMORY] = -ENOMEM,
	[MODEPAGES_STATUS_TIMEOUT] = -ETIMEDOUT,
	[MODEPAGES_STATUS_INVALID_RESPONSE] = -EPROTO,
	[MODEPAGES_STATUS_UPSIDE_DOWN] = -EMEDIUMTYPE,
	[MODEPAGES_STATUS_BECOMING_READY] = -EAGAIN,
	[MODEPAGES_STATUS_NO_MEDIA] = -ENOMEDIUM,
	[MODEPAGES_STATUS_FORMAT_IN_PROGRESS] = -EINPROGRESS,
	[MODEPAGES_STATUS_BUSY] = -EALREADY,
	[MODEPAGES_STATUS_LOSS_OF_STREAMING] = -EPIPE,
	[MODEPAGES_STATUS_INCOMPATIBLE] = -EMEDIUMTYPE,
	[MODEPAGES_STATUS_NO_SUCH_PAGE] = -ENOENT,
	[MODEPAGES_STATUS_INVALID_MODE_PARAMETERS] = -ERANGE,
	[MODEPAGES_STATUS_WRITE_PROTECTED] = -EROFS,
	[MODEPAGES_STATUS_SPEED_MISMATCH] = -EMEDIUMTYPE,
	[MODEPAGES_STATUS_NO_DEVICE] = -ENODEV,
	[MODEPAGES_STATUS_LOCKED] = -EBUSY,
	[MODEPAGES_STATUS_NOT_CHANGEABLE] = -EPERM,
	[MODEPAGES_STATUS_CHANGED_MEANWHILE] = -ESTALE,
	[MODEPAGES_STATUS_VERIFY_FAILED] = -EIO,
};

bool status_fits(const struct modepages_status *status, int error)
{
	if (status->code >= ARRAY_SIZE(status_errors))
		return false;
	if (status->code == MODEPAGES_STATUS_NO_SUCH_PAGE &&
	    error == -EOPNOTSUPP)
		return true;
	/* The file can't be written to. */
	if (status->code == MODEPAGES_STATUS_INVALID_ARGUMENT && error == -EBADF)
		return true;
	/* Nothing is known, and no command was sent. */
	if (status->code == MODEPAGES_STATUS_OK && error == -ENODATA)
		return true;
	return status_errors[status->code] == error;
}

static int ask(const struct ioctl_type *type, void *argument,
	       const struct modepages_status *status)
{
	struct call call = {
		.type = type,
		.number = type->number,
		.address = (uintptr_t)argument,
	};

	call_make(&call);
	expect(status_fits(status, call.error));
	expect(call.error != -ENODEV || answers_end);
	return call.error;
}

static struct answer *new_answer(int error, const void *bytes, size_t length)
{
	struct answer *answer = malloc(sizeof(*answer) + length);

	if (!answer)
		abort();
	*answer = (struct answer) { .error = error, .length = length };
	memcpy(answer->bytes, bytes, length);
	return answer;
}

const struct answer *answer_list(void)
{
	static struct modepages_list_entry entries[MODEPAGES_PAGE_ALL];
	static struct answer *answer;
	struct modepages_list list = {
		.size = sizeof(list),
		.entries = (uintptr_t)entries,
		.count = ARRAY_SIZE(entries),
	};
	int error;

	if (answer)
		return answer;
	error = ask(&ioctl_types[_IOC_NR(MODEPAGES_IOCTL_LIST)], &list,
		    &list.status);
	if (error == -ENODEV)
		return &gone;
	expect(!error && list.count <= ARRAY_SIZE(entries));
	answer = new_answer(0, entries, list.count * sizeof(*entries));
	answer->count = list.count;
	return answer;
}

static struct answer *ask_page(const struct modepages_get *like)
{
	static uint8_t data[ROOM];
	struct modepages_get get = {
		.size = sizeof(get),
		.page = like->page,
		.subpage = like->subpage,
		.control = like->control,
		.data = (uintptr_t)data,
		.length = sizeof(data),
	};
	struct answer *answer;
	int error;

	error = ask(&ioctl_types[_IOC_NR(MODEPAGES_IOCTL_GET)], &get,
		    &get.status);
	if (error == -ENODEV)
		return NULL;
	expect(error || (get.length && get.length <= sizeof(data)));
	answer = new_answer(error, data, error ? 0 : get.length);
	answer->count = get.length;
	answer->result = get.result;
	return answer;
}

const struct answer *answer_get(const struct modepages_get *get)
{
	static struct answer *answers[MODEPAGES_CONTROL_SAVED + 1]
				     [MODEPAGES_PAGE_ALL + 1][UINT8_MAX + 1];
	struct answer **answer =
		&answers[get->control][get->page][get->subpage];

	if (!*answer)
		*answer = ask_page(get);
	return *answer ? *answer : &gone;
}
