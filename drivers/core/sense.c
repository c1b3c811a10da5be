// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Sense data: what it says, the status it stands for, and that status' errno.
 */
#include "sense.h"

#define SENSE_FIXED_CURRENT		0x70
#define SENSE_FIXED_DEFERRED		0x71
#define SENSE_DESCRIPTOR_CURRENT	0x72
#define SENSE_DESCRIPTOR_DEFERRED	0x73

#define SENSE_RESPONSE_CODE_MASK	0x7f
#define SENSE_KEY_MASK			0x0f

/* Sense-key-specific bytes: field pointer (SPC-4, 4.5.2.4.2). */
#define SENSE_KEY_SPECIFIC_LENGTH	3
#define SENSE_SKSV			0x80
#define SENSE_FIELD_IN_CDB		0x40
#define SENSE_BIT_POINTER_VALID		0x08
#define SENSE_BIT_POINTER_MASK		0x07

#define SENSE_DESCRIPTOR_KEY_SPECIFIC	0x02

/* Sense-key-specific bytes of fixed format, or NULL (SPC-4, 4.5.3). */
static const u8 *fixed_key_specific(const u8 *sense, size_t length)
{
	if (length < 18 || sense[7] < 10)
		return NULL;
	return &sense[15];
}

/* Sense-key-specific bytes of descriptor format, or NULL (SPC-4, 4.5.2). */
static const u8 *descriptor_key_specific(const u8 *sense, size_t length)
{
	size_t offset, end;

	if (length < 8)
		return NULL;
	end = min(length, (size_t)8 + sense[7]);
	for (offset = 8; offset + 2 <= end; offset += 2 + sense[offset + 1]) {
		if (sense[offset] != SENSE_DESCRIPTOR_KEY_SPECIFIC)
			continue;
		if (offset + 4 + SENSE_KEY_SPECIFIC_LENGTH > end)
			return NULL;
		return &sense[offset + 4];
	}
	return NULL;
}

static void decode_field_pointer(struct modepages_status *status,
				 const u8 *specific)
{
	if (!specific || !(specific[0] & SENSE_SKSV))
		return;
	/* The same bytes mean progress or a retry count for other keys. */
	if (status->sense_key != SENSE_KEY_ILLEGAL_REQUEST)
		return;

	status->flags |= MODEPAGES_STATUS_FIELD;
	status->field_byte = get_unaligned_be16(&specific[1]);
	if (specific[0] & SENSE_FIELD_IN_CDB)
		status->flags |= MODEPAGES_STATUS_FIELD_CDB;
	if (specific[0] & SENSE_BIT_POINTER_VALID) {
		status->flags |= MODEPAGES_STATUS_FIELD_BIT;
		status->field_bit = specific[0] & SENSE_BIT_POINTER_MASK;
	}
}

