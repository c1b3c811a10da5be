/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * SCSI mode pages of optical drives: the ioctls of /dev/modepages/<h:c:t:l>.
 */
#ifndef _UAPI_LINUX_MODEPAGES_H
#define _UAPI_LINUX_MODEPAGES_H

#include <linux/ioctl.h>
#include <linux/types.h>

/**
 * DOC: Conventions
 *
 * Every ioctl takes one structure that begins with its own size in bytes, as
 * user space knows it. A structure that is smaller than the first published
 * form of it is refused; one that is larger than what the kernel knows is
 * accepted as long as the part the kernel does not know is zero. New members
 * are only ever added at the end, and zero in a new member means the old
 * behaviour.
 *
 * Reserved members and unknown flags must be zero. A length is "in: room at
 * the pointer, out: true size": when the room is too small, as much as fits is
 * copied, the ioctl succeeds and the true size tells the caller to come again.
 *
 * Every structure carries a status block (&struct modepages_status). It is
 * written on success and on failure, except where the argument itself could
 * not be used: EFAULT, E2BIG, ENOTTY, and EINVAL for a bad size.
 *
 * What an errno means is fixed for all ioctls:
 *
 *  - ENOTTY: no such ioctl.
 *  - EBADF: SET, MODIFY and KEEP need a file that was opened for writing.
 *  - EFAULT: a pointer does not lead to user memory.
 *  - E2BIG: the structure is larger than a page, or has bytes set that this
 *    kernel does not know.
 *  - EINVAL: the size is below the minimum; or a flag, reserved member, page
 *    code, subpage code or page control is out of range, or what is to be
 *    written is no page of the length that the drive's has
 *    (%MODEPAGES_STATUS_INVALID_ARGUMENT). Nothing was written to the drive.
 *  - ENODEV: the drive is gone, and a drive that comes back has a new node; or
 *    the kernel has given it up after a time-out
 *    (%MODEPAGES_STATUS_NO_DEVICE).
 *  - ENOENT: the drive has no such page, or can not save it
 *    (%MODEPAGES_STATUS_NO_SUCH_PAGE).
 *  - EOPNOTSUPP: the drive does not support the page control as a whole
 *    (%MODEPAGES_STATUS_NO_SUCH_PAGE), such as saved values; or nothing may be
 *    sent to this drive (%MODEPAGES_STATUS_OK, %MODEPAGES_STAGE_CHECK,
 *    %MODEPAGES_QUIRK_PASSIVE: no command has failed).
 *  - ENODATA: %MODEPAGES_GET_CACHED was given, and nothing is known that would
 *    still hold (%MODEPAGES_STATUS_OK: no command has failed).
 *  - EPERM: a bit is to be changed that the drive does not let change
 *    (%MODEPAGES_STATUS_NOT_CHANGEABLE). Nothing was written to the drive.
 *  - ESTALE: the page does not hold what was expected
 *    (%MODEPAGES_STATUS_CHANGED_MEANWHILE). Nothing was written to the drive.
 *  - ERANGE: the drive refused the new values
 *    (%MODEPAGES_STATUS_INVALID_MODE_PARAMETERS).
 *  - EPROTO: the drive said all is well and sent data that can not be right
 *    (%MODEPAGES_STATUS_INVALID_RESPONSE).
 *  - ETIMEDOUT: no answer in time (%MODEPAGES_STATUS_TIMEOUT).
 *  - EAGAIN: the drive or its disc is becoming ready
 *    (%MODEPAGES_STATUS_BECOMING_READY).
 *  - EALREADY: the drive is busy with something long, or answers BUSY
 *    (%MODEPAGES_STATUS_BUSY).
 *  - EINPROGRESS: a format is in progress
 *    (%MODEPAGES_STATUS_FORMAT_IN_PROGRESS).
 *  - ENOMEDIUM: no disc (%MODEPAGES_STATUS_NO_MEDIA).
 *  - EMEDIUMTYPE: the disc is of no use for this
 *    (%MODEPAGES_STATUS_UPSIDE_DOWN, %MODEPAGES_STATUS_INCOMPATIBLE,
 *    %MODEPAGES_STATUS_SPEED_MISMATCH).
 *  - EROFS: write protected (%MODEPAGES_STATUS_WRITE_PROTECTED).
 *  - EPIPE: loss of streaming, reported late by the drive
 *    (%MODEPAGES_STATUS_LOSS_OF_STREAMING).
 *  - EBUSY: somebody else holds the drive (%MODEPAGES_STATUS_LOCKED).
 *  - ENOMEM: no memory (%MODEPAGES_STATUS_NO_MEMORY).
 *  - EINTR: a fatal signal ended the wait for the drive.
 *  - EIO: the drive accepted the new values and does not hold them, or could
 *    not be asked for them any more (%MODEPAGES_STATUS_VERIFY_FAILED);
 *    anything else (%MODEPAGES_STATUS_FAIL).
 */

