// SPDX-License-Identifier: MIT
/*
 * fuzz [-p] [-n ROUNDS] [-s SEED] <NODE: call the ioctls of a node with random
 * arguments, and see that each call does what <linux/modepages.h> says, and
 * writes no byte more.
 *
 * The same seed makes the same calls. With -p the drive will be pulled: calls go
 * on until then, and for ROUNDS more. Prints how often each errno has come; or
 * what is wrong, and ends there.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "answers.h"
#include "arena.h"
#include "arguments.h"
#include "contract.h"
#include "random.h"

#define ERRNO_END	256
#define AT_WORK		1000

/*
 * By number of the ioctl; behind them a row for what is none of ours, and one for
 * GET of what is known, which is not among the others.
 */
static unsigned int seen[UINT8_MAX][ERRNO_END];

static const char *row_name(size_t row)
{
	if (row < ioctl_count)
		return ioctl_types[row].name;
	return row == ioctl_count ? "other" : "cached";
}

static void print_seen(void)
{
	size_t row;
	int error;

	for (row = 0; row <= ioctl_count + 1; row++) {
		printf("%s:", row_name(row));
		for (error = 0; error < ERRNO_END; error++) {
			if (!seen[row][error])
				continue;
			printf(" %s %u", error ? strerrorname_np(error) : "0",
			       seen[row][error]);
		}
		printf("\n");
	}
}

/* With bytes that nobody else would write there, at other places each time. */
static void fill_arena(void)
{
	static uint8_t noise[2 * ARENA_SIZE];
	static bool made;

	if (!made)
		random_bytes(noise, sizeof(noise));
	made = true;
	arena_fill(noise + random_below(ARENA_SIZE));
}

static void note(const struct contract *contract)
{
	const struct call *call = contract->call;
	size_t row = call->type ? _IOC_NR(call->number) : ioctl_count;

	if (contract_is_cached(contract))
		row = ioctl_count + 1;
	seen[row][-call->error]++;
}

static int one_round(void)
{
	struct contract contract;
	struct call call;

	fill_arena();
	random_call(&call);
	contract_make(&contract, &call);
	call_make(&call);
	contract_check(&contract);
	note(&contract);
	return call.error;
}

/* Says when it is at work: not before that it should be pulled. */
static void until_pulled(void)
{
	unsigned int made = 0;

	while (one_round() != -ENODEV)
		if (++made == AT_WORK)
			printf("%u calls\n", made);
}

/* What is wrong with a call may be told before that there is no drive. */
static bool is_no_answer(int error)
{
	switch (error) {
	case -E2BIG:
	case -EBADF:
	case -EFAULT:
	case -EINVAL:
	case -ENODEV:
	case -ENOTTY:
		return true;
	default:
		return false;
	}
}

/* Of a call that needs no more of the drive than that it is there. */
static int ask_info(void)
{
	struct modepages_info info = { .size = sizeof(info) };
	struct call call = {
		.type = &ioctl_types[_IOC_NR(MODEPAGES_IOCTL_INFO)],
		.number = MODEPAGES_IOCTL_INFO,
		.address = (uintptr_t)&info,
	};

	call_make(&call);
	expect(call.error != -ENODEV ||
	       info.status.code == MODEPAGES_STATUS_NO_DEVICE);
	return call.error;
}

/* No command can be sent any more: what is known is told until it is let go. */
static void until_gone(void)
{
	while (ask_info() != -ENODEV)
		usleep(1000);
}

int main(int argc, char **argv)
{
	unsigned long long seed = 1, rounds = 10000;
	int option;

	while ((option = getopt(argc, argv, "n:ps:")) != -1) {
		if (option == 'n')
			rounds = strtoull(optarg, NULL, 0);
		else if (option == 's')
			seed = strtoull(optarg, NULL, 0);
		else if (option == 'p')
			answers_end = true;
		else
			return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("seed %llu\n", seed);
	random_seed(seed);
	arena_make();
	if (!ioctl_prepare()) {
		perror("page 2Ah");
		return 2;
	}
	if (answers_end) {
		until_pulled();
		until_gone();
	}
	while (rounds--) {
		int error = one_round();

		expect(!answers_end || is_no_answer(error));
	}
	print_seen();
	return 0;
}
