// SPDX-License-Identifier: MIT
#include "ioctls.h"

#include "arena.h"

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
	MEMBER(FLAGS, get, flags, .most = MODEPAGES_GET_CACHED),
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
		.good = &(const struct modepages_##_struct) { __VA_ARGS__ }, \
	}

const struct ioctl_type ioctl_types[] = {
	IOCTL(INFO, info, status, .size = 0),
	IOCTL(LIST, list, status, .size = 0),
	IOCTL(GET, get, status, .page = 0x2a),
};

const size_t ioctl_count = ARRAY_SIZE(ioctl_types);
