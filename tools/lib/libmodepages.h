/* SPDX-License-Identifier: MIT */
/*
 * libmodepages: the SCSI mode pages of CD, DVD and Blu-ray drives.
 *
 * A drive is reached through the kernel module modepages where it is loaded,
 * and through SG_IO on the block device where it is not. The calls are the
 * same.
 *
 * Functions that can fail return 0 or a negative errno. What the drive said
 * is put into a status object on top of that, if the caller gives one. The
 * library never prints, never exits and keeps no global state: different
 * threads may use different objects at the same time. No pointer argument may
 * be NULL unless the function's description says so.
 *
 * libmodepages(3) describes the functions, and so does the source code where
 * they are defined.
 */
#ifndef LIBMODEPAGES_H
#define LIBMODEPAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

struct libmodepages_change;
struct libmodepages_drive;
struct libmodepages_drives;
struct libmodepages_event;
struct libmodepages_field;
struct libmodepages_fields;
struct libmodepages_info;
struct libmodepages_list;
struct libmodepages_monitor;
struct libmodepages_page;
struct libmodepages_pages;
struct libmodepages_status;
struct libmodepages_update;

/**
 * enum libmodepages_control - which values of a page are meant
 * @LIBMODEPAGES_CONTROL_CURRENT: the values in effect now
 * @LIBMODEPAGES_CONTROL_CHANGEABLE: a mask; a set bit can be changed
 * @LIBMODEPAGES_CONTROL_DEFAULT: the values at power-on
 * @LIBMODEPAGES_CONTROL_SAVED: the values in non-volatile memory
 */
enum libmodepages_control {
	LIBMODEPAGES_CONTROL_CURRENT = 0,
	LIBMODEPAGES_CONTROL_CHANGEABLE = 1,
	LIBMODEPAGES_CONTROL_DEFAULT = 2,
	LIBMODEPAGES_CONTROL_SAVED = 3,
};

/**
 * enum libmodepages_backend - how a drive is reached
 * @LIBMODEPAGES_BACKEND_NONE: not at all: neither the module nor sr serves it
 * @LIBMODEPAGES_BACKEND_MODULE: through the module's node
 * @LIBMODEPAGES_BACKEND_SG_IO: through SG_IO on the block device
 */
enum libmodepages_backend {
	LIBMODEPAGES_BACKEND_NONE = 0,
	LIBMODEPAGES_BACKEND_MODULE = 1,
	LIBMODEPAGES_BACKEND_SG_IO = 2,
};

/**
 * enum libmodepages_status_code - outcome of an operation
 * @LIBMODEPAGES_STATUS_OK: success
 * @LIBMODEPAGES_STATUS_INVALID_ARGUMENT: refused before anything was sent
 * @LIBMODEPAGES_STATUS_FAIL: not classified; see the sense data
 * @LIBMODEPAGES_STATUS_NO_MEMORY: out of memory
 * @LIBMODEPAGES_STATUS_TIMEOUT: no answer in time
 * @LIBMODEPAGES_STATUS_INVALID_RESPONSE: good status, unusable data
 * @LIBMODEPAGES_STATUS_UPSIDE_DOWN: no reference position found
 * @LIBMODEPAGES_STATUS_BECOMING_READY: the drive is becoming ready
 * @LIBMODEPAGES_STATUS_NO_MEDIA: there is no disc
 * @LIBMODEPAGES_STATUS_FORMAT_IN_PROGRESS: the disc is being formatted
 * @LIBMODEPAGES_STATUS_BUSY: a long operation is in progress
 * @LIBMODEPAGES_STATUS_LOSS_OF_STREAMING: an earlier write lost its stream
 * @LIBMODEPAGES_STATUS_INCOMPATIBLE: incompatible disc
 * @LIBMODEPAGES_STATUS_NO_SUCH_PAGE: no such page, or no such values of it
 * @LIBMODEPAGES_STATUS_INVALID_MODE_PARAMETERS: new values refused
 * @LIBMODEPAGES_STATUS_WRITE_PROTECTED: write protected
 * @LIBMODEPAGES_STATUS_SPEED_MISMATCH: the disc's speed is out of range
 * @LIBMODEPAGES_STATUS_NO_DEVICE: the drive is gone
 * @LIBMODEPAGES_STATUS_LOCKED: somebody else holds the drive
 * @LIBMODEPAGES_STATUS_NOT_CHANGEABLE: a bit can not be changed
 * @LIBMODEPAGES_STATUS_CHANGED_MEANWHILE: the expected value did not hold
 * @LIBMODEPAGES_STATUS_VERIFY_FAILED: the drive does not hold what was written
 */
