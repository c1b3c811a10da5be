// SPDX-License-Identifier: MIT
/*
 * MODE SENSE through SG_IO on the block device, where the module is not loaded.
 * The kernel lets this command pass on a descriptor open for reading.
 */
#include <scsi/sg.h>
#include <stdlib.h>
#include <sys/ioctl.h>

#include "internal.h"

#define TIMEOUT_MS		60000

/* Host bytes of the midlayer; user space has no header for them. */
#define HOST_NO_CONNECT		0x01
#define HOST_BAD_TARGET		0x04
#define HOST_TIME_OUT		0x03

/* SCSI status bytes (SAM-5, 5.3). */
#define STATUS_CHECK_CONDITION		0x02
#define STATUS_BUSY			0x08
#define STATUS_RESERVATION_CONFLICT	0x18
#define STATUS_TASK_SET_FULL		0x28

static u32 classify(const struct sg_io_hdr *io, const u8 *sense,
		    struct modepages_status *status)
{
	status->host_byte = io->host_status;
	status->scsi_status = io->status;
	status->residue = io->resid > 0 ? io->resid : 0;

	/* Some kernels' sr hands out sense data with a status byte of 0. */
	if (sense_decode(status, sense, io->sb_len_wr)) {
		status->scsi_status = STATUS_CHECK_CONDITION;
		return sense_status(status);
	}
	switch (io->host_status) {
	case 0:
		break;
	case HOST_NO_CONNECT:
	case HOST_BAD_TARGET:
		return MODEPAGES_STATUS_NO_DEVICE;
	case HOST_TIME_OUT:
		return MODEPAGES_STATUS_TIMEOUT;
	default:
		return MODEPAGES_STATUS_FAIL;
	}
	switch (io->status) {
	case 0:
		return MODEPAGES_STATUS_OK;
	case STATUS_BUSY:
	case STATUS_TASK_SET_FULL:
		return MODEPAGES_STATUS_BUSY;
	case STATUS_RESERVATION_CONFLICT:
		return MODEPAGES_STATUS_LOCKED;
	default:
		return MODEPAGES_STATUS_FAIL;
	}
}

/* Once; @io has command, direction and data. */
int sgio_execute(struct libmodepages_drive *drive, struct sg_io_hdr *io,
		 struct modepages_status *status)
{
	u8 sense[MODEPAGES_SENSE_SIZE] = { 0 };
	u32 code;

	io->interface_id = 'S';
	io->mx_sb_len = sizeof(sense);
	io->sbp = sense;
	io->timeout = TIMEOUT_MS;
	memset(status, 0, sizeof(*status));
	if (ioctl(drive->fd, SG_IO, io) < 0)
		return status_from_errno(status, errno);

	code = classify(io, sense, status);
	if (code != MODEPAGES_STATUS_OK)
		return status_fail(status, code, MODEPAGES_STAGE_SENSE);
	return 0;
}

static int execute_once(struct libmodepages_drive *drive,
			const struct mode_request *request, u8 *buffer,
			struct modepages_status *status)
{
	u8 cdb[MODE_SENSE_CDB_MAX_LENGTH];
	struct sg_io_hdr io = {
		.dxfer_direction = SG_DXFER_FROM_DEV,
		.cmd_len = mode_sense_cdb(cdb, request),
		.dxfer_len = request->allocation,
		.dxferp = buffer,
		.cmdp = cdb,
	};

	return sgio_execute(drive, &io, status);
}

/* The drive has something else to tell first. */
bool sgio_about_something_else(const struct modepages_status *status)
{
	return status->flags & MODEPAGES_STATUS_SENSE &&
	       (status->sense_key == SENSE_KEY_UNIT_ATTENTION ||
		sense_deferred(status));
}

static int execute(struct libmodepages_drive *drive,
		   const struct mode_exchange *exchange,
		   struct mode_answer *answer)
{
	const struct mode_request *request = &exchange->request;
	struct modepages_status *status = &answer->status;
	size_t length = request->allocation;
	int tries = 0;
	int err;

	do {
		mode_fill(answer->buffer, length, exchange->compare);
		err = execute_once(drive, request, answer->buffer, status);
	} while (sgio_about_something_else(status) && ++tries < SGIO_TRIES);

	answer->received = mode_written(answer->buffer, length,
					exchange->compare);
	/* A residue that is larger than the request tells nothing. */
	if (status->residue <= length)
		answer->received = min(answer->received,
				       length - status->residue);
	return err;
}

static int ask(struct libmodepages_drive *drive,
	       const struct mode_exchange *exchange, struct mode_answer *answer)
{
	void *buffer;

	*answer = (struct mode_answer){ 0 };
	/* Aligned, or the kernel would copy, and the marks would be lost. */
	if (posix_memalign(&buffer, MODE_ALLOCATION,
			   exchange->request.allocation))
		return status_fail(&answer->status, MODEPAGES_STATUS_NO_MEMORY,
				   MODEPAGES_STAGE_SENSE);
	answer->buffer = buffer;
	return execute(drive, exchange, answer);
}

