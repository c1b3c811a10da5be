// SPDX-License-Identifier: MIT
/*
 * The same by SG_IO, done as somebody would who knows what he is about.
 */
#include <errno.h>
#include <fcntl.h>
#include <scsi/sg.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "bench.h"

#define MODE_SENSE	0x5a
#define MODE_SELECT	0x55
#define DBD		0x08
#define PF		0x10
#define HEADER		8
#define UNIT_ATTENTION	6

/*
 * Room for an answer, not across the end of a page of memory: sr hands the pages
 * themselves to the drive, and of two that takes longer.
 */
#define ROOM(name)	uint8_t name[ALLOCATION] __attribute__((aligned(ALLOCATION)))

/* False where the drive has news to tell first, and has to be sent it again. */
static bool execute_once(int fd, uint8_t *cdb, int direction, uint8_t *data,
			 unsigned int length)
{
	uint8_t sense[64] = { 0 };
	struct sg_io_hdr io = {
		.interface_id = 'S',
		.dxfer_direction = direction,
		.cmd_len = 10,
		.cmdp = cdb,
		.dxfer_len = length,
		.dxferp = data,
		.mx_sb_len = sizeof(sense),
		.sbp = sense,
		.timeout = 60000,
	};

	if (ioctl(fd, SG_IO, &io))
		die("SG_IO");
	if (io.sb_len_wr && (sense[2] & 15) == UNIT_ATTENTION)
		return false;
	errno = 0;
	if (io.status || io.host_status)
		die("a command by SG_IO");
	return true;
}

static void execute(int fd, uint8_t *cdb, int direction, uint8_t *data,
		    unsigned int length)
{
	int tries = 0;

	while (!execute_once(fd, cdb, direction, data, length))
		if (++tries == 5)
			die("unit attentions without end");
}

static void mode_sense(int fd, uint8_t page, uint8_t control, uint8_t *data)
{
	uint8_t cdb[10] = {
		[0] = MODE_SENSE,
		[1] = DBD,
		[2] = control << 6 | page,
		[7] = ALLOCATION >> 8,
		[8] = ALLOCATION & 0xff,
	};

	execute(fd, cdb, SG_DXFER_FROM_DEV, data, ALLOCATION);
}

/* @data: an answer to MODE SENSE of one page without block descriptors. */
static void mode_select(int fd, uint8_t *data)
{
	unsigned int length = HEADER + 2 + data[HEADER + 1];
	uint8_t cdb[10] = { [0] = MODE_SELECT, [1] = PF, [8] = length };

	memset(data, 0, HEADER);
	data[HEADER] &= 0x3f;
	execute(fd, cdb, SG_DXFER_TO_DEV, data, length);
}

void sg_page(struct bench *bench)
{
	ROOM(data);

	mode_sense(bench->sg, PAGE, 0, data);
}

void sr_page(struct bench *bench)
{
	ROOM(data);

	mode_sense(bench->sr, PAGE, 0, data);
}

void sg_all(struct bench *bench)
{
	ROOM(data);

	mode_sense(bench->sg, ALL_PAGES, 0, data);
}

static void each(struct bench *bench, int fd)
{
	ROOM(data);
	size_t i;

	for (i = 0; i < bench->count; i++)
		mode_sense(fd, bench->codes[i], 0, data);
}

void sg_each(struct bench *bench)
{
	each(bench, bench->sg);
}

void sg_open_each(struct bench *bench)
{
	int fd = open(bench->sg_path, O_RDWR | O_NONBLOCK);

	if (fd < 0)
		die(bench->sg_path);
	each(bench, fd);
	close(fd);
}

/* What MODIFY does: read, check, write, read back, compare. */
void sg_modify(struct bench *bench)
{
	ROOM(data);
	ROOM(mask);
	ROOM(after);
	const unsigned int byte = HEADER + FIELD_BYTE;

	mode_sense(bench->sg, PAGE, 0, data);
	mode_sense(bench->sg, PAGE, CONTROL_CHANGEABLE, mask);
	if (FIELD_BITS & ~mask[byte])
		die("the field can not be changed");
	data[byte] ^= FIELD_BITS;
	mode_select(bench->sg, data);
	mode_sense(bench->sg, PAGE, 0, after);
	if ((data[byte] ^ after[byte]) & FIELD_BITS)
		die("the drive does not hold what was written");
}
