/* SPDX-License-Identifier: MIT */
/*
 * What is measured: calls of ours, and what else there is to do the same.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdint.h>
#include <stdnoreturn.h>

#include "libmodepages.h"

/* The one that is asked for, and the one that is changed. */
#define PAGE		0x0a
#define FIELD_BYTE	2
#define FIELD_BITS	0x02	/* of scsi_debug's page 0Ah: GLTSD */
#define ALL_PAGES	0x3f
#define CONTROL_CHANGEABLE	1

/* What the module asks for; nobody is to win by asking for less. */
#define ALLOCATION	512

/**
 * struct bench - the drive, in each way that it can be opened
 * @node: file descriptor of the module's node
 * @sg: that of /dev/sgN
 * @sr: that of /dev/srN
 * @page: that of the page's file in sysfs
 * @trivial: that of a file in sysfs that has nothing to do with us
 * @page_path: path of the one
 * @trivial_path: path of the other, as long as that
 * @name: the drive's address, for the command and the library
 * @sg_path: for other commands
 * @drive: for the library
 * @status: for the library
 * @value: the page that is changed, with the values that it was given last
 * @codes: the pages it has
 * @count: their number
 */
struct bench {
	int node;
	int sg;
	int sr;
	int page;
	int trivial;
	char page_path[128];
	char trivial_path[128];
	const char *name;
	const char *sg_path;
	struct libmodepages_drive *drive;
	struct libmodepages_status *status;
	uint8_t value[ALLOCATION];
	uint8_t codes[64];
	size_t count;
};

noreturn void die(const char *what);

/* ours.c */
void ours_open(struct bench *bench);
void get_page(struct bench *bench);
void get_all(struct bench *bench);
void get_cached(struct bench *bench);
void modify(struct bench *bench);
void library_all(struct bench *bench);
void library_open_all(struct bench *bench);
void library_fresh_all(struct bench *bench);
void show(struct bench *bench);

/* sgio.c */
void sg_page(struct bench *bench);
void sr_page(struct bench *bench);
void sg_all(struct bench *bench);
void sg_each(struct bench *bench);
void sg_open_each(struct bench *bench);
void sg_modify(struct bench *bench);

/* others.c */
void page_file(struct bench *bench);
void trivial_file(struct bench *bench);
void page_pread(struct bench *bench);
void trivial_pread(struct bench *bench);
void noop_ioctl(struct bench *bench);
void sg_modes(struct bench *bench);
void sdparm(struct bench *bench);
void run_program(char *const argv[]);

/* readers.c */
void readers(const char *path, unsigned int count);

#endif /* BENCH_H */