/**
 * enum modepages_status_code - outcome of an operation
 * @MODEPAGES_STATUS_OK: success
 * @MODEPAGES_STATUS_INVALID_ARGUMENT: refused before anything was sent
 * @MODEPAGES_STATUS_FAIL: not classified; see the sense data
 * @MODEPAGES_STATUS_NO_MEMORY: out of memory
 * @MODEPAGES_STATUS_TIMEOUT: the drive did not answer in time
 * @MODEPAGES_STATUS_INVALID_RESPONSE: good status, unusable data
 * @MODEPAGES_STATUS_UPSIDE_DOWN: no reference position found; the disc may be
 *	upside down, blank or unreadable
 * @MODEPAGES_STATUS_BECOMING_READY: the drive is becoming ready
 * @MODEPAGES_STATUS_NO_MEDIA: there is no disc
 * @MODEPAGES_STATUS_FORMAT_IN_PROGRESS: the disc is being formatted
 * @MODEPAGES_STATUS_BUSY: a long operation or write is in progress
 * @MODEPAGES_STATUS_LOSS_OF_STREAMING: an earlier write lost its data stream
 * @MODEPAGES_STATUS_INCOMPATIBLE: incompatible disc
 * @MODEPAGES_STATUS_NO_SUCH_PAGE: the drive lacks the page, or its page control
 * @MODEPAGES_STATUS_INVALID_MODE_PARAMETERS: the drive refused the new values
 * @MODEPAGES_STATUS_WRITE_PROTECTED: write protected
 * @MODEPAGES_STATUS_SPEED_MISMATCH: the disc's speed is out of the drive's range
 * @MODEPAGES_STATUS_NO_DEVICE: the drive is gone
 * @MODEPAGES_STATUS_LOCKED: somebody else holds the drive
 * @MODEPAGES_STATUS_NOT_CHANGEABLE: a bit outside the changeable mask was to be
 *	changed; nothing was sent
 * @MODEPAGES_STATUS_CHANGED_MEANWHILE: the expected value did not hold
 * @MODEPAGES_STATUS_VERIFY_FAILED: the drive accepted what was written; it does
 *	not hold it, or asking for it failed in the way the rest of the status
 *	tells
 */
enum modepages_status_code {
	MODEPAGES_STATUS_OK = 0,
	MODEPAGES_STATUS_INVALID_ARGUMENT = 1,
	MODEPAGES_STATUS_FAIL = 2,
	MODEPAGES_STATUS_NO_MEMORY = 3,
	MODEPAGES_STATUS_TIMEOUT = 4,
	MODEPAGES_STATUS_INVALID_RESPONSE = 5,
	MODEPAGES_STATUS_UPSIDE_DOWN = 6,
	MODEPAGES_STATUS_BECOMING_READY = 7,
	MODEPAGES_STATUS_NO_MEDIA = 8,
	MODEPAGES_STATUS_FORMAT_IN_PROGRESS = 9,
	MODEPAGES_STATUS_BUSY = 10,
	MODEPAGES_STATUS_LOSS_OF_STREAMING = 11,
	MODEPAGES_STATUS_INCOMPATIBLE = 12,
	MODEPAGES_STATUS_NO_SUCH_PAGE = 13,
	MODEPAGES_STATUS_INVALID_MODE_PARAMETERS = 14,
	MODEPAGES_STATUS_WRITE_PROTECTED = 15,
	MODEPAGES_STATUS_SPEED_MISMATCH = 16,
	MODEPAGES_STATUS_NO_DEVICE = 17,
	MODEPAGES_STATUS_LOCKED = 18,
	MODEPAGES_STATUS_NOT_CHANGEABLE = 19,
	MODEPAGES_STATUS_CHANGED_MEANWHILE = 20,
	MODEPAGES_STATUS_VERIFY_FAILED = 21,
};

