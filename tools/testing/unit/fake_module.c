// SPDX-License-Identifier: MIT
/*
 * The module as a model.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include "fake_module.h"

#include <cmocka.h>

#define MOST_CALLS	16

static struct {
	const struct module *module;
	const char *expected;
	char calls[256];
	struct step steps[MOST_CALLS];
} fake;

static void note(const char *call, const char *how)
{
	size_t used = strlen(fake.calls);

	snprintf(fake.calls + used, sizeof(fake.calls) - used, "%s%s%s",
		 used ? " " : "", call, how);
}

static u32 status_of(int error)
{
	switch (error) {
	case ENOENT:
	case EOPNOTSUPP:
		return MODEPAGES_STATUS_NO_SUCH_PAGE;
	case EPROTO:
		return MODEPAGES_STATUS_INVALID_RESPONSE;
	default:
		return MODEPAGES_STATUS_BUSY;
	}
}

static int refuse(struct modepages_status *block, int error)
{
	block->code = status_of(error);
	block->stage = MODEPAGES_STAGE_SENSE;
	errno = error;
	return -1;
}

static int give(struct modepages_get *get, const u8 *data, size_t size)
{
	size_t fits = min((size_t)get->length, size);

	memcpy((void *)(uintptr_t)get->data, data, fits);
	get->length = size;
	return 0;
}

static int call_get(struct modepages_get *get)
{
	const u8 alone[] = { 0x80 | get->page, 2, 0xa5, get->control };
	bool recent = get->flags & MODEPAGES_GET_RECENT;
	char name[8];

	snprintf(name, sizeof(name), "%02x", get->page);
	note(name, recent ? "-recent" :
		   get->flags & MODEPAGES_GET_CACHED ? "-cached" : "");
	assert_int_equal(get->size, sizeof(*get));
	assert_int_equal(get->subpage, 0);
	assert_int_equal(get->reserved, 0);
	if (recent && fake.module->stale)
		return refuse(&get->status, fake.module->stale);
	if (fake.module->errors[get->page])
		return refuse(&get->status, fake.module->errors[get->page]);
	get->result = get->flags ? MODEPAGES_RESULT_CACHED : 0;
	if (get->page != MODE_PAGE_ALL)
		return give(get, alone, sizeof(alone));
	get->result |= fake.module->all_result;
	return give(get, fake.module->all, fake.module->all_length);
}

static int call_list(struct modepages_list *list)
{
	struct modepages_list_entry *entries =
		(void *)(uintptr_t)list->entries;
	u32 i;

	note("list", list->flags & MODEPAGES_LIST_CACHED ? "-cached" : "");
	for (i = 0; fake.module->list[i]; i++)
		entries[i] = (struct modepages_list_entry){
			.page = fake.module->list[i], .length = 4,
		};
	list->count = i;
	return 0;
}

static int call(unsigned long number, void *argument)
{
	struct modepages_info *about = argument;

	switch (number) {
	case MODEPAGES_IOCTL_INFO:
		note("info", "");
		about->features = fake.module->features;
		about->quirks = fake.module->quirks;
		return 0;
	case MODEPAGES_IOCTL_LIST:
		return call_list(argument);
	default:
		assert_int_equal(number, MODEPAGES_IOCTL_GET);
		return call_get(argument);
	}
}

void fake_module_start(const struct module *module, const char *calls)
{
	size_t i, count = 1;

	for (i = 0; i < MOST_CALLS; i++)
		fake.steps[i] = (struct step){ .module = call };
	for (i = 0; calls[i]; i++)
		count += calls[i] == ' ';
	assert_true(count <= MOST_CALLS);
	fake.module = module;
	fake.expected = calls;
	fake.calls[0] = '\0';
	fake_start(fake.steps, count);
}

void fake_module_end(void)
{
	assert_string_equal(fake.calls, fake.expected);
	fake_end();
}
