// SPDX-License-Identifier: MIT
/*
 * The ways of ours to a page: ioctls, library, command.
 */
#include <fcntl.h>
#include <linux/modepages.h>
#include <string.h>
#include <sys/ioctl.h>

#include "bench.h"

static void get(struct bench *bench, uint8_t page, unsigned int flags,
		uint8_t data[ALLOCATION])
{
	struct modepages_get get = {
		.size = sizeof(get),
		.flags = flags,
		.page = page,
		.data = (uintptr_t)data,
		.length = ALLOCATION,
	};

	if (ioctl(bench->node, MODEPAGES_IOCTL_GET, &get))
		die("GET");
}

void get_page(struct bench *bench)
{
	uint8_t data[ALLOCATION];

	get(bench, PAGE, 0, data);
}

void get_all(struct bench *bench)
{
	uint8_t data[ALLOCATION];

	get(bench, ALL_PAGES, 0, data);
}

void get_cached(struct bench *bench)
{
	uint8_t data[ALLOCATION];

	get(bench, PAGE, MODEPAGES_GET_CACHED, data);
}

/* To the other value each time: what holds already is not written. */
void modify(struct bench *bench)
{
	const uint8_t mask[] = { [FIELD_BYTE] = FIELD_BITS };
	struct modepages_modify modify = {
		.size = sizeof(modify),
		.page = PAGE,
		.mask = (uintptr_t)mask,
		.value = (uintptr_t)bench->value,
		.length = sizeof(mask),
	};

	bench->value[FIELD_BYTE] ^= FIELD_BITS;
	if (ioctl(bench->node, MODEPAGES_IOCTL_MODIFY, &modify))
		die("MODIFY");
	if (!(modify.result & MODEPAGES_RESULT_SELECTED))
		die("MODIFY: nothing was written");
}

static void library_pages(struct bench *bench, unsigned int flags)
{
	struct libmodepages_pages *pages;

	if (libmodepages_drive_get_pages(bench->drive,
					 LIBMODEPAGES_CONTROL_CURRENT, flags,
					 &pages, bench->status))
		die("libmodepages_drive_get_pages");
	if (libmodepages_pages_get_count(pages) != bench->count)
		die("libmodepages_drive_get_pages: not all");
	libmodepages_pages_free(pages);
}

void library_all(struct bench *bench)
{
	library_pages(bench, LIBMODEPAGES_RECENT);
}

void library_fresh_all(struct bench *bench)
{
	library_pages(bench, 0);
}

void library_open_all(struct bench *bench)
{
	struct libmodepages_drive *kept = bench->drive;

	if (libmodepages_drive_open(bench->name, 0, &bench->drive))
		die("libmodepages_drive_open");
	library_all(bench);
	libmodepages_drive_close(bench->drive);
	bench->drive = kept;
}

void show(struct bench *bench)
{
	char *const argv[] = { "modepages", "show", (char *)bench->name, NULL };

	run_program(argv);
}

static void learn_codes(struct bench *bench)
{
	struct libmodepages_list *list;
	size_t i;

	if (libmodepages_drive_get_list(bench->drive, 0, &list, bench->status))
		die("list of pages");
	bench->count = libmodepages_list_get_count(list);
	for (i = 0; i < bench->count; i++)
		bench->codes[i] = libmodepages_list_get_code(list, i);
	libmodepages_list_free(list);
}

void ours_open(struct bench *bench)
{
	char path[64] = "/dev/modepages/";

	bench->node = open(strncat(path, bench->name, 32), O_RDWR);
	bench->status = libmodepages_status_new();
	if (bench->node < 0 || !bench->status ||
	    libmodepages_drive_open(bench->name, 0, &bench->drive))
		die(path);
	learn_codes(bench);
	get(bench, PAGE, 0, bench->value);
}
