// SPDX-License-Identifier: MIT
#include "ioctls.h"

#include <string.h>
#include <sys/ioctl.h>

#include "arena.h"
#include "call.h"

#define MEMBER(_role, _struct, _member, ...) {				\
		.role = ROLE_##_role,					\
		.offset = offsetof(struct modepages_##_struct, _member), \
		.size = sizeof(((struct modepages_##_struct *)0)->_member), \
		__VA_ARGS__						\
	}

static const struct member info_members[] = {
	MEMBER(FLAGS, info, flags, .most = 0),
	MEMBER(OUT, info, features),
	MEMBER(OUT, info, generation),
	MEMBER(OUT, info, quirks),
	MEMBER(OUT, info, medium_type),
	MEMBER(OUT, info, device_specific),
	MEMBER(RESERVED, info, reserved),
	{ ROLE_END },
};

static const struct member list_members[] = {
	MEMBER(FLAGS, list, flags, .most = MODEPAGES_LIST_CACHED),
	MEMBER(POINTER, list, entries),
	MEMBER(LENGTH, list, count),
	MEMBER(RESERVED, list, reserved),
	{ ROLE_END },
};

static const struct member get_members[] = {
	MEMBER(NUMBER, get, flags, .most = MODEPAGES_GET_RECENT),
	MEMBER(NUMBER, get, page, .most = MODEPAGES_PAGE_ALL),
	MEMBER(NUMBER, get, subpage, .most = 0xfe),
	MEMBER(NUMBER, get, control, .most = MODEPAGES_CONTROL_SAVED),
	MEMBER(RESERVED, get, reserved),
	MEMBER(NUMBER, get, timeout_ms, .most = UINT32_MAX),
	MEMBER(POINTER, get, data),
	MEMBER(LENGTH, get, length),
	MEMBER(OUT, get, result),
	MEMBER(OUT, get, generation),
	{ ROLE_END },
};

static const struct member set_members[] = {
	MEMBER(FLAGS, set, flags,
	       .most = MODEPAGES_CHANGE_SAVE | MODEPAGES_CHANGE_RESTORE),
	MEMBER(PAGE, set, data),
	MEMBER(POINTER, set, before),
	MEMBER(POINTER, set, after),
	MEMBER(LENGTH, set, length),
	MEMBER(NUMBER, set, timeout_ms, .most = UINT32_MAX),
	MEMBER(OUT, set, result),
	MEMBER(RESERVED, set, reserved),
	MEMBER(OUT, set, generation),
	{ ROLE_END },
};

static const struct member modify_members[] = {
	MEMBER(FLAGS, modify, flags,
	       .most = MODEPAGES_CHANGE_SAVE | MODEPAGES_CHANGE_RESTORE |
		       MODEPAGES_CHANGE_DRY_RUN),
	MEMBER(NUMBER, modify, page, .most = MODEPAGES_PAGE_ALL - 1),
	MEMBER(NUMBER, modify, subpage, .most = 0xfe),
	MEMBER(RESERVED, modify, reserved),
	MEMBER(NUMBER, modify, timeout_ms, .most = UINT32_MAX),
	MEMBER(SOURCE, modify, mask),
	MEMBER(SOURCE, modify, value),
	MEMBER(SOURCE, modify, expected_mask),
	MEMBER(SOURCE, modify, expected),
	MEMBER(POINTER, modify, before),
	MEMBER(POINTER, modify, after),
	MEMBER(LENGTH, modify, length),
	MEMBER(OUT, modify, result),
	MEMBER(OUT, modify, generation),
	{ ROLE_END },
};

static const struct member keep_members[] = {
	MEMBER(FLAGS, keep, flags, .most = 0),
	{ ROLE_END },
};

/* The last member of the first form that was published, and a good argument. */
#define IOCTL(_name, _struct, _last, ...)				\
	[_IOC_NR(MODEPAGES_IOCTL_##_name)] = {				\
		.name = #_name,						\
		.number = MODEPAGES_IOCTL_##_name,			\
		.size = sizeof(struct modepages_##_struct),		\
		.first_size =						\
			offsetof(struct modepages_##_struct, _last) +	\
			sizeof(((struct modepages_##_struct *)0)->_last), \
		.status = offsetof(struct modepages_##_struct, status),	\
		.members = _struct##_members,				\
		.writes = _IOC_NR(MODEPAGES_IOCTL_##_name) >=		\
			_IOC_NR(MODEPAGES_IOCTL_SET),			\
		.good = &(const struct modepages_##_struct) { __VA_ARGS__ }, \
	}

const struct ioctl_type ioctl_types[] = {
	IOCTL(INFO, info, status, .size = 0),
	IOCTL(LIST, list, status, .size = 0),
	IOCTL(GET, get, status, .page = GOOD_PAGE),
	IOCTL(SET, set, status, .size = 0),
	IOCTL(MODIFY, modify, status, .page = GOOD_PAGE, .length = 64),
	IOCTL(KEEP, keep, status, .size = 0),
};

const size_t ioctl_count = ARRAY_SIZE(ioctl_types);

/* More than the longest page, as a length of random bits may be, too. */
uint8_t good_page[MOST_BYTES];
const uint8_t zeros[MOST_BYTES];
static uint32_t good_length;

bool ioctl_prepare(void)
{
	struct modepages_get get = {
		.size = sizeof(get),
		.page = GOOD_PAGE,
		.data = (uintptr_t)good_page,
		.length = sizeof(good_page),
	};

	if (ioctl(NODE, MODEPAGES_IOCTL_GET, &get))
		return false;
	good_length = get.length;
	return true;
}

void ioctl_good(const struct ioctl_type *type, void *argument)
{
	struct modepages_modify *modify = argument;
	struct modepages_set *set = argument;

	memcpy(argument, type->good, type->size);
	if (type->number == MODEPAGES_IOCTL_SET) {
		set->data = (uintptr_t)good_page;
		set->length = good_length;
	} else if (type->number == MODEPAGES_IOCTL_MODIFY) {
		modify->mask = (uintptr_t)zeros;
		modify->value = (uintptr_t)zeros;
	}
}