enum libmodepages_status_code {
	LIBMODEPAGES_STATUS_OK = 0,
	LIBMODEPAGES_STATUS_INVALID_ARGUMENT = 1,
	LIBMODEPAGES_STATUS_FAIL = 2,
	LIBMODEPAGES_STATUS_NO_MEMORY = 3,
	LIBMODEPAGES_STATUS_TIMEOUT = 4,
	LIBMODEPAGES_STATUS_INVALID_RESPONSE = 5,
	LIBMODEPAGES_STATUS_UPSIDE_DOWN = 6,
	LIBMODEPAGES_STATUS_BECOMING_READY = 7,
	LIBMODEPAGES_STATUS_NO_MEDIA = 8,
	LIBMODEPAGES_STATUS_FORMAT_IN_PROGRESS = 9,
	LIBMODEPAGES_STATUS_BUSY = 10,
	LIBMODEPAGES_STATUS_LOSS_OF_STREAMING = 11,
	LIBMODEPAGES_STATUS_INCOMPATIBLE = 12,
	LIBMODEPAGES_STATUS_NO_SUCH_PAGE = 13,
	LIBMODEPAGES_STATUS_INVALID_MODE_PARAMETERS = 14,
	LIBMODEPAGES_STATUS_WRITE_PROTECTED = 15,
	LIBMODEPAGES_STATUS_SPEED_MISMATCH = 16,
	LIBMODEPAGES_STATUS_NO_DEVICE = 17,
	LIBMODEPAGES_STATUS_LOCKED = 18,
	LIBMODEPAGES_STATUS_NOT_CHANGEABLE = 19,
	LIBMODEPAGES_STATUS_CHANGED_MEANWHILE = 20,
	LIBMODEPAGES_STATUS_VERIFY_FAILED = 21,
};

/**
 * enum libmodepages_stage - where an operation ended
 * @LIBMODEPAGES_STAGE_NONE: success, or nothing was tried
 * @LIBMODEPAGES_STAGE_SENSE: the MODE SENSE command failed
 * @LIBMODEPAGES_STAGE_PARSE: its answer could not be understood
 * @LIBMODEPAGES_STAGE_CHECK: a check before the command refused
 * @LIBMODEPAGES_STAGE_SELECT: the MODE SELECT command failed
 * @LIBMODEPAGES_STAGE_VERIFY: the read-back after MODE SELECT failed, or differed
 */
enum libmodepages_stage {
	LIBMODEPAGES_STAGE_NONE = 0,
	LIBMODEPAGES_STAGE_SENSE = 1,
	LIBMODEPAGES_STAGE_PARSE = 2,
	LIBMODEPAGES_STAGE_CHECK = 3,
	LIBMODEPAGES_STAGE_SELECT = 4,
	LIBMODEPAGES_STAGE_VERIFY = 5,
};

/**
 * enum libmodepages_where - what the place of a refused field counts in
 * @LIBMODEPAGES_WHERE_COMMAND: the command
 * @LIBMODEPAGES_WHERE_DATA: the data sent with it, as the drive counts
 * @LIBMODEPAGES_WHERE_PAGE: the page, its page code byte being byte 0
 */
