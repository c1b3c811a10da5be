// SPDX-License-Identifier: MIT
#include "arguments.h"

#include <linux/cdrom.h>
#include <linux/fs.h>
#include <scsi/sg.h>
#include <string.h>

#include "arena.h"
#include "random.h"

/* Of other devices: a node takes mode pages and nothing else. */
static const unsigned int others[] = {
	SG_IO, SG_GET_VERSION_NUM, SG_SCSI_RESET, CDROMEJECT, CDROMRESET,
	CDROM_SEND_PACKET, CDROM_GET_CAPABILITY, CDROM_LOCKDOOR,
	BLKGETSIZE64, BLKRRPART, _IO(MODEPAGES_IOCTL_TYPE - 1, 0),
	_IO(MODEPAGES_IOCTL_TYPE + 1, 0),
};

static unsigned int random_other_number(void)
{
	switch (random_below(3)) {
	case 0:
		return others[random_below(ARRAY_SIZE(others))];
	case 1:
		return _IO(MODEPAGES_IOCTL_TYPE,
			   ioctl_count + random_below(256 - ioctl_count));
	default:
		/* With a size and a direction, where ours have none. */
		return ioctl_types[random_below(ioctl_count)].number |
			(1 + random_below(0xffff)) << 16;
	}
}

/*
 * No memory of a program: the kernel's, nobody's, or none at all. Nor may what is
 * left in 32 bits be near the stack, which grows when it is looked at.
 */
static const uint64_t wild_addresses[] = {
	0, 1, 4, 0x00007ffffffff000, (uint64_t)1 << 62, 0xffff888000000000,
	0xffffffff81000000, -(uint64_t)PAGE_SIZE, -(uint64_t)8, -(uint64_t)1,
};

static uint64_t random_address(size_t length)
{
	switch (random_below(10)) {
	case 0:
		return wild_addresses[random_below(ARRAY_SIZE(wild_addresses))];
	case 1:
		/* What is left of it in 32 bits is good. */
		return arena_address(ARENA_WRITABLE) |
			(uint64_t)1 << (48 + random_below(16));
	case 2:
		/* On both sides of a page's end, or just before it. */
		return arena_address(PAGE_SIZE * (1 + random_below(ARENA_PAGES)) -
				     (1 + random_below(length)));
	case 3:
		return arena_address(random_below(ARENA_SIZE));
	case 4:
		return arena_address(ARENA_WRITABLE +
				     random_below(2 * PAGE_SIZE - length));
	default:
		return arena_address(ARENA_WRITABLE +
				     random_below(2 * PAGE_SIZE - length) / 8 * 8);
	}
}

static uint32_t random_size(const struct ioctl_type *type)
{
	switch (random_below(8)) {
	case 0:
		return random_below(type->size);
	case 1:
		return type->size + 1 + random_below(64);
	case 2:
		return PAGE_SIZE - 8 + random_below(16);
	case 3:
		return random_boundary(32);
	default:
		return type->size;
	}
}

static uint64_t random_number(const struct member *member, uint64_t good)
{
	switch (random_below(16)) {
	case 0:
		return random_boundary(8 * member->size);
	case 1 ... 5:
		return random_below((uint64_t)member->most + 1);
	default:
		return good;
	}
}

static uint64_t random_value(const struct member *member, uint64_t good)
{
	switch (member->role) {
	case ROLE_FLAGS:
		return random_one_in(8) ? random_boundary(8 * member->size) :
			random_next() & member->most;
	case ROLE_NUMBER:
		return random_number(member, good);
	case ROLE_RESERVED:
		return random_one_in(16) ? random_boundary(8 * member->size) : 0;
	case ROLE_POINTER:
		return random_address(512);
	case ROLE_SOURCE:
		return random_one_in(3) ? random_address(512) :
			random_one_in(4) ? 0 : (uintptr_t)zeros;
	case ROLE_PAGE:
		return random_one_in(3) ? random_address(512) : good;
	case ROLE_LENGTH:
		if (good && random_one_in(2))
			return good;
		return random_one_in(4) ? random_boundary(8 * member->size) :
			random_below(512);
	default:
		return random_next();
	}
}

static void randomize(const struct member *member, uint8_t *argument)
{
	uint64_t value = 0;
	size_t size = min(member->size, sizeof(value));

	/* This is for machines that begin with the lowest byte. */
	memcpy(&value, argument + member->offset, size);
	value = random_value(member, value);
	memcpy(argument + member->offset, &value, size);
}

/* What a drive answers must stay as it is: so nothing is changed that could be. */
static void tame(const struct ioctl_type *type, void *argument)
{
	struct modepages_modify *modify = argument;

	if (type->number == MODEPAGES_IOCTL_MODIFY && modify->page != GOOD_PAGE)
		modify->flags |= MODEPAGES_CHANGE_DRY_RUN;
}

/* What is "out" may hold anything before. */
static void put_argument(const struct ioctl_type *type, uint64_t address)
{
	const struct member *member;
	uint8_t argument[PAGE_SIZE] = { 0 };
	uint32_t size = random_size(type);
	size_t length = min(size, PAGE_SIZE);

	ioctl_good(type, argument);
	memcpy(argument, &size, sizeof(size));
	for (member = type->members; member->role; member++)
		randomize(member, argument);
	tame(type, argument);
	random_bytes(argument + type->status, sizeof(struct modepages_status));
	if (length > type->size && random_one_in(3))
		argument[type->size + random_below(length - type->size)] = 1;
	arena_put(address, argument, length > type->size ? length : type->size);
}

void random_call(struct call *call)
{
	const struct ioctl_type *type = &ioctl_types[random_below(ioctl_count)];
	bool other = random_one_in(8);

	call->type = other ? NULL : type;
	call->number = other ? random_other_number() : type->number;
	/* An ioctl of 32 bits has no more of it. */
	call->address = (uintptr_t)random_address(type->size);
	put_argument(type, call->address);
}
