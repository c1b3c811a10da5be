/* SPDX-License-Identifier: MIT */
/*
 * What the files of the library share, grouped by the file that owns it.
 */
#ifndef LIBMODEPAGES_INTERNAL_H
#define LIBMODEPAGES_INTERNAL_H

#include "change.h"
#include "deny.h"
#include "exchange.h"
#include "libmodepages.h"
#include "mode.h"
#include "sense.h"

struct page_request {
	u8 code;
	u8 subpage;
	u8 control;
	unsigned int flags;
};

/* A change of a page: of the bits in @mask, or without one of all of it. */
struct change_request {
	u8 code;
	u8 subpage;
	unsigned int flags;
	size_t length;
	const u8 *mask;
	const u8 *value;
	const u8 *expected_mask;
	const u8 *expected;
};

/* What has come in answer to a request. */
struct answer {
	void *buffer;		/* whoever has asked frees it */
	struct mode_data data;	/* in @buffer */
	bool truncated;
	bool cached;
};

/* One way to reach a drive. All return 0 or a negative errno. */
struct backend {
	/* A list of pages costs no command. */
	bool knows_list;
	int (*get_page)(struct libmodepages_drive *drive,
			const struct page_request *request,
			struct libmodepages_page **page,
			struct modepages_status *status);
	/*
	 * All pages in one answer, which may make no sense. -ENOENT: they can not
	 * be had like that.
	 */
	int (*get_all)(struct libmodepages_drive *drive,
		       const struct page_request *request,
		       struct answer *answer, struct modepages_status *status);
	int (*get_list)(struct libmodepages_drive *drive, unsigned int flags,
			struct libmodepages_list *list,
			struct modepages_status *status);
	int (*change)(struct libmodepages_drive *drive,
		      const struct change_request *request,
		      struct libmodepages_change *change,
		      struct modepages_status *status);
	int (*keep)(struct libmodepages_drive *drive,
		    struct modepages_status *status);
};

struct libmodepages_drive {
	const struct backend *backend;
	struct libmodepages_info *info;
	int fd;
	bool writable;
	struct mode_dialect dialect;	/* backend-sgio.c */
	bool introduced;		/* backend-module.c: these are known */
	u64 features;
	u64 quirks;
};

/* backend-module.c */

extern const struct backend module_backend;

int module_ioctl(struct libmodepages_drive *drive, unsigned long number,
		 void *argument, const struct modepages_status *result,
		 struct modepages_status *status);

/* backend-module-change.c */

int module_change(struct libmodepages_drive *drive,
		  const struct change_request *request,
		  struct libmodepages_change *change,
		  struct modepages_status *status);
int module_keep(struct libmodepages_drive *drive,
		struct modepages_status *status);

/* backend-sgio.c */

extern const struct backend sgio_backend;

/* Unit attentions and deferred errors are about something else: send again. */
#define SGIO_TRIES	5

struct sg_io_hdr;

int sgio_execute(struct libmodepages_drive *drive, struct sg_io_hdr *io,
		 struct modepages_status *status);
bool sgio_about_something_else(const struct modepages_status *status);

int sgio_mode_sense(struct libmodepages_drive *drive,
		    const struct mode_request *question,
		    struct mode_answer *answer, struct mode_data *data,
		    struct modepages_status *status);
int sgio_sense_page(struct libmodepages_drive *drive,
		    const struct mode_request *question,
		    struct mode_answer *answer, struct mode_page *span,
		    struct modepages_status *status);

int sgio_sense_all(struct libmodepages_drive *drive, u8 control,
		   struct mode_answer *answer, struct mode_data *data,
		   struct modepages_status *status);

/* backend-sgio-change.c */

int sgio_change(struct libmodepages_drive *drive,
		const struct change_request *request,
		struct libmodepages_change *change,
		struct modepages_status *status);
int sgio_keep(struct libmodepages_drive *drive,
	      struct modepages_status *status);

/* backend-sgio-list.c */