enum libmodepages_where {
	LIBMODEPAGES_WHERE_COMMAND = 0,
	LIBMODEPAGES_WHERE_DATA = 1,
	LIBMODEPAGES_WHERE_PAGE = 2,
};

/**
 * enum libmodepages_action - what a monitor tells of
 * @LIBMODEPAGES_ACTION_ADDED: a drive came; all its pages are new
 * @LIBMODEPAGES_ACTION_REMOVED: a drive went
 * @LIBMODEPAGES_ACTION_CHANGED: pages changed, or may have
 */
enum libmodepages_action {
	LIBMODEPAGES_ACTION_ADDED = 0,
	LIBMODEPAGES_ACTION_REMOVED = 1,
	LIBMODEPAGES_ACTION_CHANGED = 2,
};

/**
 * enum libmodepages_cause - how the module has learnt of a change
 * @LIBMODEPAGES_CAUSE_UNKNOWN: the event that told was lost, or is none of the
 *	following; also for drives that come and go
 * @LIBMODEPAGES_CAUSE_SELECT: somebody changed a page through the module
 * @LIBMODEPAGES_CAUSE_RESTORE: the module put a temporary change back
 * @LIBMODEPAGES_CAUSE_UNIT_ATTENTION: the drive said that something happened
 * @LIBMODEPAGES_CAUSE_REFRESH: somebody had the drive asked anew
 * @LIBMODEPAGES_CAUSE_RESUME: the machine has slept
 * @LIBMODEPAGES_CAUSE_READ: the drive answered a reader other than before
 */
enum libmodepages_cause {
	LIBMODEPAGES_CAUSE_UNKNOWN = 0,
	LIBMODEPAGES_CAUSE_SELECT = 1,
	LIBMODEPAGES_CAUSE_RESTORE = 2,
	LIBMODEPAGES_CAUSE_UNIT_ATTENTION = 3,
	LIBMODEPAGES_CAUSE_REFRESH = 4,
	LIBMODEPAGES_CAUSE_RESUME = 5,
	LIBMODEPAGES_CAUSE_READ = 6,
};

/*
 * Flag of libmodepages_drive_get_page(), libmodepages_drive_get_pages() and
 * libmodepages_drive_get_list(): what is known already will do, however old it is.
 */
#define LIBMODEPAGES_CACHED	(1u << 0)

/*
 * Flag of libmodepages_drive_get_page() and libmodepages_drive_get_pages(): what is
 * known already will do if it is as young as a reader of the module's files in sysfs
 * would get it.
 */
#define LIBMODEPAGES_RECENT	(1u << 1)

/*
 * Flags of libmodepages_drive_open(): to change pages; and to keep the commands of
 * others away, as far as they come through the module.
 */
#define LIBMODEPAGES_WRITE	(1u << 0)
#define LIBMODEPAGES_EXCLUSIVE	(1u << 1)

/*
 * Flags of libmodepages_drive_update() and libmodepages_drive_set_page(): save the
 * page in the drive, for when it is switched on again; put the old values back
 * when the drive is closed, or the process ends; and, for an update only, check
 * everything and change nothing.
 */
#define LIBMODEPAGES_SAVE	(1u << 0)
#define LIBMODEPAGES_RESTORE	(1u << 1)
#define LIBMODEPAGES_DRY_RUN	(1u << 2)

/* The highest page code; 3Fh asks for all pages and is none itself. */
#define LIBMODEPAGES_PAGE_MAX	0x3e

/* Room for the value of any field as text, with a NUL behind it. */
#define LIBMODEPAGES_FIELD_TEXT_SIZE	64

/*
 * Finding drives
 */

int libmodepages_drives_new(struct libmodepages_drives **drives);
void libmodepages_drives_free(struct libmodepages_drives *drives);
size_t libmodepages_drives_get_count(const struct libmodepages_drives *drives);
const struct libmodepages_info *
libmodepages_drives_get_info(const struct libmodepages_drives *drives,
			     size_t index);