bool sense_decode(struct modepages_status *status, const u8 *sense,
		  size_t length)
{
	const u8 *specific;

	if (length < 4)
		return false;

	switch (sense[0] & SENSE_RESPONSE_CODE_MASK) {
	case SENSE_FIXED_CURRENT:
	case SENSE_FIXED_DEFERRED:
		status->sense_key = sense[2] & SENSE_KEY_MASK;
		/* Old drives end before byte 12 and mean "no further detail". */
		status->asc = length > 12 ? sense[12] : 0;
		status->ascq = length > 13 ? sense[13] : 0;
		specific = fixed_key_specific(sense, length);
		break;
	case SENSE_DESCRIPTOR_CURRENT:
	case SENSE_DESCRIPTOR_DEFERRED:
		status->sense_key = sense[1] & SENSE_KEY_MASK;
		status->asc = sense[2];
		status->ascq = sense[3];
		specific = descriptor_key_specific(sense, length);
		break;
	default:
		return false;
	}

	status->flags = MODEPAGES_STATUS_SENSE;
	status->field_byte = 0;
	status->field_bit = 0;
	decode_field_pointer(status, specific);
	status->sense_len = min(length, sizeof(status->sense));
	memcpy(status->sense, sense, status->sense_len);
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(sense_decode);

bool sense_deferred(const struct modepages_status *status)
{
	u8 code = status->sense[0] & SENSE_RESPONSE_CODE_MASK;

	return code == SENSE_FIXED_DEFERRED ||
	       code == SENSE_DESCRIPTOR_DEFERRED;
}
EXPORT_SYMBOL_IF_KUNIT(sense_deferred);

#define ANY 0xff

/*
 * First match wins. 04/03 (manual intervention required) and 3A/xx both mean
 * that no disc can be reached; 39/00 comes from a drive that has no saved
 * values; 24, 26 and 20 are what drives of different age say to a page they do
 * not have.
 */
static const struct sense_rule {
	u8 key;
	u8 asc;
	u8 ascq;
	u8 status;
} sense_rules[] = {
	{ ANY, 0x3a, ANY, MODEPAGES_STATUS_NO_MEDIA },
	{ ANY, 0x04, 0x01, MODEPAGES_STATUS_BECOMING_READY },
	{ ANY, 0x04, 0x03, MODEPAGES_STATUS_NO_MEDIA },
	{ ANY, 0x04, 0x04, MODEPAGES_STATUS_FORMAT_IN_PROGRESS },
	{ ANY, 0x04, 0x07, MODEPAGES_STATUS_BUSY },
	{ ANY, 0x04, 0x08, MODEPAGES_STATUS_BUSY },
	{ SENSE_KEY_NOT_READY, 0x04, ANY, MODEPAGES_STATUS_BECOMING_READY },
	{ ANY, 0x06, 0x00, MODEPAGES_STATUS_UPSIDE_DOWN },
	{ ANY, 0x27, ANY, MODEPAGES_STATUS_WRITE_PROTECTED },
	{ ANY, 0x0c, 0x09, MODEPAGES_STATUS_LOSS_OF_STREAMING },
	{ ANY, 0x11, 0x11, MODEPAGES_STATUS_LOSS_OF_STREAMING },
	{ SENSE_KEY_ILLEGAL_REQUEST, 0xbf, 0x00,
	  MODEPAGES_STATUS_LOSS_OF_STREAMING },
	{ ANY, 0x30, 0x11, MODEPAGES_STATUS_SPEED_MISMATCH },
	{ ANY, 0x30, ANY, MODEPAGES_STATUS_INCOMPATIBLE },
	{ ANY, 0x31, 0x00, MODEPAGES_STATUS_INCOMPATIBLE },
	{ ANY, 0x57, 0x00, MODEPAGES_STATUS_INCOMPATIBLE },
	{ ANY, 0x64, 0x00, MODEPAGES_STATUS_INCOMPATIBLE },
	{ ANY, 0x08, 0x01, MODEPAGES_STATUS_TIMEOUT },
	{ ANY, 0x2e, 0x01, MODEPAGES_STATUS_TIMEOUT },
	{ ANY, 0x2e, 0x02, MODEPAGES_STATUS_TIMEOUT },
	{ ANY, 0x2e, 0x03, MODEPAGES_STATUS_TIMEOUT },
	{ ANY, 0x3e, 0x02, MODEPAGES_STATUS_TIMEOUT },
	{ ANY, 0x25, 0x00, MODEPAGES_STATUS_NO_DEVICE },
	{ ANY, 0x39, 0x00, MODEPAGES_STATUS_NO_SUCH_PAGE },
	{ SENSE_KEY_ILLEGAL_REQUEST, 0x20, ANY, MODEPAGES_STATUS_NO_SUCH_PAGE },
	{ SENSE_KEY_ILLEGAL_REQUEST, 0x24, ANY, MODEPAGES_STATUS_NO_SUCH_PAGE },
	{ SENSE_KEY_ILLEGAL_REQUEST, 0x26, ANY, MODEPAGES_STATUS_NO_SUCH_PAGE },
	{ SENSE_KEY_DATA_PROTECT, ANY, ANY, MODEPAGES_STATUS_WRITE_PROTECTED },
};

static bool rule_matches(const struct sense_rule *rule,
			 const struct modepages_status *status)
{
	return (rule->key == ANY || rule->key == status->sense_key) &&
	       (rule->asc == ANY || rule->asc == status->asc) &&
	       (rule->ascq == ANY || rule->ascq == status->ascq);
}

u32 sense_status(const struct modepages_status *status)
{
	size_t i;

	if (status->sense_key == SENSE_KEY_NO_SENSE ||
	    status->sense_key == SENSE_KEY_RECOVERED_ERROR)
		return MODEPAGES_STATUS_OK;

	for (i = 0; i < ARRAY_SIZE(sense_rules); i++)
		if (rule_matches(&sense_rules[i], status))
			return sense_rules[i].status;
	return MODEPAGES_STATUS_FAIL;
}
EXPORT_SYMBOL_IF_KUNIT(sense_status);

static const struct status_entry {
	const char *name;
	int error;
} status_table[] = {
	[MODEPAGES_STATUS_OK] = { "ok", 0 },
	[MODEPAGES_STATUS_INVALID_ARGUMENT] = { "invalid_argument", -EINVAL },
	[MODEPAGES_STATUS_FAIL] = { "fail", -EIO },
	[MODEPAGES_STATUS_NO_MEMORY] = { "no_memory", -ENOMEM },
	[MODEPAGES_STATUS_TIMEOUT] = { "timeout", -ETIMEDOUT },
	[MODEPAGES_STATUS_INVALID_RESPONSE] = { "invalid_response", -EPROTO },
	[MODEPAGES_STATUS_UPSIDE_DOWN] = { "upside_down", -EMEDIUMTYPE },
	[MODEPAGES_STATUS_BECOMING_READY] = { "becoming_ready", -EAGAIN },
	[MODEPAGES_STATUS_NO_MEDIA] = { "no_media", -ENOMEDIUM },
	[MODEPAGES_STATUS_FORMAT_IN_PROGRESS] = { "format_in_progress",
						  -EINPROGRESS },
	[MODEPAGES_STATUS_BUSY] = { "busy", -EALREADY },
	[MODEPAGES_STATUS_LOSS_OF_STREAMING] = { "loss_of_streaming", -EPIPE },
	[MODEPAGES_STATUS_INCOMPATIBLE] = { "incompatible", -EMEDIUMTYPE },
	[MODEPAGES_STATUS_NO_SUCH_PAGE] = { "no_such_page", -ENOENT },
	[MODEPAGES_STATUS_INVALID_MODE_PARAMETERS] = {
		"invalid_mode_parameters", -ERANGE },
	[MODEPAGES_STATUS_WRITE_PROTECTED] = { "write_protected", -EROFS },
	[MODEPAGES_STATUS_SPEED_MISMATCH] = { "speed_mismatch", -EMEDIUMTYPE },
	[MODEPAGES_STATUS_NO_DEVICE] = { "no_device", -ENODEV },
	[MODEPAGES_STATUS_LOCKED] = { "locked", -EBUSY },
	[MODEPAGES_STATUS_NOT_CHANGEABLE] = { "not_changeable", -EPERM },
	[MODEPAGES_STATUS_CHANGED_MEANWHILE] = { "changed_meanwhile", -ESTALE },
	[MODEPAGES_STATUS_VERIFY_FAILED] = { "verify_failed", -EIO },
};

int status_errno(const struct modepages_status *status)
{
	/* The drive refuses the page control, whatever the page. */
	if (status->code == MODEPAGES_STATUS_NO_SUCH_PAGE &&
	    status->asc == SENSE_ASC_SAVING_NOT_SUPPORTED)
		return -EOPNOTSUPP;
	if (status->code >= ARRAY_SIZE(status_table))
		return -EIO;
	return status_table[status->code].error;
}
EXPORT_SYMBOL_IF_KUNIT(status_errno);

const char *status_name(u32 code)
{
	if (code >= ARRAY_SIZE(status_table))
		return "unknown";
	return status_table[code].name;
}
EXPORT_SYMBOL_IF_KUNIT(status_name);
