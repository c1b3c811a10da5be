/* SPDX-License-Identifier: MIT */
/*
 * The ioctls of <linux/modepages.h>, as far as one is like the other.
 */
#ifndef IOCTLS_H
#define IOCTLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/modepages.h>

/**
 * enum role - what a member of an argument is for
 * @ROLE_END: there are no more members
 * @ROLE_FLAGS: in: only bits of @most may be set
 * @ROLE_NUMBER: in: @most is the largest that can be right
 * @ROLE_RESERVED: in: zero
 * @ROLE_POINTER: in: to what the ioctl fills
 * @ROLE_SOURCE: in: to bytes that it reads
 * @ROLE_PAGE: in: to bytes that it reads, which are a page
 * @ROLE_LENGTH: in: how much is there; out: how much it would be
 * @ROLE_OUT: out
 */
enum role {
	ROLE_END,
	ROLE_FLAGS,
	ROLE_NUMBER,
	ROLE_RESERVED,
	ROLE_POINTER,
	ROLE_SOURCE,
	ROLE_PAGE,
	ROLE_LENGTH,
	ROLE_OUT,
};

struct member {
	enum role role;
	size_t offset;
	size_t size;
	uint32_t most;
};

/**
 * struct ioctl_type - one ioctl
 * @name: its name without what all begin with
 * @number: its number
 * @size: size of its structure today
 * @first_size: size of the first form that was published
 * @status: where the status block is
 * @members: the others but the size, up to one of %ROLE_END
 * @writes: needs a node that was opened for writing
 * @good: an argument that any drive takes, but for its size, and for pointers to
 *	what it reads: see ioctl_good()
 */
struct ioctl_type {
	const char *name;
	unsigned int number;
	size_t size;
	size_t first_size;
	size_t status;
	const struct member *members;
	bool writes;
	const void *good;
};

union argument {
	uint32_t size;
	struct modepages_info info;
	struct modepages_list list;
	struct modepages_get get;
	struct modepages_set set;
	struct modepages_modify modify;
	struct modepages_keep keep;
};

/* The page that all drives have, and none lets anybody change. */
#define GOOD_PAGE	0x2a

/* As much as SET and MODIFY take. */
#define MOST_BYTES	0xf000

/* By _IOC_NR(). */
extern const struct ioctl_type ioctl_types[];
extern const size_t ioctl_count;

/* Memory to read from, of the program itself: a page of the drive, and zeros. */
extern uint8_t good_page[];
extern const uint8_t zeros[MOST_BYTES];

/* Asks the drive that is stdin for the page; false if it does not tell. */
bool ioctl_prepare(void);

/* A good argument, in a buffer of the size of its structure. */
void ioctl_good(const struct ioctl_type *type, void *argument);

#endif /* IOCTLS_H */