/**
 * enum modepages_stage - where an operation ended
 * @MODEPAGES_STAGE_NONE: success, or nothing was tried
 * @MODEPAGES_STAGE_SENSE: the MODE SENSE command failed
 * @MODEPAGES_STAGE_PARSE: the answer to MODE SENSE could not be understood
 * @MODEPAGES_STAGE_CHECK: a check before the command refused
 * @MODEPAGES_STAGE_SELECT: the MODE SELECT command failed
 * @MODEPAGES_STAGE_VERIFY: the read-back after MODE SELECT failed, or differed
 */
enum modepages_stage {
	MODEPAGES_STAGE_NONE = 0,
	MODEPAGES_STAGE_SENSE = 1,
	MODEPAGES_STAGE_PARSE = 2,
	MODEPAGES_STAGE_CHECK = 3,
	MODEPAGES_STAGE_SELECT = 4,
	MODEPAGES_STAGE_VERIFY = 5,
};

/**
 * enum modepages_control - which values of a page are asked for
 * @MODEPAGES_CONTROL_CURRENT: the values in effect now
 * @MODEPAGES_CONTROL_CHANGEABLE: a mask; a set bit can be changed
 * @MODEPAGES_CONTROL_DEFAULT: the values at power-on
 * @MODEPAGES_CONTROL_SAVED: the values in non-volatile memory
 *
 * The numbers are those of the PC field of MODE SENSE (SPC-4, 6.11).
 */
enum modepages_control {
	MODEPAGES_CONTROL_CURRENT = 0,
	MODEPAGES_CONTROL_CHANGEABLE = 1,
	MODEPAGES_CONTROL_DEFAULT = 2,
	MODEPAGES_CONTROL_SAVED = 3,
};

/* The page code that stands for all pages (SPC-4, 6.11.1). */
#define MODEPAGES_PAGE_ALL		0x3f

/* Room for sense bytes in a status block. */
#define MODEPAGES_SENSE_SIZE		64

/* Bits of &modepages_status.flags. */
#define MODEPAGES_STATUS_SENSE		(1 << 0) /* sense_key, asc, ascq hold */
#define MODEPAGES_STATUS_FIELD		(1 << 1) /* field_byte holds */
#define MODEPAGES_STATUS_FIELD_CDB	(1 << 2) /* it points into the CDB */
#define MODEPAGES_STATUS_FIELD_BIT	(1 << 3) /* field_bit holds */
#define MODEPAGES_STATUS_FIELD_PAGE	(1 << 4) /* it points into the page */

/**
 * struct modepages_status - what became of an ioctl
 * @code: out: one of &enum modepages_status_code
 * @stage: out: where it failed, one of &enum modepages_stage
 * @scsi_status: out: SCSI status byte of the last command (02h: CHECK CONDITION)
 * @host_byte: out: the SCSI midlayer's host byte of the last command
 * @flags: out: which of the following members hold (MODEPAGES_STATUS_SENSE ...)
 * @sense_len: out: number of bytes in @sense
 * @sense_key: out: sense key
 * @asc: out: additional sense code
 * @ascq: out: additional sense code qualifier
 * @field_bit: out: bit number of the field that was refused
 * @field_byte: out: byte number of the field that was refused, in the page, with
 *	its page code byte as 0, in the CDB, or else in the parameter list
 * @reserved: zero
 * @residue: out: bytes of the request that were not transferred, as the
 *	transport reported it
 * @sense: out: the sense data as the drive sent it
 */
struct modepages_status {
	__u32 code;
	__u32 stage;
	__u8 scsi_status;
	__u8 host_byte;
	__u8 flags;
	__u8 sense_len;
	__u8 sense_key;
	__u8 asc;
	__u8 ascq;
	__u8 field_bit;
	__u16 field_byte;
	__u16 reserved;
	__u32 residue;
	__u8 sense[MODEPAGES_SENSE_SIZE];
};

/*
 * Bits of &modepages_info.quirks: what had to be worked around on the drive. Each
 * stands in the drive's file "quirks" under the name before the colon.
 */