int libmodepages_info_new(const char *name, struct libmodepages_info **info);
void libmodepages_info_free(struct libmodepages_info *info);
const char *libmodepages_info_get_address(const struct libmodepages_info *info);
const char *libmodepages_info_get_node(const struct libmodepages_info *info);
const char *libmodepages_info_get_block(const struct libmodepages_info *info);
const char *libmodepages_info_get_vendor(const struct libmodepages_info *info);
const char *libmodepages_info_get_model(const struct libmodepages_info *info);
const char *libmodepages_info_get_revision(const struct libmodepages_info *info);
enum libmodepages_backend
libmodepages_info_get_backend(const struct libmodepages_info *info);
const char *libmodepages_backend_name(enum libmodepages_backend backend);

/*
 * Opening a drive
 */

int libmodepages_drive_open(const char *name, unsigned int flags,
			    struct libmodepages_drive **drive);
void libmodepages_drive_close(struct libmodepages_drive *drive);
const struct libmodepages_info *
libmodepages_drive_get_info(const struct libmodepages_drive *drive);
int libmodepages_drive_get_fd(const struct libmodepages_drive *drive);

/*
 * Pages
 */

int libmodepages_drive_get_page(struct libmodepages_drive *drive, uint8_t code,
				uint8_t subpage,
				enum libmodepages_control control,
				unsigned int flags,
				struct libmodepages_page **page,
				struct libmodepages_status *status);
int libmodepages_page_new(const uint8_t *data, size_t size,
			  struct libmodepages_page **page);
void libmodepages_page_free(struct libmodepages_page *page);
const uint8_t *libmodepages_page_get_data(const struct libmodepages_page *page,
					  size_t *size);
uint8_t libmodepages_page_get_code(const struct libmodepages_page *page);
uint8_t libmodepages_page_get_subpage(const struct libmodepages_page *page);
bool libmodepages_page_is_saveable(const struct libmodepages_page *page);
bool libmodepages_page_is_truncated(const struct libmodepages_page *page);
bool libmodepages_page_is_cached(const struct libmodepages_page *page);

/*
 * All pages at once
 */

int libmodepages_drive_get_pages(struct libmodepages_drive *drive,
				 enum libmodepages_control control,
				 unsigned int flags,
				 struct libmodepages_pages **pages,
				 struct libmodepages_status *status);
void libmodepages_pages_free(struct libmodepages_pages *pages);
size_t libmodepages_pages_get_count(const struct libmodepages_pages *pages);
const struct libmodepages_page *
libmodepages_pages_get_page(const struct libmodepages_pages *pages,
			    size_t index);
const struct libmodepages_page *
libmodepages_pages_find(const struct libmodepages_pages *pages, uint8_t code);
bool libmodepages_pages_is_unsound(const struct libmodepages_pages *pages,
				   uint8_t code);

/*
 * Changing pages
 */

int libmodepages_update_new(uint8_t code, uint8_t subpage,
			    struct libmodepages_update **update);
void libmodepages_update_free(struct libmodepages_update *update);
int libmodepages_update_set(struct libmodepages_update *update, size_t byte,
			    unsigned int bit, unsigned int width,
			    uint64_t value);
int libmodepages_update_expect(struct libmodepages_update *update, size_t byte,
			       unsigned int bit, unsigned int width,
			       uint64_t value);
int libmodepages_update_set_field(struct libmodepages_update *update,
				  const struct libmodepages_field *field,
				  uint64_t value);
int libmodepages_update_expect_field(struct libmodepages_update *update,
				     const struct libmodepages_field *field,
				     uint64_t value);
int libmodepages_update_set_text(struct libmodepages_update *update,
				 const struct libmodepages_field *field,
				 const char *word);
