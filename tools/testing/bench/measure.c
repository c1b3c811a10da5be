// SPDX-License-Identifier: MIT
/*
 * measure ADDRESS SG SR ROUNDS: what each of the calls below takes; a line for each:
 * its name and the median of the rounds in nanoseconds.
 * measure readers PATH COUNT: what a read takes when so many read the same file.
 */
#include <errno.h>
#include <error.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench.h"

#define ROUNDS_MAX	1000

/**
 * struct operation - something that is measured
 * @name: what scripts know it by
 * @call: does it once
 * @calls: how often in a round; what is quick is lost beside reading the clock
 */
struct operation {
	const char *name;
	void (*call)(struct bench *bench);
	int calls;
};

static const struct operation operations[] = {
	{ "get-page", get_page, 10 },
	{ "sg-page", sg_page, 10 },
	{ "sr-page", sr_page, 10 },
	{ "get-all", get_all, 10 },
	{ "sg-all", sg_all, 10 },
	{ "page-file", page_file, 10 },
	{ "trivial-file", trivial_file, 10 },
	{ "page-pread", page_pread, 100 },
	{ "trivial-pread", trivial_pread, 100 },
	{ "get-cached", get_cached, 100 },
	{ "noop-ioctl", noop_ioctl, 100 },
	{ "library-all", library_all, 2 },
	{ "sg-each", sg_each, 2 },
	{ "library-open-all", library_open_all, 2 },
	{ "sg-open-each", sg_open_each, 2 },
	{ "library-fresh-all", library_fresh_all, 2 },
	{ "modify", modify, 2 },
	{ "sg-modify", sg_modify, 2 },
	{ "show", show, 1 },
	{ "sg_modes", sg_modes, 1 },
	{ "sdparm", sdparm, 1 },
};

#define OPERATIONS	(sizeof(operations) / sizeof(operations[0]))

void die(const char *what)
{
	error(1, errno, "%s", what);
	abort();
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e9 + time.tv_nsec;
}

static double one_round(const struct operation *operation, struct bench *bench)
{
	double began = now();
	int i;

	for (i = 0; i < operation->calls; i++)
		operation->call(bench);
	return (now() - began) / operation->calls;
}

static int compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Side by side in each round, so that what changes meanwhile changes for all. */
static void measure(struct bench *bench, int rounds)
{
	static double took[OPERATIONS][ROUNDS_MAX];
	size_t i;
	int round;

	/* The first one fills caches. */
	for (round = -1; round < rounds; round++)
		for (i = 0; i < OPERATIONS; i++)
			took[i][round < 0 ? 0 : round] =
				one_round(&operations[i], bench);
	for (i = 0; i < OPERATIONS; i++) {
		qsort(took[i], rounds, sizeof(double), compare);
		printf("%s %.1f\n", operations[i].name, took[i][rounds / 2]);
	}
}

static int open_file(const char *path, int flags)
{
	int fd = open(path, flags);

	if (fd < 0)
		die(path);
	return fd;
}

static void open_all(struct bench *bench, const char *sg, const char *sr)
{
	snprintf(bench->page_path, sizeof(bench->page_path),
		 "/sys/class/modepages/%s/modepages/%02x", bench->name, PAGE);
	/* Of the driver core, and as far from the root as the page. */
	snprintf(bench->trivial_path, sizeof(bench->trivial_path),
		 "/sys/class/modepages/%s/power/control", bench->name);
	bench->sg_path = sg;
	bench->sg = open_file(sg, O_RDWR | O_NONBLOCK);
	bench->sr = open_file(sr, O_RDONLY | O_NONBLOCK);
	bench->page = open_file(bench->page_path, O_RDONLY);
	bench->trivial = open_file(bench->trivial_path, O_RDONLY);
	ours_open(bench);
}

int main(int argc, char *argv[])
{
	struct bench bench = { 0 };
	int rounds;

	if (argc == 4 && !strcmp(argv[1], "readers")) {
		readers(argv[2], atoi(argv[3]));
		return 0;
	}
	rounds = argc == 5 ? atoi(argv[4]) : 0;
	if (rounds < 1 || rounds > ROUNDS_MAX)
		error(2, 0, "see the beginning of measure.c");
	bench.name = argv[1];
	open_all(&bench, argv[2], argv[3]);
	measure(&bench, rounds);
	return 0;
}
