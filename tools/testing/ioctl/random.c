// SPDX-License-Identifier: MIT
#include "random.h"

static uint64_t state;

void random_seed(uint64_t seed)
{
	state = seed;
}

/* SplitMix64, by Sebastiano Vigna, in the public domain: any seed will do. */
uint64_t random_next(void)
{
	uint64_t z = state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

uint64_t random_below(uint64_t limit)
{
	return random_next() % limit;
}

bool random_one_in(unsigned int times)
{
	return !random_below(times);
}

uint64_t random_boundary(unsigned int bits)
{
	return ((uint64_t)2 << random_below(bits)) - random_below(2);
}

void random_bytes(void *bytes, size_t length)
{
	uint8_t *byte = bytes;

	while (length--)
		*byte++ = random_next();
}
