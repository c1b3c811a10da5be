// SPDX-License-Identifier: MIT
/*
 * Many who read the same file at the same time.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"

#define READS	1000	/* of each reader */

static pthread_barrier_t start, end;

/* Each has a file of its own: reads of the same open file take turns. */
static void *reader(void *path)
{
	char data[ALLOCATION];
	int i, fd = open(path, O_RDONLY);

	if (fd < 0)
		die(path);
	pthread_barrier_wait(&start);
	for (i = 0; i < READS; i++)
		if (pread(fd, data, sizeof(data), 0) <= 0)
			die(path);
	pthread_barrier_wait(&end);
	close(fd);
	return NULL;
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e9 + time.tv_nsec;
}

/* Prints what a read takes, in nanoseconds. */
void readers(const char *path, unsigned int count)
{
	pthread_t *threads = calloc(count, sizeof(*threads));
	unsigned int i;
	double began;

	if (!threads)
		die("memory");
	pthread_barrier_init(&start, NULL, count + 1);
	pthread_barrier_init(&end, NULL, count + 1);
	for (i = 0; i < count; i++)
		if (pthread_create(&threads[i], NULL, reader, (void *)path))
			die("pthread_create");
	began = now();
	pthread_barrier_wait(&start);
	pthread_barrier_wait(&end);
	printf("%.0f\n", (now() - began) / count / READS);
	for (i = 0; i < count; i++)
		pthread_join(threads[i], NULL);
	free(threads);
}
