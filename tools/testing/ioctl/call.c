// SPDX-License-Identifier: MIT
#include "call.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "arena.h"

static struct call last;

void call_make(struct call *call)
{
	int result;

	result = ioctl(NODE, call->number, (void *)(uintptr_t)call->address);
	call->error = result ? -errno : 0;
	last = *call;
	expect(result == 0 || result == -1);
}

static void print_bytes(const char *title, const uint8_t *bytes, size_t length)
{
	size_t i;

	printf("%s:", title);
	for (i = 0; i < length; i++)
		printf("%s%02x", i % 4 ? "" : " ", bytes[i]);
	printf("\n");
}

/* What was expected is what was there before, as far as it is not known. */
static void print_argument(void)
{
	uint8_t bytes[sizeof(union argument)] = { 0 };

	arena_get_expected(last.address, bytes, sizeof(bytes));
	print_bytes("expected", bytes, sizeof(bytes));
	arena_get(last.address, bytes, sizeof(bytes));
	print_bytes("there", bytes, sizeof(bytes));
}

void call_is_wrong(const char *expected, const char *file, int line)
{
	printf("%s:%d: not so: %s\n", file, line, expected);
	printf("%s, number %08x, address %#llx, arena + %#llx: %s\n",
	       last.type ? last.type->name : "none of ours", last.number,
	       (unsigned long long)last.address,
	       (unsigned long long)arena_offset(last.address),
	       last.error ? strerrorname_np(-last.error) : "0");
	print_argument();
	exit(1);
}

void expect_no_other_byte(void)
{
	size_t at = arena_mistake();
	char what[80];

	if (at == ARENA_SIZE)
		return;
	snprintf(what, sizeof(what), "byte at arena + %#zx is left alone", at);
	call_is_wrong(what, __FILE__, __LINE__);
}
