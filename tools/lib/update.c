// SPDX-License-Identifier: MIT
/*
 * Changing pages: what is to change, and what has come of it.
 */
#include <stdlib.h>

#include "internal.h"

/**
 * libmodepages_update_new() - prepare a change of a page
 * @code: page code, 0 to %LIBMODEPAGES_PAGE_MAX
 * @subpage: subpage code, 0 to FEh
 * @update: result; free with libmodepages_update_free()
 *
 * It changes nothing yet: libmodepages_update_set() says what.
 *
 * Return: 0, -EINVAL when a code is out of range, or -ENOMEM.
 */
int libmodepages_update_new(uint8_t code, uint8_t subpage,
			    struct libmodepages_update **update)
{
	struct libmodepages_update *new;

	if (code > LIBMODEPAGES_PAGE_MAX || subpage == 0xff)
		return -EINVAL;
	new = calloc(1, sizeof(*new));
	if (!new)
		return -ENOMEM;
	new->code = code;
	new->subpage = subpage;
	*update = new;
	return 0;
}

/**
 * libmodepages_update_free() - free an update
 * @update: the update, or NULL
 */
void libmodepages_update_free(struct libmodepages_update *update)
{
	free(update);
}

/* Numbers the bits of a page from the highest one of byte 0 on. */
static bool bit_taken(const struct update_bits *bits, size_t number)
{
	return bits->mask[number / 8] & 0x80 >> number % 8;
}

static void set_bit(struct update_bits *bits, size_t number, bool value)
{
	bits->mask[number / 8] |= 0x80 >> number % 8;
	if (value)
		bits->value[number / 8] |= 0x80 >> number % 8;
}

/* All of them, or none. */
int update_add_bits(struct update_bits *bits, size_t byte, unsigned int bit,
		    unsigned int width, u64 value)
{
	size_t first, i;

	if (byte >= UPDATE_LENGTH || bit > 7 || !width || width > 64 ||
	    (width < 64 && value >> width))
		return -EINVAL;
	first = byte * 8 + 7 - bit;
	if (first + width > UPDATE_LENGTH * 8)
		return -EINVAL;
	for (i = 0; i < width; i++)
		if (bit_taken(bits, first + i))
			return -EEXIST;
	for (i = 0; i < width; i++)
		set_bit(bits, first + i, value >> (width - 1 - i) & 1);
	return 0;
}

/**
 * libmodepages_update_set() - have some bits get new values
 * @update: the update
 * @byte: byte of the highest of these bits, the page code byte being byte 0
 * @bit: its number in there, 7 to 0
 * @width: number of bits, 1 to 64; they go on in the bytes that follow
 * @value: their value
 *
 * Return: 0; -EINVAL when that is not in a page, or @value has more than @width
 * bits; -EEXIST when one of the bits has been given a value before.
 */
int libmodepages_update_set(struct libmodepages_update *update, size_t byte,
			    unsigned int bit, unsigned int width,
			    uint64_t value)
{
	return update_add_bits(&update->set, byte, bit, width, value);
}

/**
 * libmodepages_update_expect() - change nothing unless some bits have a value
 * @update: the update
 * @byte: as for libmodepages_update_set()
 * @bit: as for libmodepages_update_set()
 * @width: as for libmodepages_update_set()
 * @value: the value they have to have
 *
 * Return: as libmodepages_update_set().
 */
int libmodepages_update_expect(struct libmodepages_update *update, size_t byte,
			       unsigned int bit, unsigned int width,
			       uint64_t value)
{
	int err = update_add_bits(&update->expect, byte, bit, width, value);

	update->expects |= !err;
	return err;
}

static int check_flags(unsigned int flags, unsigned int allowed)
{
	const unsigned int both = LIBMODEPAGES_SAVE | LIBMODEPAGES_RESTORE;

	return flags & ~allowed || (flags & both) == both ? -EINVAL : 0;
}

/* As the module has it: an argument that does not go with the descriptor. */
static int fail_not_writable(struct modepages_status *status)
{
	status_fail(status, MODEPAGES_STATUS_INVALID_ARGUMENT,
		    MODEPAGES_STAGE_CHECK);
	return -EBADF;
}