int sgio_get_list(struct libmodepages_drive *drive, unsigned int flags,
		  struct libmodepages_list *list,
		  struct modepages_status *status);

/* info.c */

struct libmodepages_info {
	char *address;
	char *node;
	char *block;
	char *vendor;
	char *model;
	char *revision;
	enum libmodepages_backend backend;
};

struct libmodepages_drives {
	struct libmodepages_info **infos;
	size_t count;
};

struct libmodepages_info *info_copy(const struct libmodepages_info *info);

/* update.c */

/* Any page without subpages fits, and the beginning of others. */
#define UPDATE_LENGTH	MODE_PAGE_MAX_LENGTH

/* Values for some of the bits of a page. */
struct update_bits {
	u8 mask[UPDATE_LENGTH];
	u8 value[UPDATE_LENGTH];
};

struct libmodepages_update {
	u8 code;
	u8 subpage;
	bool expects;
	struct update_bits set;
	struct update_bits expect;
};

struct libmodepages_change {
	struct libmodepages_page *before;
	struct libmodepages_page *after;
	u32 result;		/* MODEPAGES_RESULT_* */
};

int update_add_bits(struct update_bits *bits, size_t byte, unsigned int bit,
		    unsigned int width, u64 value);

/* fields.c */

/* How a value is written. */
enum field_kind {
	FIELD_NUMBER,
	FIELD_HEX,	/* bytes that are no number */
	FIELD_TEXT,	/* whole bytes of ASCII; may be wider than a number */
};

/* A value that has a name; the last one of a table has none. */
struct field_choice {
	const char *name;
	u32 value;
};

/* A descriptor that a page has several times, as many as a field of it tells. */
struct field_group {
	u16 count_byte;	/* of a field of two bytes */
	u8 stride;	/* bytes from one descriptor to the next */
	u8 most;
};

/*
 * One field of a page. In a page in which it is not to be found it is absent,
 * not 0. In the names of one in a group, # stands for the number, from 0 on.
 */
struct field_entry {
	u8 page;
	u16 byte;	/* of the highest bit; the page code byte is byte 0 */
	u8 bit;		/* the highest bit in that byte */
	u16 width;	/* in bits, on into lower bits and the next bytes */
	const char *acronym;
	const char *name;
	const char *clause;
	const char *unit;
	const char *alias;	/* another acronym in use */
	const struct field_choice *choices;
	const struct field_group *group;
	const char *drives;	/* only these, by how vendor and model begin */
	enum field_kind kind;
	u8 least;	/* page lengths, as in byte 1, that have it: from this */
	u8 most;	/* to this; 0: no limit */
};

extern const struct field_entry field_table[];
extern const size_t field_table_size;

/* field.c */

#define FIELD_ACRONYM_SIZE	16
#define FIELD_NAME_SIZE		64

struct libmodepages_field {
	const struct field_entry *entry;	/* NULL: named by its place */
	unsigned int index;			/* in its group */
	u8 page;
	u16 byte;
	u8 bit;
	u16 width;
	char acronym[FIELD_ACRONYM_SIZE];
	char name[FIELD_NAME_SIZE];
};

unsigned int field_entry_count(const struct field_entry *entry);
void field_from_entry(struct libmodepages_field *field,
		      const struct field_entry *entry, unsigned int index);

/* field-list.c */

struct libmodepages_fields {
	size_t count;
	struct libmodepages_field fields[];
};

/* value.c */

int parse_number(const char *word, const char *end, u64 *value);
int parse_text(const char *word, size_t room, u8 *bytes);

/* decode.c */

int field_check(const struct libmodepages_field *field, const u8 *data,
		size_t size);
int field_check_write(const struct libmodepages_field *field, const u8 *data,
		      size_t size);

/* event.c */

/* One bit for each page code; 3Fh is none. */
typedef u64 page_set;

struct event_page {
	u8 code;
	int error;
	struct libmodepages_page *before;
	struct libmodepages_page *after;
	struct libmodepages_page *kept;	/* of the monitor; not for users */
};

