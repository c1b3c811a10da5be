/* SPDX-License-Identifier: MIT */
/*
 * What a drive answers to arguments that are in order, as it was once told. A
 * drive whose answers change can't be tested with this.
 */
#ifndef ANSWERS_H
#define ANSWERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/modepages.h>

/**
 * struct answer - what comes of LIST or GET
 * @error: negative errno, or 0
 * @count: what comes out as the true size
 * @result: of GET, &modepages_get.result
 * @length: size of @bytes
 * @bytes: what is at the pointer
 */
struct answer {
	int error;
	uint32_t count;
	uint32_t result;
	size_t length;
	uint8_t bytes[];
};

/* The drive may be pulled: then the answer is ENODEV. */
extern bool answers_end;

const struct answer *answer_list(void);
const struct answer *answer_get(const struct modepages_get *get);

/* Does the status mean that errno? */
bool status_fits(const struct modepages_status *status, int error);

#endif /* ANSWERS_H */
