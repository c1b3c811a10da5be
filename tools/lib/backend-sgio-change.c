// SPDX-License-Identifier: MIT
/*
 * Changing pages through SG_IO, where the module is not loaded: the same commands
 * and checks. Nothing keeps others from changing the page in between, and nothing
 * puts back what was changed.
 */
#include <scsi/sg.h>
#include <stdlib.h>

#include "internal.h"

/* A change on its way; @page has the new values. */
struct sgio_change {
	const struct change_request *request;
	struct libmodepages_change *change;
	struct libmodepages_page *changeable;
	struct libmodepages_page *page;
	u8 *mask;
	struct modepages_status *status;
};

static int read_page(struct libmodepages_drive *drive,
		     const struct change_request *request, u8 control,
		     struct libmodepages_page **page,
		     struct modepages_status *status)
{
	const struct page_request question = {
		.code = request->code,
		.subpage = request->subpage,
		.control = control,
	};
	int err;

	err = drive->backend->get_page(drive, &question, page, status);
	if (!err && (*page)->truncated)
		err = status_fail(status, MODEPAGES_STATUS_INVALID_RESPONSE,
				  MODEPAGES_STAGE_PARSE);
	return err;
}

static int refuse_at(struct modepages_status *status, u32 code,
		     const struct mode_place *place)
{
	memset(status, 0, sizeof(*status));
	mode_status_place(status, place);
	return status_fail(status, code, MODEPAGES_STAGE_CHECK);
}

static int check_mask(struct sgio_change *c)
{
	const struct change_request *request = c->request;
	const struct mode_page changeable = {
		.data = c->changeable->data,
		/* Some drives' changeable values are longer than the page. */
		.length = min(c->changeable->size, c->change->before->size),
	};
	struct mode_place place;

	if (!mode_mask_exceeds(request->mask, request->length, &changeable,
			       &place))
		return 0;
	return refuse_at(c->status, MODEPAGES_STATUS_NOT_CHANGEABLE, &place);
}

/* Bytes that the page does not have do not hold anything. */
static int check_expected(struct sgio_change *c)
{
	const struct libmodepages_page *before = c->change->before;
	const struct change_request *request = c->request;
	const u8 *mask = request->expected_mask;
	struct mode_place place;

	if (!request->expected)
		return 0;
	if (mode_bits_differ(request->expected, before->data, mask,
			     min(request->length, before->size), &place) ||
	    mode_mask_beyond(mask, request->length, before->size, &place))
		return refuse_at(c->status, MODEPAGES_STATUS_CHANGED_MEANWHILE,
				 &place);
	return 0;
}

static int check_change(struct sgio_change *c)
{
	const struct change_request *request = c->request;
	int err = 0;

	if (request->flags & LIBMODEPAGES_SAVE && !c->change->before->saveable)
		return status_fail(c->status, MODEPAGES_STATUS_NO_SUCH_PAGE,
				   MODEPAGES_STAGE_CHECK);
	if (!request->mask && request->length != c->change->before->size)
		return status_fail(c->status, MODEPAGES_STATUS_INVALID_ARGUMENT,
				   MODEPAGES_STAGE_CHECK);
	if (request->mask)
		err = check_mask(c);
	return err ?: check_expected(c);
}

static int prepare_change(struct sgio_change *c)
{
	const struct libmodepages_page *before = c->change->before;
	const struct change_request *request = c->request;

	c->page = page_copy(before);
	c->mask = malloc(before->size);
	if (!c->page || !c->mask)
		return status_fail(c->status, MODEPAGES_STATUS_NO_MEMORY,
				   MODEPAGES_STAGE_CHECK);
	mode_bits_prepare(c->page->data, c->mask, before->data, before->size,
			  request->mask, request->value, request->length);
	return 0;
}

static int select_once(struct libmodepages_drive *drive, struct sgio_change *c,
		       enum mode_form form)
{
	bool save = c->request->flags & LIBMODEPAGES_SAVE;
	u8 cdb[MODE_SELECT_CDB_MAX_LENGTH];
	size_t length = mode_select_length(form, c->page->size);
	struct sg_io_hdr io = {
		.dxfer_direction = SG_DXFER_TO_DEV,
		.cmd_len = mode_select_cdb(cdb, form, save, length),
		.dxfer_len = length,
		.cmdp = cdb,
	};
	u8 *list;
	int err;

	if (!length)
		return status_fail(c->status, MODEPAGES_STATUS_INVALID_ARGUMENT,
				   MODEPAGES_STAGE_CHECK);
	list = malloc(length);
	if (!list)
		return status_fail(c->status, MODEPAGES_STATUS_NO_MEMORY,
				   MODEPAGES_STAGE_CHECK);
	mode_select_list(list, form, c->page->data, c->page->size);
	io.dxferp = list;
	err = sgio_execute(drive, &io, c->status);
	free(list);
	if (err && c->status->flags & MODEPAGES_STATUS_SENSE)
		c->status->code = mode_select_status(c->status, form, save);
	if (!err)
		return 0;
	c->status->stage = MODEPAGES_STAGE_SELECT;
	return c->status->flags & MODEPAGES_STATUS_SENSE ?
	       status_errno(c->status) : err;
}

