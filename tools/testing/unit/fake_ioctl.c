// SPDX-License-Identifier: MIT
/*
 * ioctl() of the tests, put in the place of the real one by the linker.
 */
#include <scsi/sg.h>
#include <setjmp.h>
#include <stdarg.h>

#include "fake_ioctl.h"

#include <cmocka.h>

static struct {
	const struct step *steps;
	size_t count;
	size_t next;
	size_t allocation;
} fake;

void fake_start(const struct step *steps, size_t count)
{
	fake.steps = steps;
	fake.count = count;
	fake.next = 0;
	fake.allocation = 0;
}

void fake_end(void)
{
	assert_int_equal(fake.next, fake.count);
	fake.count = 0;
	fake.next = 0;
}

size_t fake_calls(void)
{
	return fake.next;
}

size_t fake_allocation(void)
{
	return fake.allocation;
}

/* No drive is asked for less than a full header, nor for an odd number. */
static void check_allocation(const struct step *step,
			     const struct sg_io_hdr *io, size_t least)
{
	assert_int_equal(fake.allocation, io->dxfer_len);
	assert_int_equal(fake.allocation % 2, 0);
	assert_true(fake.allocation >= least);
	if (step->allocation)
		assert_int_equal(fake.allocation, step->allocation);
}

/* Aligned, and nothing that a drive does not fill looks like an answer. */
static void check_buffer(const struct sg_io_hdr *io)
{
	assert_int_equal((uintptr_t)io->dxferp % 512, 0);
	assert_null(memchr(io->dxferp, 0, io->dxfer_len));
}

/* PF is always set, and nothing that is reserved. */
static void check_select(const struct step *step, const struct sg_io_hdr *io)
{
	const u8 ten[10] = { 0x55, step->save ? 0x11 : 0x10,
			     [8] = (u8)step->list_length };
	const u8 six[6] = { 0x15, ten[1], 0, 0, ten[8], 0 };

	assert_int_equal(io->dxfer_direction, SG_DXFER_TO_DEV);
	assert_int_equal(io->cmd_len, step->six ? 6 : 10);
	assert_memory_equal(io->cmdp, step->six ? six : ten, io->cmd_len);
	assert_int_equal(io->dxfer_len, step->list_length);
	assert_memory_equal(io->dxferp, step->list, step->list_length);
}

static void check_sense(const struct step *step, const struct sg_io_hdr *io)
{
	const u8 *cdb = io->cmdp;

	fake.allocation = step->six ? cdb[4] : cdb[7] << 8 | cdb[8];
	assert_int_equal(io->dxfer_direction, SG_DXFER_FROM_DEV);
	assert_int_equal(io->cmd_len, step->six ? 6 : 10);
	assert_int_equal(cdb[0], step->six ? 0x1a : 0x5a);
	assert_int_equal(cdb[1], step->with_descriptors ? 0x00 : 0x08);
	assert_int_equal(cdb[2], step->page);
	check_allocation(step, io, step->six ? 4 : 8);
	check_buffer(io);
}

/* What holds for every command that is ever sent to a drive. */
static void check_command(const struct step *step, const struct sg_io_hdr *io)
{
	assert_int_equal(io->interface_id, 'S');
	assert_int_equal(io->iovec_count, 0);
	assert_true(io->timeout >= 30000 && io->timeout <= 260000);
	if (step->list)
		check_select(step, io);
	else
		check_sense(step, io);
}

static void answer_command(const struct step *step, struct sg_io_hdr *io)
{
	size_t sent = min(step->length, (size_t)io->dxfer_len);
	size_t sensed = min(step->sense_length, (size_t)io->mx_sb_len);

	if (sent)
		memcpy(io->dxferp, step->data, sent);
	if (sensed)
		memcpy(io->sbp, step->sense, sensed);
	io->sb_len_wr = sensed;
	io->resid = step->honest ? (int)(io->dxfer_len - sent) : step->residue;
	io->status = step->status;
	io->host_status = step->host;
}

int __wrap_ioctl(int fd, unsigned long number, ...);

int __wrap_ioctl(int fd, unsigned long number, ...)
{
	const struct step *step;
	void *argument;
	va_list list;

	va_start(list, number);
	argument = va_arg(list, void *);
	va_end(list);

	assert_int_equal(fd, -1);
	assert_true(fake.next < fake.count);
	step = &fake.steps[fake.next++];
	if (step->module)
		return step->module(number, argument);

	assert_int_equal(number, SG_IO);
	check_command(step, argument);
	if (step->error) {
		errno = step->error;
		return -1;
	}
	answer_command(step, argument);
	return 0;
}
