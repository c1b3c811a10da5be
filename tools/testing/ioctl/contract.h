/* SPDX-License-Identifier: MIT */
/*
 * What <linux/modepages.h> promises of a call: which errno, and each byte that
 * may be written.
 */
#ifndef CONTRACT_H
#define CONTRACT_H

#include "answers.h"
#include "call.h"

/**
 * struct filling - what a call writes beside its argument
 * @bytes: these
 * @target: here
 * @length: so many
 */
struct filling {
	const void *bytes;
	uint64_t target;
	size_t length;
};

/**
 * struct contract - what must come of a call
 * @call: the call
 * @refused: negative errno of an argument that is of no use; then nothing is written
 * @tail_is_set: the argument has bytes set that the kernel does not know
 * @in: the argument, if it is of use
 * @writable: it can be written, too
 * @error: negative errno, or 0
 * @answer: of LIST and GET: what they are answered with
 * @counted: the length that comes out is @count
 * @count: a true size
 * @result: MODEPAGES_RESULT_*, without that of what was known
 * @fillings: what is filled in, one after the other
 * @unwritable: one of these can't be
 */
struct contract {
	const struct call *call;
	int refused;
	bool tail_is_set;
	union argument in;
	bool writable;
	int error;
	const struct answer *answer;
	bool counted;
	uint32_t count;
	uint32_t result;
	struct filling fillings[2];
	bool unwritable;
};

/* Before the call: its argument is in the arena. */
void contract_make(struct contract *contract, const struct call *call);

/* Is it for what is known of a page? No, if the argument is of no use. */
bool contract_is_cached(const struct contract *contract);

/* After it: ends the program when the promise is broken. */
void contract_check(const struct contract *contract);

#endif /* CONTRACT_H */