/* dbd_refused: refuses commands with DBD = 1 */
#define MODEPAGES_QUIRK_DBD_REFUSED	(1ULL << 0)
/* no_all_pages: refuses page 3Fh */
#define MODEPAGES_QUIRK_NO_ALL_PAGES	(1ULL << 1)
/* dbd_ignored: sends block descriptors in spite of DBD = 1 */
#define MODEPAGES_QUIRK_DBD_IGNORED	(1ULL << 2)
/* mode_sense_6: knows only the six byte command */
#define MODEPAGES_QUIRK_MODE_SENSE_6	(1ULL << 3)
/* header_6: answers the ten byte command with the header of the six byte one */
#define MODEPAGES_QUIRK_HEADER_6	(1ULL << 4)
/* length_too_small: the mode data length is smaller than the page */
#define MODEPAGES_QUIRK_LENGTH_TOO_SMALL	(1ULL << 5)
/* length_too_large: the mode data length is larger than what comes */
#define MODEPAGES_QUIRK_LENGTH_TOO_LARGE	(1ULL << 6)
/* descriptor_length: declares block descriptors that it does not send */
#define MODEPAGES_QUIRK_DESCRIPTOR_LENGTH	(1ULL << 7)
/* small_allocation: refuses an allocation length of 512 */
#define MODEPAGES_QUIRK_SMALL_ALLOCATION	(1ULL << 8)
/* all_pages_unsound: the answer to page 3Fh makes no sense */
#define MODEPAGES_QUIRK_ALL_PAGES_UNSOUND	(1ULL << 9)
/* residue: the transport reports more missing bytes than are */
#define MODEPAGES_QUIRK_RESIDUE		(1ULL << 10)
/* passive: no command is ever sent to it */
#define MODEPAGES_QUIRK_PASSIVE		(1ULL << 11)

/* Bits of &modepages_info.features. */
/* SET, MODIFY, KEEP, their flag RESTORE, and open() with O_EXCL. */
#define MODEPAGES_FEATURE_CHANGE	(1ULL << 0)
/* GET with MODEPAGES_GET_RECENT. */
#define MODEPAGES_FEATURE_RECENT	(1ULL << 1)

/**
 * struct modepages_info - argument of MODEPAGES_IOCTL_INFO
 * @size: in: sizeof(struct modepages_info)
 * @flags: in: must be zero
 * @features: out: bitmap of MODEPAGES_FEATURE_*, what this kernel can do beyond
 *	INFO, LIST and GET
 * @generation: out: grows when the module learns that a page has changed
 * @quirks: out: bitmap of MODEPAGES_QUIRK_*
 * @medium_type: out: medium type of the last mode parameter header, 0 if none
 * @device_specific: out: its device-specific parameter
 * @reserved: zero
 * @status: out: what became of the ioctl
 *
 * Sends no command.
 */
struct modepages_info {
	__u32 size;
	__u32 flags;
	__aligned_u64 features;
	__aligned_u64 generation;
	__aligned_u64 quirks;
	__u8 medium_type;
	__u8 device_specific;
	__u8 reserved[6];
	struct modepages_status status;
};

/* Bits of &modepages_list_entry.flags. */
#define MODEPAGES_PAGE_SAVEABLE		(1 << 0) /* PS bit of the current page */

/**
 * struct modepages_list_entry - one supported page
 * @page: page code
 * @subpage: subpage code
 * @controls: bit n is set when page control n (&enum modepages_control) answers
 *	for this page
 * @flags: MODEPAGES_PAGE_SAVEABLE
 * @length: size of the whole page in bytes, its header included
 * @reserved: zero
 */
struct modepages_list_entry {
	__u8 page;
	__u8 subpage;
	__u8 controls;
	__u8 flags;
	__u16 length;
	__u16 reserved;
};

/* Flag of &modepages_list.flags: send no command, tell what is known. */
#define MODEPAGES_LIST_CACHED		(1 << 0)

/**
 * struct modepages_list - argument of MODEPAGES_IOCTL_LIST
 * @size: in: sizeof(struct modepages_list)
 * @flags: in: MODEPAGES_LIST_CACHED or zero
 * @entries: in: pointer to an array of struct modepages_list_entry, ascending
 *	by page and subpage code; may be zero when @count is
 * @count: in: number of entries there is room for; out: number of pages
 * @reserved: must be zero
 * @status: out: what became of the ioctl
 *
 * Asks the drive for the page controls that have not been asked for yet, with
 * one command for each, or one for each page if the drive refuses page 3Fh.
 * A page control that is refused is no failure: its bit is not set. Nor is
 * nonsense in answer to one other than current values.
 */