int libmodepages_update_expect_text(struct libmodepages_update *update,
				    const struct libmodepages_field *field,
				    const char *word);
int libmodepages_drive_update(struct libmodepages_drive *drive,
			      const struct libmodepages_update *update,
			      unsigned int flags,
			      struct libmodepages_change **change,
			      struct libmodepages_status *status);
int libmodepages_drive_set_page(struct libmodepages_drive *drive,
				const uint8_t *data, size_t size,
				unsigned int flags,
				struct libmodepages_change **change,
				struct libmodepages_status *status);
int libmodepages_drive_keep(struct libmodepages_drive *drive,
			    struct libmodepages_status *status);
void libmodepages_change_free(struct libmodepages_change *change);
const struct libmodepages_page *
libmodepages_change_get_before(const struct libmodepages_change *change);
const struct libmodepages_page *
libmodepages_change_get_after(const struct libmodepages_change *change);
bool libmodepages_change_is_sent(const struct libmodepages_change *change);
bool libmodepages_change_is_rounded(const struct libmodepages_change *change);
bool libmodepages_change_differs(const struct libmodepages_change *change);

/*
 * The list of pages
 */

int libmodepages_drive_get_list(struct libmodepages_drive *drive,
				unsigned int flags,
				struct libmodepages_list **list,
				struct libmodepages_status *status);
void libmodepages_list_free(struct libmodepages_list *list);
size_t libmodepages_list_get_count(const struct libmodepages_list *list);
uint8_t libmodepages_list_get_code(const struct libmodepages_list *list,
				   size_t index);
uint8_t libmodepages_list_get_subpage(const struct libmodepages_list *list,
				      size_t index);
size_t libmodepages_list_get_length(const struct libmodepages_list *list,
				    size_t index);
bool libmodepages_list_has_control(const struct libmodepages_list *list,
				   size_t index,
				   enum libmodepages_control control);
bool libmodepages_list_is_saveable(const struct libmodepages_list *list,
				   size_t index);

/*
 * Fields of pages: which there are
 */

int libmodepages_field_new(const char *word, struct libmodepages_field **field);
void libmodepages_field_free(struct libmodepages_field *field);
int libmodepages_fields_new(const uint8_t *data, size_t size,
			    const struct libmodepages_info *info,
			    struct libmodepages_fields **fields);
void libmodepages_fields_free(struct libmodepages_fields *fields);
size_t libmodepages_fields_get_count(const struct libmodepages_fields *fields);
const struct libmodepages_field *
libmodepages_fields_get_field(const struct libmodepages_fields *fields,
			      size_t index);
const char *
libmodepages_field_get_acronym(const struct libmodepages_field *field);
const char *libmodepages_field_get_name(const struct libmodepages_field *field);
const char *
libmodepages_field_get_clause(const struct libmodepages_field *field);
const char *libmodepages_field_get_unit(const struct libmodepages_field *field);
uint8_t libmodepages_field_get_page(const struct libmodepages_field *field);
size_t libmodepages_field_get_byte(const struct libmodepages_field *field);
unsigned int
libmodepages_field_get_bit(const struct libmodepages_field *field);
unsigned int
libmodepages_field_get_width(const struct libmodepages_field *field);
bool libmodepages_field_is_text(const struct libmodepages_field *field);
bool libmodepages_field_is_for(const struct libmodepages_field *field,
			       const struct libmodepages_info *info);

/*
 * Fields of pages: their values
 */

bool libmodepages_field_is_present(const struct libmodepages_field *field,
				   const uint8_t *data, size_t size);
int libmodepages_field_get_value(const struct libmodepages_field *field,
				 const uint8_t *data, size_t size,
				 uint64_t *value);
int libmodepages_field_set_value(const struct libmodepages_field *field,
				 uint8_t *data, size_t size, uint64_t value);
int libmodepages_field_get_text(const struct libmodepages_field *field,
				const uint8_t *data, size_t size,
				char text[LIBMODEPAGES_FIELD_TEXT_SIZE]);