struct libmodepages_event {
	struct libmodepages_event *next;
	enum libmodepages_action action;
	enum libmodepages_cause cause;
	u64 generation;
	struct libmodepages_info *info;
	struct event_page pages[LIBMODEPAGES_PAGE_MAX + 1];
	size_t count;
};

struct libmodepages_event *event_new(const struct libmodepages_info *info,
				     enum libmodepages_action action);
enum libmodepages_cause cause_parse(const char *word);

/* known.c */

/* A drive as it was told of last. */
struct known {
	struct known *next;
	struct libmodepages_info *info;
	page_set supported;
	/* Messages up to this one are about what was read all the same. */
	u64 generation;
	struct libmodepages_page *pages[LIBMODEPAGES_PAGE_MAX + 1];
};

/* What there is to look for on a drive. */
struct news {
	enum libmodepages_action action;
	enum libmodepages_cause cause;
	u64 generation;
	page_set supported;
	page_set suspect;	/* told if their bytes differ */
	page_set told;		/* whatever their bytes */
	bool always;		/* an event also without a page */
};

void known_free(struct known *known);
int known_look(struct known *known, const struct news *news,
	       struct libmodepages_event **event);

/* lookup.c */

/* A drive that was looked up, and the file it was named by, if it was one. */
struct lookup {
	struct libmodepages_info *info;
	const char *node;
	const char *block;
};

bool address_valid(const char *word);
int lookup_name(const char *name, struct lookup *lookup);
int lookup_all(struct libmodepages_drives *drives);

/* page.c */

struct libmodepages_page {
	u8 code;
	u8 subpage;
	bool saveable;
	bool truncated;
	bool cached;
	size_t size;
	u8 *data;
};

void page_init(struct libmodepages_page *page, const struct mode_page *span);
struct libmodepages_page *page_new(const struct mode_page *span);
int page_from_bytes(const u8 *bytes, size_t length,
		    struct libmodepages_page **page);
struct libmodepages_page *page_copy(const struct libmodepages_page *page);
bool page_same(const struct libmodepages_page *a,
	       const struct libmodepages_page *b);
int hex_digit(char c);

/* pages.c */

struct page_entry {
	u8 code;
	const char *acronym;
	const char *name;
};

extern const struct page_entry page_table[];
extern const size_t page_table_size;

/* list.c */

struct list_entry {
	u8 code;
	u8 subpage;
	u8 controls;
	bool saveable;
	size_t length;
};

struct libmodepages_list {
	struct list_entry *entries;
	size_t count;
};

int list_add(struct libmodepages_list *list, const struct list_entry *entry);
struct list_entry *list_find(struct libmodepages_list *list, u8 code,
			     u8 subpage);

/* status.c */

struct libmodepages_status {
	struct modepages_status block;
};

int status_fail(struct modepages_status *status, u32 code, u32 stage);
int status_from_errno(struct modepages_status *status, int error);

/* sysfs.c */

int sysfs_page(const char *address, enum libmodepages_control control, u8 code,
	       struct libmodepages_page **page);
int sysfs_supported(const char *address, page_set *pages);
int sysfs_generation(const char *address, u64 *generation);

/* uevent.c */

enum uevent_kind {
	UEVENT_ADD,
	UEVENT_REMOVE,
	UEVENT_CHANGE,
	UEVENT_OTHER,	/* for somebody else */
};

/* A message about a drive, taken apart. */
struct uevent {
	enum uevent_kind kind;
	char address[64];
	bool is_news;		/* from the module itself: it has a cause */
	enum libmodepages_cause cause;
	page_set supported;
	page_set changed;
	u64 generation;
};

struct uevent_socket {
	struct libudev *libudev;
	struct udev *udev;
	struct udev_monitor *monitor;
};

page_set page_set_parse(const char *words);
int uevent_open(struct uevent_socket *socket);
void uevent_close(struct uevent_socket *socket);
int uevent_fd(const struct uevent_socket *socket);
int uevent_receive(struct uevent_socket *socket, struct uevent *uevent);

#endif /* LIBMODEPAGES_INTERNAL_H */