struct modepages_list {
	__u32 size;
	__u32 flags;
	__aligned_u64 entries;
	__u32 count;
	__u32 reserved;
	struct modepages_status status;
};

/*
 * Flag of &modepages_get.flags: what is known will do, however old it is, as long
 * as the drive has had no news since.
 */
#define MODEPAGES_GET_CACHED		(1 << 0)
/*
 * Flag of &modepages_get.flags: what is known will do if it is as young as a reader
 * of the files in sysfs would get it; else the drive is asked as for such a reader.
 * With %MODEPAGES_FEATURE_RECENT only.
 */
#define MODEPAGES_GET_RECENT		(1 << 1)

/* Bits of the members "result". */
#define MODEPAGES_RESULT_TRUNCATED	(1 << 0) /* shorter than its length byte */
#define MODEPAGES_RESULT_CACHED		(1 << 1) /* no command was sent for it */
#define MODEPAGES_RESULT_SELECTED	(1 << 2) /* MODE SELECT was accepted */
#define MODEPAGES_RESULT_ROUNDED	(1 << 3) /* the drive says it took others */
#define MODEPAGES_RESULT_DIFFERS	(1 << 4) /* it does not hold what was sent */

/**
 * struct modepages_get - argument of MODEPAGES_IOCTL_GET
 * @size: in: sizeof(struct modepages_get)
 * @flags: in: MODEPAGES_GET_CACHED, or MODEPAGES_GET_RECENT, or zero
 * @page: in: page code, 0 to 3Fh; 3Fh (MODEPAGES_PAGE_ALL): all pages, one
 *	after the other, as the drive sends them; a drive that does not know
 *	that request refuses it (ENOENT), and where pages can not be told from
 *	one another the answer is refused (EPROTO)
 * @subpage: in: subpage code, 0 to FEh; 0 with page 3Fh
 * @control: in: one of &enum modepages_control
 * @reserved: must be zero
 * @timeout_ms: in: time-out of the command in milliseconds, 0 for the default of
 *	60 s, else clamped to 30 s ... 260 s; RECENT has the default. It is no
 *	means to give up early: a command that times out resets the bus.
 * @data: in: pointer to room for the page; may be zero when @length is
 * @length: in: room at @data in bytes; out: true size
 * @result: out: MODEPAGES_RESULT_*
 * @generation: out: generation the data belong to
 * @status: out: what became of the ioctl
 */
struct modepages_get {
	__u32 size;
	__u32 flags;
	__u8 page;
	__u8 subpage;
	__u8 control;
	__u8 reserved;
	__u32 timeout_ms;
	__aligned_u64 data;
	__u32 length;
	__u32 result;
	__aligned_u64 generation;
	struct modepages_status status;
};

/* Flags of &modepages_set.flags and &modepages_modify.flags. */
/* Save the page in the drive, too, for when it is switched on again. */
#define MODEPAGES_CHANGE_SAVE		(1 << 0)
/*
 * Put the old values back when the open file description goes, be it by exit or
 * kill; not together with SAVE.
 */
#define MODEPAGES_CHANGE_RESTORE	(1 << 1)
/* MODIFY only: check everything, write nothing. */
#define MODEPAGES_CHANGE_DRY_RUN	(1 << 2)

/**
 * struct modepages_set - argument of MODEPAGES_IOCTL_SET
 * @size: in: sizeof(struct modepages_set)
 * @flags: in: MODEPAGES_CHANGE_SAVE or MODEPAGES_CHANGE_RESTORE, or zero
 * @data: in: pointer to the page, from its page code byte on, which tells the
 *	page, and with its SPF bit the subpage. Its PS bit is left out.
 * @before: in: pointer to @length bytes of room for the page before; or zero
 * @after: in: pointer to @length bytes of room for the page after; or zero
 * @length: in: size of the page in bytes, which has to be that of the drive's;
 *	out: size of the drive's
 * @timeout_ms: in: time-out of each command in milliseconds, as for GET
 * @result: out: MODEPAGES_RESULT_*
 * @reserved: must be zero
 * @generation: out: generation the page after belongs to
 * @status: out: what became of the ioctl
 *
 * Writes a whole page, whatever the drive says is changeable, and reads it back; the
 * bits in which it differs from the page before are compared.
 * The values before and after are those of MODE SENSE; after is written only with
 * %MODEPAGES_RESULT_SELECTED and where it could be read. To change only some
 * bits MODIFY is the better way: it does not undo what others do meanwhile.
 *
 * With RESTORE, the bits in which the page differs from the one before are put
 * back, as by MODIFY.
 */