/* Sends what the exchange wants sent, until it has an answer. */
static int run_exchange(struct libmodepages_drive *drive,
			const struct mode_request *question,
			struct mode_exchange *exchange,
			struct mode_answer *answer)
{
	struct mode_answer first;
	int err;

	mode_exchange_begin(exchange, &drive->dialect, question);
	err = ask(drive, exchange, answer);
	while (mode_exchange_next(exchange, &drive->dialect, answer)) {
		first = *answer;
		err = ask(drive, exchange, answer);
		if (!exchange->compare) {
			free(first.buffer);
			continue;
		}
		if (mode_exchange_better(exchange, &drive->dialect, &first,
					 answer)) {
			free(first.buffer);
			return err;
		}
		free(answer->buffer);
		*answer = first;
		return 0;
	}
	return err;
}

/* On success, the caller frees the buffer of @answer, which @data points to. */
int sgio_mode_sense(struct libmodepages_drive *drive,
		    const struct mode_request *question,
		    struct mode_answer *answer, struct mode_data *data,
		    struct modepages_status *status)
{
	struct mode_exchange exchange;
	int err;

	err = run_exchange(drive, question, &exchange, answer);
	*status = answer->status;
	if (!err && mode_data_parse(data, &exchange.request, answer->buffer,
				    answer->received))
		err = status_fail(status, MODEPAGES_STATUS_INVALID_RESPONSE,
				  MODEPAGES_STAGE_PARSE);
	if (err)
		free(answer->buffer);
	else
		drive->dialect.quirks |= data->quirks;
	return err;
}

/* As sgio_mode_sense(), and finds the page in the answer. */
int sgio_sense_page(struct libmodepages_drive *drive,
		    const struct mode_request *question,
		    struct mode_answer *answer, struct mode_page *span,
		    struct modepages_status *status)
{
	struct mode_data data;
	int err;

	err = sgio_mode_sense(drive, question, answer, &data, status);
	if (err)
		return err;
	err = mode_page_find(&data, question->page, question->subpage, span);
	if (!err)
		return 0;
	free(answer->buffer);
	return status_fail(status, err == -ENOENT ?
			   MODEPAGES_STATUS_NO_SUCH_PAGE :
			   MODEPAGES_STATUS_INVALID_RESPONSE,
			   MODEPAGES_STAGE_PARSE);
}

static int sgio_get_page(struct libmodepages_drive *drive,
			 const struct page_request *request,
			 struct libmodepages_page **page,
			 struct modepages_status *status)
{
	const struct mode_request question = {
		.page = request->code,
		.subpage = request->subpage,
		.control = request->control,
	};
	struct mode_answer answer;
	struct mode_page span;
	int err;

	err = sgio_sense_page(drive, &question, &answer, &span, status);
	if (err)
		return err;
	*page = page_new(&span);
	if (!*page)
		err = status_fail(status, MODEPAGES_STATUS_NO_MEMORY,
				  MODEPAGES_STAGE_PARSE);
	free(answer.buffer);
	return err;
}

/* All pages; a drive that does not know that is asked once. */
int sgio_sense_all(struct libmodepages_drive *drive, u8 control,
		   struct mode_answer *answer, struct mode_data *data,
		   struct modepages_status *status)
{
	const struct mode_request question = {
		.page = MODE_PAGE_ALL,
		.control = control,
	};
	struct mode_dialect *dialect = &drive->dialect;
	int err;

	if (dialect->quirks & MODEPAGES_QUIRK_NO_ALL_PAGES)
		return status_fail(status, MODEPAGES_STATUS_NO_SUCH_PAGE,
				   MODEPAGES_STAGE_SENSE);
	err = sgio_mode_sense(drive, &question, answer, data, status);
	if (control == LIBMODEPAGES_CONTROL_CURRENT &&
	    status->code == MODEPAGES_STATUS_NO_SUCH_PAGE)
		dialect->quirks |= MODEPAGES_QUIRK_NO_ALL_PAGES;
	return err;
}

static int sgio_get_all(struct libmodepages_drive *drive,
			const struct page_request *request,
			struct answer *answer, struct modepages_status *status)
{
	struct mode_answer raw;
	int err;

	*answer = (struct answer){ 0 };
	err = sgio_sense_all(drive, request->control, &raw, &answer->data,
			     status);
	if (!err)
		answer->buffer = raw.buffer;
	return err;
}

const struct backend sgio_backend = {
	.get_page = sgio_get_page,
	.get_all = sgio_get_all,
	.get_list = sgio_get_list,
	.change = sgio_change,
	.keep = sgio_keep,
};
