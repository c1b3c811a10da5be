// SPDX-License-Identifier: MIT
#include "arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define NONE	PROT_NONE
#define READ	PROT_READ
#define WRITE	(PROT_READ | PROT_WRITE)

static const int protections[ARENA_PAGES] = {
	NONE, WRITE, WRITE, READ, WRITE, NONE, WRITE, NONE,
};

/* The same memory as the kernel is given it, and as it can be looked at. */
static uint8_t *arena, *view;
static uint8_t expected[ARENA_SIZE];

static void *map(int protection, int fd)
{
	void *memory = mmap(NULL, ARENA_SIZE, protection, MAP_SHARED, fd, 0);

	if (memory == MAP_FAILED) {
		perror("mmap");
		exit(2);
	}
	return memory;
}

void arena_make(void)
{
	int fd = memfd_create("arena", MFD_CLOEXEC);
	size_t i;

	if (fd < 0 || ftruncate(fd, ARENA_SIZE)) {
		perror("memfd");
		exit(2);
	}
	view = map(WRITE, fd);
	arena = map(NONE, fd);
	for (i = 0; i < ARENA_PAGES; i++) {
		if (mprotect(arena + i * PAGE_SIZE, PAGE_SIZE, protections[i])) {
			perror("mprotect");
			exit(2);
		}
	}
	close(fd);
}

uint64_t arena_address(size_t offset)
{
	return (uintptr_t)arena + offset;
}

uint64_t arena_offset(uint64_t address)
{
	return address - (uintptr_t)arena;
}

static bool allowed(uint64_t address, uint64_t length, int protection)
{
	uint64_t at = arena_offset(address), page;

	if (!length)
		return true;
	if (at >= ARENA_SIZE || length > ARENA_SIZE - at)
		return false;
	for (page = at / PAGE_SIZE; page <= (at + length - 1) / PAGE_SIZE; page++)
		if (!(protections[page] & protection))
			return false;
	return true;
}

bool arena_readable(uint64_t address, uint64_t length)
{
	return allowed(address, length, PROT_READ);
}

bool arena_writable(uint64_t address, uint64_t length)
{
	return allowed(address, length, PROT_WRITE);
}

/* As much of it as lies between the arena's first byte and its last. */
static size_t inside(uint64_t address, uint64_t length)
{
	uint64_t at = arena_offset(address);

	if (at >= ARENA_SIZE)
		return 0;
	return length < ARENA_SIZE - at ? length : ARENA_SIZE - at;
}

void arena_fill(const uint8_t noise[ARENA_SIZE])
{
	memcpy(view, noise, ARENA_SIZE);
	memcpy(expected, noise, ARENA_SIZE);
}

void arena_put(uint64_t address, const void *bytes, size_t length)
{
	memcpy(view + arena_offset(address), bytes, inside(address, length));
	arena_expect(address, bytes, length);
}

void arena_get(uint64_t address, void *bytes, size_t length)
{
	memcpy(bytes, view + arena_offset(address), inside(address, length));
}

void arena_get_expected(uint64_t address, void *bytes, size_t length)
{
	memcpy(bytes, expected + arena_offset(address), inside(address, length));
}

void arena_expect(uint64_t address, const void *bytes, size_t length)
{
	memcpy(expected + arena_offset(address), bytes, inside(address, length));
}

void arena_accept(uint64_t address, uint64_t length)
{
	arena_get(address, expected + arena_offset(address),
		  inside(address, length));
}

size_t arena_mistake(void)
{
	size_t at = 0;

	if (!memcmp(view, expected, ARENA_SIZE))
		return ARENA_SIZE;
	while (view[at] == expected[at])
		at++;
	return at;
}