struct modepages_set {
	__u32 size;
	__u32 flags;
	__aligned_u64 data;
	__aligned_u64 before;
	__aligned_u64 after;
	__u32 length;
	__u32 timeout_ms;
	__u32 result;
	__u32 reserved;
	__aligned_u64 generation;
	struct modepages_status status;
};

/**
 * struct modepages_modify - argument of MODEPAGES_IOCTL_MODIFY
 * @size: in: sizeof(struct modepages_modify)
 * @flags: in: MODEPAGES_CHANGE_*
 * @page: in: page code, 0 to 3Eh
 * @subpage: in: subpage code, 0 to FEh
 * @reserved: must be zero
 * @timeout_ms: in: time-out of each command in milliseconds, as for GET
 * @mask: in: pointer to the bits to change, @length bytes, from the page code
 *	byte on, in which no bit may be set
 * @value: in: pointer to their new values, @length bytes
 * @expected_mask: in: pointer to the bits that have to have certain values
 *	before, @length bytes; or zero: those of @mask
 * @expected: in: pointer to these values, @length bytes; or zero: any will do
 * @before: in: pointer to @length bytes of room for the page before; or zero
 * @after: in: pointer to @length bytes of room for the page after, or with
 *	DRY_RUN as it would be; or zero
 * @length: in: size of all these, in bytes; the page may be shorter or longer,
 *	bits of bytes that it does not have can not be changed; out: size of the
 *	page
 * @result: out: MODEPAGES_RESULT_*
 * @generation: out: generation the page after belongs to
 * @status: out: what became of the ioctl
 *
 * Reads the page, checks it against @expected and @mask against what the drive
 * lets change, writes the page with the new bits, and reads it back, with no
 * command of another user of this module in between. The status of a refusal
 * names the first byte, and there the highest bit. Where all bits have their new
 * values already nothing is written, unless it is to be saved.
 *
 * With RESTORE the bits of @mask are put back to what they were when the open file
 * description goes, which is when the last file descriptor of it is closed, unless
 * the drive does not hold the values of this change any more. Of several that
 * have changed the same bit, the last one to go puts it back to what it was before
 * the first. Without RESTORE, the change ends what the same open file description
 * has to put back of these bits.
 */
struct modepages_modify {
	__u32 size;
	__u32 flags;
	__u8 page;
	__u8 subpage;
	__u16 reserved;
	__u32 timeout_ms;
	__aligned_u64 mask;
	__aligned_u64 value;
	__aligned_u64 expected_mask;
	__aligned_u64 expected;
	__aligned_u64 before;
	__aligned_u64 after;
	__u32 length;
	__u32 result;
	__aligned_u64 generation;
	struct modepages_status status;
};

/**
 * struct modepages_keep - argument of MODEPAGES_IOCTL_KEEP
 * @size: in: sizeof(struct modepages_keep)
 * @flags: in: must be zero
 * @status: out: what became of the ioctl
 *
 * What the open file description has changed with RESTORE stays as it is.
 */
struct modepages_keep {
	__u32 size;
	__u32 flags;
	struct modepages_status status;
};

#define MODEPAGES_IOCTL_TYPE		0xD4

#define MODEPAGES_IOCTL_INFO		_IO(MODEPAGES_IOCTL_TYPE, 0)
#define MODEPAGES_IOCTL_LIST		_IO(MODEPAGES_IOCTL_TYPE, 1)
#define MODEPAGES_IOCTL_GET		_IO(MODEPAGES_IOCTL_TYPE, 2)
#define MODEPAGES_IOCTL_SET		_IO(MODEPAGES_IOCTL_TYPE, 3)
#define MODEPAGES_IOCTL_MODIFY		_IO(MODEPAGES_IOCTL_TYPE, 4)
#define MODEPAGES_IOCTL_KEEP		_IO(MODEPAGES_IOCTL_TYPE, 5)

#endif /* _UAPI_LINUX_MODEPAGES_H */