/* -EAGAIN with status OK: there were news, and the page may be another one. */
static int select_page(struct libmodepages_drive *drive, struct sgio_change *c)
{
	enum mode_form form = drive->dialect.form;
	int tries = 0;
	int err;

	do {
		err = select_once(drive, c, form);
		if (c->status->flags & MODEPAGES_STATUS_SENSE &&
		    c->status->sense_key == SENSE_KEY_UNIT_ATTENTION) {
			memset(c->status, 0, sizeof(*c->status));
			return -EAGAIN;
		}
	} while ((sgio_about_something_else(c->status) ||
		  mode_select_other_form(c->status, &form)) && ++tries < SGIO_TRIES);
	return err;
}

static int read_back(struct libmodepages_drive *drive, struct sgio_change *c)
{
	struct modepages_status status;
	int err;

	err = read_page(drive, c->request, MODEPAGES_CONTROL_CURRENT,
			&c->change->after, &status);
	if (!err)
		return 0;
	*c->status = status;
	if (status.code != MODEPAGES_STATUS_NO_DEVICE)
		c->status->code = MODEPAGES_STATUS_VERIFY_FAILED;
	return status_fail(c->status, c->status->code, MODEPAGES_STAGE_VERIFY);
}

static int verify_page(struct libmodepages_drive *drive, struct sgio_change *c)
{
	struct libmodepages_change *change = c->change;
	struct mode_place place;
	bool whole, differs;
	int err;

	change->result |= MODEPAGES_RESULT_SELECTED;
	if (mode_select_rounded(c->status))
		change->result |= MODEPAGES_RESULT_ROUNDED;
	err = read_back(drive, c);
	if (err)
		return err;

	whole = change->after->size == c->page->size;
	differs = whole && mode_bits_differ(change->after->data, c->page->data,
					    c->mask, c->page->size, &place);
	if (whole && !differs)
		return 0;
	change->result |= MODEPAGES_RESULT_DIFFERS;
	if (change->result & MODEPAGES_RESULT_ROUNDED)
		return 0;
	if (differs)
		mode_status_place(c->status, &place);
	return status_fail(c->status, MODEPAGES_STATUS_VERIFY_FAILED,
			   MODEPAGES_STAGE_VERIFY);
}

static bool has_to_be_sent(const struct sgio_change *c)
{
	return !c->request->mask || c->request->flags & LIBMODEPAGES_SAVE ||
	       !page_same(c->page, c->change->before);
}

static int make_change(struct libmodepages_drive *drive, struct sgio_change *c)
{
	int err;

	if (!(c->request->flags & LIBMODEPAGES_DRY_RUN) && has_to_be_sent(c)) {
		err = select_page(drive, c);
		return err ?: verify_page(drive, c);
	}
	c->change->after = page_copy(c->page);
	if (!c->change->after)
		return status_fail(c->status, MODEPAGES_STATUS_NO_MEMORY,
				   MODEPAGES_STAGE_CHECK);
	return 0;
}

/* The page last: what the drive says about it is not to come before news. */
static int read_pages(struct libmodepages_drive *drive, struct sgio_change *c)
{
	int err = 0;

	libmodepages_page_free(c->change->before);
	c->change->before = NULL;
	if (c->request->mask)
		err = read_page(drive, c->request, MODEPAGES_CONTROL_CHANGEABLE,
				&c->changeable, c->status);
	if (!err)
		err = read_page(drive, c->request, MODEPAGES_CONTROL_CURRENT,
				&c->change->before, c->status);
	return err;
}

static int try_change(struct libmodepages_drive *drive, struct sgio_change *c)
{
	int err;

	err = read_pages(drive, c);
	if (!err)
		err = check_change(c);
	if (!err)
		err = prepare_change(c);
	if (!err)
		err = make_change(drive, c);
	libmodepages_page_free(c->changeable);
	c->changeable = NULL;
	libmodepages_page_free(c->page);
	c->page = NULL;
	free(c->mask);
	c->mask = NULL;
	return err;
}

int sgio_change(struct libmodepages_drive *drive,
		const struct change_request *request,
		struct libmodepages_change *change,
		struct modepages_status *status)
{
	struct sgio_change c = {
		.request = request,
		.change = change,
		.status = status,
	};
	int tries = 0;
	int err;

	if (request->flags & LIBMODEPAGES_RESTORE) {
		status->stage = MODEPAGES_STAGE_CHECK;
		return -EOPNOTSUPP;
	}
	do {
		err = try_change(drive, &c);
	} while (err == -EAGAIN && !status->code && ++tries < SGIO_TRIES);
	if (tries == SGIO_TRIES)
		err = status_fail(status, MODEPAGES_STATUS_BUSY,
				  MODEPAGES_STAGE_CHECK);
	return err;
}

/* There is nothing that would be put back. */
int sgio_keep(struct libmodepages_drive *drive, struct modepages_status *status)
{
	(void)drive;
	status->stage = MODEPAGES_STAGE_CHECK;
	return -EOPNOTSUPP;
}
