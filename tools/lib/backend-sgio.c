// SPDX-License-Identifier: MIT
/*
 * MODE SENSE(10) through SG_IO on the block device, where the module is not
 * loaded. The kernel lets this command pass on a descriptor open for reading.
 */
#include <scsi/sg.h>
#include <stdlib.h>
#include <sys/ioctl.h>

#include "internal.h"

/*
 * Length and alignment at which no transport copies through a buffer of its
 * own. Any page fits, and all pages of most drives. Even, and never below a
 * full header: shorter and odd lengths hang or reset some bridges.
 */
#define FIRST_ROOM		512
#define LARGEST_ROOM		0xfffe
#define ALIGNMENT		512

#define TIMEOUT_MS		60000

/* A drive may have a unit attention for a reset, a new disc and the like. */
#define UNIT_ATTENTIONS		5

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

/* Send one command, once. */
static int execute(struct libmodepages_drive *drive,
		   const struct mode_request *request, struct answer *answer,
		   struct modepages_status *status)
{
	u8 cdb[MODE_SENSE10_CDB_LENGTH];
	u8 sense[MODEPAGES_SENSE_SIZE] = { 0 };
	struct sg_io_hdr io = {
		.interface_id = 'S',
		.dxfer_direction = SG_DXFER_FROM_DEV,
		.cmd_len = sizeof(cdb),
		.mx_sb_len = sizeof(sense),
		.dxfer_len = request->allocation,
		.dxferp = answer->buffer,
		.cmdp = cdb,
		.sbp = sense,
		.timeout = TIMEOUT_MS,
	};
	u32 code;

	mode_sense10_cdb(cdb, request);
	/* What the drive does not fill must not look like an answer. */
	memset(answer->buffer, 0, request->allocation);
	memset(status, 0, sizeof(*status));

	if (ioctl(drive->fd, SG_IO, &io) < 0)
		return status_from_errno(status, errno);

	code = classify(&io, sense, status);
	if (code != MODEPAGES_STATUS_OK)
		return status_fail(status, code, MODEPAGES_STAGE_SENSE);

	/* A residue that is larger than the request tells nothing. */
	answer->received = request->allocation;
	if (status->residue <= answer->received)
		answer->received -= status->residue;
	return 0;
}

/* Send a command until it is really this command that is answered. */
static int execute_again(struct libmodepages_drive *drive,
			 const struct mode_request *request,
			 struct answer *answer,
			 struct modepages_status *status)
{
	bool deferred = false;
	int tries = 0;

	for (;;) {
		int err = execute(drive, request, answer, status);

		if (!(status->flags & MODEPAGES_STATUS_SENSE))
			return err;
		/* An earlier command failed; this one was not carried out. */
		if (sense_deferred(status) && !deferred)
			deferred = true;
		else if (status->sense_key != SENSE_KEY_UNIT_ATTENTION ||
			 ++tries >= UNIT_ATTENTIONS)
			return err;
	}
}

static bool field_in_cdb_refused(const struct modepages_status *status)
{
	return status->flags & MODEPAGES_STATUS_SENSE &&
	       status->sense_key == SENSE_KEY_ILLEGAL_REQUEST &&
	       status->asc == SENSE_ASC_INVALID_FIELD_IN_CDB;
}

/*
 * Ask without block descriptors, and with them where that is refused. A page
 * that is not there is refused in the same words, so such a page costs two
 * commands.
 */
static int ask(struct libmodepages_drive *drive, struct mode_request *request,
	       struct answer *answer, struct modepages_status *status)
{
	int err;

	request->dbd = !drive->dbd_refused;
	err = execute_again(drive, request, answer, status);
	if (err && request->dbd && field_in_cdb_refused(status)) {
		request->dbd = false;
		err = execute_again(drive, request, answer, status);
		drive->dbd_refused = !err;
	}
	if (err)
		return err;

	if (mode_data_parse(&answer->data, answer->buffer, answer->received))
		return status_fail(status, MODEPAGES_STATUS_INVALID_RESPONSE,
				   MODEPAGES_STAGE_PARSE);
	return 0;
}

static int answer_alloc(struct answer *answer, size_t room)
{
	void *buffer;

	room = (room + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (posix_memalign(&buffer, ALIGNMENT, room))
		return -ENOMEM;
	memset(answer, 0, sizeof(*answer));
	answer->buffer = buffer;
	return 0;
}

/*
 * The drive has more to say than there was room for. It may also have counted
 * wrong and refuse the larger request: then the first answer stands.
 */
static int ask_larger(struct libmodepages_drive *drive,
		      struct mode_request *request, struct answer *answer,
		      struct modepages_status *status)
{
	size_t room = min(answer->data.declared, (size_t)LARGEST_ROOM);
	struct modepages_status before = *status;
	struct answer larger;
	int err;

	request->allocation = room + room % 2;
	if (answer_alloc(&larger, request->allocation))
		return status_fail(status, MODEPAGES_STATUS_NO_MEMORY,
				   MODEPAGES_STAGE_SENSE);
	err = ask(drive, request, &larger, status);
	if (err) {
		free(larger.buffer);
		if (!field_in_cdb_refused(status))
			return err;
		*status = before;
		return 0;
	}
	free(answer->buffer);
	*answer = larger;
	return 0;
}

/* On success and on failure, the caller frees the buffer of @answer. */
int sgio_mode_sense(struct libmodepages_drive *drive, u8 code, u8 subpage,
		    u8 control, struct answer *answer,
		    struct modepages_status *status)
{
	struct mode_request request = {
		.page = code,
		.subpage = subpage,
		.control = control,
		.allocation = FIRST_ROOM,
	};
	int err;

	memset(answer, 0, sizeof(*answer));
	if (answer_alloc(answer, FIRST_ROOM))
		return status_fail(status, MODEPAGES_STATUS_NO_MEMORY,
				   MODEPAGES_STAGE_SENSE);
	err = ask(drive, &request, answer, status);
	if (!err && answer->data.declared > FIRST_ROOM)
		err = ask_larger(drive, &request, answer, status);
	return err;
}

/* As sgio_mode_sense(), and find the page in the answer. */
int sgio_sense_page(struct libmodepages_drive *drive, u8 code, u8 subpage,
		    u8 control, struct answer *answer, struct mode_page *span,
		    struct modepages_status *status)
{
	int err;

	err = sgio_mode_sense(drive, code, subpage, control, answer, status);
	if (err)
		return err;
	err = mode_page_find(&answer->data, code, subpage, span);
	if (!err)
		return 0;
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
	struct answer answer;
	struct mode_page span;
	int err;

	err = sgio_sense_page(drive, request->code, request->subpage,
			      request->control, &answer, &span, status);
	if (!err) {
		*page = page_new(&span);
		if (!*page)
			err = status_fail(status, MODEPAGES_STATUS_NO_MEMORY,
					  MODEPAGES_STAGE_PARSE);
	}
	free(answer.buffer);
	return err;
}

const struct backend sgio_backend = {
	.get_page = sgio_get_page,
	.get_list = sgio_get_list,
};
