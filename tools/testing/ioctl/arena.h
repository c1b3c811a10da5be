/* SPDX-License-Identifier: MIT */
/*
 * The memory that arguments point to: pages that can be written, one that can
 * only be read, and holes. Of each byte is known what should be there, so a
 * byte too many is seen wherever it is.
 */
#ifndef ARENA_H
#define ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of the machine that this is for; "size" of an ioctl has it as its limit. */
#define PAGE_SIZE	4096

#define ARENA_PAGES	8
#define ARENA_SIZE	(ARENA_PAGES * PAGE_SIZE)

/* Beginnings of pages: of two that can be written, with a hole before ... */
#define ARENA_WRITABLE	(1 * PAGE_SIZE)
/* ... of one that can only be read, behind these ... */
#define ARENA_READABLE	(3 * PAGE_SIZE)
/* ... of one that can be written, behind that, with a hole after it. */
#define ARENA_LAST	(4 * PAGE_SIZE)
#define ARENA_HOLE	(5 * PAGE_SIZE)

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

static inline size_t min(size_t a, size_t b)
{
	return a < b ? a : b;
}

void arena_make(void);

/* The address of a byte, for the kernel. */
uint64_t arena_address(size_t offset);

/* How far into the arena an address is; ARENA_SIZE or more: not in it. */
uint64_t arena_offset(uint64_t address);

/* Can all of it be read, or written? Nothing always can, wherever it is. */
bool arena_readable(uint64_t address, uint64_t length);
bool arena_writable(uint64_t address, uint64_t length);

/*
 * What follows goes around the protection of pages, and leaves out what is
 * beside the arena.
 */

/* Before a call: other bytes everywhere, or those given. */
void arena_fill(const uint8_t noise[ARENA_SIZE]);
void arena_put(uint64_t address, const void *bytes, size_t length);

/* After a call: what is there, and what was before or should be. */
void arena_get(uint64_t address, void *bytes, size_t length);
void arena_get_expected(uint64_t address, void *bytes, size_t length);

/* These bytes should be there; or whatever is there is right. */
void arena_expect(uint64_t address, const void *bytes, size_t length);
void arena_accept(uint64_t address, uint64_t length);

/* The first byte that is not what it should be; ARENA_SIZE when there is none. */
size_t arena_mistake(void);

#endif /* ARENA_H */
