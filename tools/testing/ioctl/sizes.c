// SPDX-License-Identifier: MIT
/*
 * Each ioctl of the node that is stdin with each size that its structure can be
 * said to have, and with its end where memory ends. Prints what is wrong, and
 * ends there.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "call.h"

/* Members that a later form may have: some, and as many as there may be. */
static const size_t later_sizes[] = { 1, 2, 3, 4, 7, 8, 9, 15, 16, 64, 1000 };

/* What is behind an argument is not zero, and must not be looked at. */
static void fill_arena(void)
{
	static uint8_t bytes[ARENA_SIZE];

	memset(bytes, 0xa5, sizeof(bytes));
	arena_fill(bytes);
}

/* A good argument of the given size. */
static void put(const struct ioctl_type *type, uint64_t address, uint32_t size)
{
	uint8_t bytes[PAGE_SIZE] = { 0 };

	ioctl_good(type, bytes);
	memcpy(bytes, &size, sizeof(size));
	fill_arena();
	arena_put(address, bytes, size < sizeof(size) ? sizeof(size) :
		  min(size, sizeof(bytes)));
}

/* On success it has been filled, as far as both sides know it. */
static void make(const struct ioctl_type *type, uint64_t address, uint32_t size,
		 int error)
{
	struct call call = {
		.type = type,
		.number = type->number,
		.address = address,
	};

	call_make(&call);
	expect(call.error == error);
	if (!error)
		arena_accept(address, min(size, type->size));
	expect_no_other_byte();
}

static void check(const struct ioctl_type *type, size_t offset, uint32_t size,
		  int error)
{
	uint64_t address = arena_address(offset);

	put(type, address, size);
	make(type, address, size, error);
}

static void check_too_small(const struct ioctl_type *type)
{
	size_t size;

	for (size = 0; size < type->first_size; size++)
		check(type, ARENA_WRITABLE, size, -EINVAL);
}

static void check_known(const struct ioctl_type *type)
{
	size_t size;

	for (size = type->first_size; size <= type->size; size++)
		check(type, ARENA_WRITABLE, size, 0);
}

static void check_tail(const struct ioctl_type *type, size_t size)
{
	uint64_t address = arena_address(ARENA_WRITABLE);
	size_t at;

	check(type, ARENA_WRITABLE, size, 0);
	for (at = type->size; at < size; at++) {
		put(type, address, size);
		arena_put(address + at, "\1", 1);
		make(type, address, size, -E2BIG);
	}
}

static void check_later(const struct ioctl_type *type)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(later_sizes); i++)
		check_tail(type, type->size + later_sizes[i]);
	check_tail(type, PAGE_SIZE);
}

static void check_too_large(const struct ioctl_type *type)
{
	static const uint32_t sizes[] = {
		PAGE_SIZE + 1, 2 * PAGE_SIZE, USHRT_MAX, INT_MAX,
		INT_MAX + 1U, UINT_MAX,
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++)
		check(type, ARENA_WRITABLE, sizes[i], -E2BIG);
}

/* The end of memory counts for as much as the size says, and no more. */
static void check_end_of_memory(const struct ioctl_type *type)
{
	size_t room;

	for (room = 0; room < type->size; room++)
		check(type, ARENA_HOLE - room, type->size, -EFAULT);
	check(type, ARENA_HOLE - room, type->size, 0);
	check(type, ARENA_HOLE - room, type->size + 1, -EFAULT);
	check(type, ARENA_HOLE - room, PAGE_SIZE, -EFAULT);
	check(type, ARENA_HOLE - room, PAGE_SIZE + 1, -E2BIG);
	/* Here only the size itself can be read. */
	check(type, ARENA_HOLE - sizeof(uint32_t), type->first_size - 1, -EINVAL);
	check(type, ARENA_HOLE - sizeof(uint32_t), type->first_size, -EFAULT);
}

static void check_memory_that_is_read_only(const struct ioctl_type *type)
{
	check(type, ARENA_READABLE, type->size, -EFAULT);
	check(type, ARENA_READABLE, 0, -EINVAL);
	check(type, ARENA_READABLE, PAGE_SIZE + 1, -E2BIG);
}

int main(void)
{
	const struct ioctl_type *type;

	setvbuf(stdout, NULL, _IOLBF, 0);
	arena_make();
	if (!ioctl_prepare()) {
		perror("page 2Ah");
		return 2;
	}
	for (type = ioctl_types; type < ioctl_types + ioctl_count; type++) {
		check_too_small(type);
		check_known(type);
		check_later(type);
		check_too_large(type);
		check_end_of_memory(type);
		check_memory_that_is_read_only(type);
		printf("%s: %zu to %zu bytes\n", type->name, type->first_size,
		       type->size);
	}
	return 0;
}
