/* SPDX-License-Identifier: MIT */
/*
 * What the fuzz targets share. Each is a file with one function, which makes of
 * an input what a drive might do, and dies where drivers/core does not keep what
 * its headers promise.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "port.h"

/* The name, and the types, are those that libFuzzer wants. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Not assert(), which NDEBUG takes away. */
#define expect(promise)							\
	do {								\
		if (!(promise)) {					\
			fprintf(stderr, "%s:%d: broken promise: %s\n",	\
				__FILE__, __LINE__, #promise);		\
			abort();					\
		}							\
	} while (0)

/* Two truth values that must be the same one. */
#define expect_both_or_none(a, b) expect(!(a) == !(b))

/* What is left of an input. */
struct input {
	const u8 *bytes;
	size_t length;
};

/* An input that is too short goes on in zeros. */
static inline u8 take(struct input *input)
{
	if (!input->length)
		return 0;
	input->length--;
	return *input->bytes++;
}

static inline u16 take_be16(struct input *input)
{
	u16 high = take(input);

	return high << 8 | take(input);
}

/* Of exactly this size, so that ASan sees a read past either end. */
static inline u8 *allocate(size_t length)
{
	u8 *buffer = malloc(length);

	expect(buffer || !length);
	return buffer;
}

static inline u8 *copy(const u8 *bytes, size_t length)
{
	u8 *buffer = allocate(length);

	if (length)
		memcpy(buffer, bytes, length);
	return buffer;
}

#endif /* FUZZ_H */