int libmodepages_field_set_text(const struct libmodepages_field *field,
				uint8_t *data, size_t size, const char *word);
int libmodepages_field_get_mask(const struct libmodepages_field *field,
				const uint8_t *data, size_t size,
				uint8_t *mask);
uint64_t libmodepages_field_get_max(const struct libmodepages_field *field);
const char *
libmodepages_field_get_choice(const struct libmodepages_field *field,
			      size_t index, uint64_t *value);
const char *
libmodepages_field_value_name(const struct libmodepages_field *field,
			      uint64_t value);
int libmodepages_field_parse_value(const struct libmodepages_field *field,
				   const char *word, uint64_t *value);

/*
 * Watching drives
 */

int libmodepages_monitor_new(struct libmodepages_monitor **monitor);
void libmodepages_monitor_free(struct libmodepages_monitor *monitor);
int libmodepages_monitor_get_fd(const struct libmodepages_monitor *monitor);
int libmodepages_monitor_receive(struct libmodepages_monitor *monitor,
				 struct libmodepages_event **event);
void libmodepages_event_free(struct libmodepages_event *event);
enum libmodepages_action
libmodepages_event_get_action(const struct libmodepages_event *event);
enum libmodepages_cause
libmodepages_event_get_cause(const struct libmodepages_event *event);
const struct libmodepages_info *
libmodepages_event_get_info(const struct libmodepages_event *event);
uint64_t
libmodepages_event_get_generation(const struct libmodepages_event *event);
size_t libmodepages_event_get_count(const struct libmodepages_event *event);
uint8_t libmodepages_event_get_code(const struct libmodepages_event *event,
				    size_t index);
const struct libmodepages_page *
libmodepages_event_get_before(const struct libmodepages_event *event,
			      size_t index);
const struct libmodepages_page *
libmodepages_event_get_after(const struct libmodepages_event *event,
			     size_t index);
int libmodepages_event_get_error(const struct libmodepages_event *event,
				 size_t index);

/*
 * Names
 */

const char *libmodepages_page_code_name(uint8_t code);
const char *libmodepages_page_code_acronym(uint8_t code);
int libmodepages_page_code_parse(const char *word, uint8_t *code);
const char *libmodepages_control_name(enum libmodepages_control control);
int libmodepages_control_parse(const char *word,
			       enum libmodepages_control *control);
const char *libmodepages_action_name(enum libmodepages_action action);
const char *libmodepages_cause_name(enum libmodepages_cause cause);

/*
 * Status
 */

struct libmodepages_status *libmodepages_status_new(void);
void libmodepages_status_free(struct libmodepages_status *status);
enum libmodepages_status_code
libmodepages_status_get_code(const struct libmodepages_status *status);
enum libmodepages_stage
libmodepages_status_get_stage(const struct libmodepages_status *status);

uint8_t
libmodepages_status_get_scsi_status(const struct libmodepages_status *status);

uint8_t
libmodepages_status_get_host_byte(const struct libmodepages_status *status);
uint32_t
libmodepages_status_get_residue(const struct libmodepages_status *status);
bool libmodepages_status_get_sense(const struct libmodepages_status *status,
				   uint8_t *key, uint8_t *asc, uint8_t *ascq);
const uint8_t *
libmodepages_status_get_sense_data(const struct libmodepages_status *status,
				   size_t *size);
bool libmodepages_status_get_field(const struct libmodepages_status *status,
				   enum libmodepages_where *where,
				   unsigned int *byte, int *bit);
const char *libmodepages_status_name(const struct libmodepages_status *status);
const char *libmodepages_status_text(const struct libmodepages_status *status);
const char *libmodepages_status_code_name(enum libmodepages_status_code code);
const char *libmodepages_status_code_text(enum libmodepages_status_code code);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif /* LIBMODEPAGES_H */