static int send_change(struct libmodepages_drive *drive,
		       const struct change_request *request,
		       struct libmodepages_change **change,
		       struct modepages_status *block)
{
	struct libmodepages_change *new;
	int err;

	if (!drive->writable)
		return fail_not_writable(block);
	new = calloc(1, sizeof(*new));
	if (!new)
		return status_fail(block, MODEPAGES_STATUS_NO_MEMORY,
				   MODEPAGES_STAGE_CHECK);
	err = drive->backend->change(drive, request, new, block);
	if (change)
		*change = new;
	else
		libmodepages_change_free(new);
	return err;
}

/**
 * libmodepages_drive_update() - change bits of a page
 * @drive: the drive, opened with %LIBMODEPAGES_WRITE
 * @update: what to change
 * @flags: 0, or of %LIBMODEPAGES_SAVE, %LIBMODEPAGES_RESTORE,
 *	%LIBMODEPAGES_DRY_RUN; not the first two together
 * @change: gets the page before and after, as far as they came to be known, also
 *	where this fails; free with libmodepages_change_free(). NULL if of no
 *	interest.
 * @status: gets what the drive said; may be NULL
 *
 * Reads the page, checks what is expected and what can be changed, writes the page
 * with the new bits, and reads it back. Through the module nobody else who uses the
 * module comes in between. Through SG_IO others do, and there is no
 * %LIBMODEPAGES_RESTORE. Where all bits have their new values already nothing is
 * written, unless the page is to be saved.
 *
 * Waits for the drive, up to 60 s for each command.
 *
 * Return: 0, also where the drive says that it has rounded the values, see
 * libmodepages_change_is_rounded(); or
 *
 *  * -EINVAL: @flags; or @flags are for one way to reach the drive only.
 *  * -EBADF: the drive was opened without %LIBMODEPAGES_WRITE.
 *  * -EPERM: a bit can not be changed; libmodepages_status_get_field() names the
 *    first one. Nothing was written.
 *  * -ESTALE: a bit is not as expected, which is named in the same way. Nothing
 *    was written.
 *  * -ENOENT: the drive has no such page, does not tell what of it can be changed,
 *    can not save it, or lets no page be changed.
 *  * -ERANGE: the drive refused the values; where it named a field,
 *    libmodepages_status_get_field() does.
 *  * -EIO with LIBMODEPAGES_STATUS_VERIFY_FAILED: it accepted them, and does not
 *    hold them, or could not be asked for them any more.
 *  * -EOPNOTSUPP: %LIBMODEPAGES_RESTORE without the module; or nothing may be
 *    sent to the drive; or the drive refuses %LIBMODEPAGES_SAVE.
 *  * what libmodepages_drive_get_page() fails with.
 */
int libmodepages_drive_update(struct libmodepages_drive *drive,
			      const struct libmodepages_update *update,
			      unsigned int flags,
			      struct libmodepages_change **change,
			      struct libmodepages_status *status)
{
	const struct change_request request = {
		.code = update->code,
		.subpage = update->subpage,
		.flags = flags,
		.length = UPDATE_LENGTH,
		.mask = update->set.mask,
		.value = update->set.value,
		.expected_mask = update->expects ? update->expect.mask : NULL,
		.expected = update->expects ? update->expect.value : NULL,
	};
	struct modepages_status unused;
	struct modepages_status *block = status ? &status->block : &unused;

	if (change)
		*change = NULL;
	memset(block, 0, sizeof(*block));
	if (check_flags(flags, LIBMODEPAGES_SAVE | LIBMODEPAGES_RESTORE |
			LIBMODEPAGES_DRY_RUN))
		return status_fail(block, MODEPAGES_STATUS_INVALID_ARGUMENT,
				   MODEPAGES_STAGE_CHECK);
	return send_change(drive, &request, change, block);
}

