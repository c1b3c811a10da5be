/* SPDX-License-Identifier: MIT */
/*
 * A call, what came of it, and the end of the program when that is wrong.
 */
#ifndef CALL_H
#define CALL_H

#include <stdint.h>

#include "ioctls.h"

/* The node is what stdin is. */
#define NODE	0

/**
 * struct call - an ioctl that was made or is to be made
 * @type: which; NULL when it is none of ours
 * @number: its number
 * @address: of its argument
 * @error: negative errno, or 0
 */
struct call {
	const struct ioctl_type *type;
	unsigned int number;
	uint64_t address;
	int error;
};

void call_make(struct call *call);

/* Ends the program, with a picture of the last call, unless it is true. */
#define expect(condition) \
	((condition) ? (void)0 : call_is_wrong(#condition, __FILE__, __LINE__))

/* Nothing was written but what the arena has been told of. */
void expect_no_other_byte(void);

void __attribute__((noreturn)) call_is_wrong(const char *expected,
					     const char *file, int line);

#endif /* CALL_H */
