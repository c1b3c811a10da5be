/* SPDX-License-Identifier: MIT */
/*
 * Numbers that look random and are the same again for the same seed.
 */
#ifndef RANDOM_H
#define RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void random_seed(uint64_t seed);
uint64_t random_next(void);

/* 0 to limit - 1. */
uint64_t random_below(uint64_t limit);

/* True once in so many times. */
bool random_one_in(unsigned int times);

/* Where programs make mistakes: a power of two, or the number before it. */
uint64_t random_boundary(unsigned int bits);

void random_bytes(void *bytes, size_t length);

#endif /* RANDOM_H */