/**
 * libmodepages_drive_set_page() - write a whole page
 * @drive: the drive, opened with %LIBMODEPAGES_WRITE
 * @data: the page from its page code byte on, as libmodepages_page_get_data() has
 *	it; the PS bit is left out
 * @size: its size in bytes, which has to be that of the drive's page
 * @flags: 0, %LIBMODEPAGES_SAVE or %LIBMODEPAGES_RESTORE
 * @change: as for libmodepages_drive_update()
 * @status: as for libmodepages_drive_update()
 *
 * Does not look at what can be changed: the drive does. What others have changed
 * since the page was read is undone; libmodepages_drive_update() does not do that.
 *
 * Return: as libmodepages_drive_update(); -EINVAL also when @data is no page, or of
 * another size than the drive's.
 */
int libmodepages_drive_set_page(struct libmodepages_drive *drive,
				const uint8_t *data, size_t size,
				unsigned int flags,
				struct libmodepages_change **change,
				struct libmodepages_status *status)
{
	struct modepages_status unused;
	struct modepages_status *block = status ? &status->block : &unused;
	struct change_request request = {
		.flags = flags,
		.length = size,
		.value = data,
	};
	struct mode_page page;

	if (change)
		*change = NULL;
	memset(block, 0, sizeof(*block));
	if (check_flags(flags, LIBMODEPAGES_SAVE | LIBMODEPAGES_RESTORE) ||
	    !mode_page_complete(data, size, &page) ||
	    page.code > LIBMODEPAGES_PAGE_MAX || page.subpage == 0xff)
		return status_fail(block, MODEPAGES_STATUS_INVALID_ARGUMENT,
				   MODEPAGES_STAGE_CHECK);
	request.code = page.code;
	request.subpage = page.subpage;
	return send_change(drive, &request, change, block);
}

/**
 * libmodepages_drive_keep() - let changes with LIBMODEPAGES_RESTORE stay
 * @drive: the drive, opened with %LIBMODEPAGES_WRITE
 * @status: gets the outcome; may be NULL
 *
 * Return: 0; -EBADF when the drive was opened without %LIBMODEPAGES_WRITE;
 * -EOPNOTSUPP without the module; -ENODEV; -EINTR.
 */
int libmodepages_drive_keep(struct libmodepages_drive *drive,
			    struct libmodepages_status *status)
{
	struct modepages_status unused;
	struct modepages_status *block = status ? &status->block : &unused;

	memset(block, 0, sizeof(*block));
	if (!drive->writable)
		return fail_not_writable(block);
	return drive->backend->keep(drive, block);
}

/**
 * libmodepages_change_free() - free what has come of a change
 * @change: the change, or NULL
 */
void libmodepages_change_free(struct libmodepages_change *change)
{
	if (!change)
		return;
	libmodepages_page_free(change->before);
	libmodepages_page_free(change->after);
	free(change);
}

/**
 * libmodepages_change_get_before() - the page before a change
 * @change: the change
 *
 * Return: the page, valid as long as @change; NULL if it could not be read.
 */
const struct libmodepages_page *
libmodepages_change_get_before(const struct libmodepages_change *change)
{
	return change->before;
}

/**
 * libmodepages_change_get_after() - the page after a change
 * @change: the change
 *
 * Return: the page as it was read back, or with %LIBMODEPAGES_DRY_RUN as it would
 * be; valid as long as @change. NULL if nothing came of it, or if it could not be
 * read.
 */
const struct libmodepages_page *
libmodepages_change_get_after(const struct libmodepages_change *change)
{
	return change->after;
}

/**
 * libmodepages_change_is_sent() - has the drive accepted new values?
 * @change: the change
 *
 * Return: false where it had them already, with %LIBMODEPAGES_DRY_RUN, and where it
 * was not sent, or refused.
 */
bool libmodepages_change_is_sent(const struct libmodepages_change *change)
{
	return change->result & MODEPAGES_RESULT_SELECTED;
}

/**
 * libmodepages_change_is_rounded() - has the drive said that it took others?
 * @change: the change
 *
 * Return: true if so: compare the page after.
 */
bool libmodepages_change_is_rounded(const struct libmodepages_change *change)
{
	return change->result & MODEPAGES_RESULT_ROUNDED;
}

/**
 * libmodepages_change_differs() - does the page not hold the new values?
 * @change: the change
 *
 * Return: true where it was read back, and does not.
 */
bool libmodepages_change_differs(const struct libmodepages_change *change)
{
	return change->result & MODEPAGES_RESULT_DIFFERS;
}
