/* SPDX-License-Identifier: MIT */
/*
 * What the files of the library share, grouped by the file that owns it.
 */
#ifndef LIBMODEPAGES_INTERNAL_H
#define LIBMODEPAGES_INTERNAL_H

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

/* One way to reach a drive. All return 0 or a negative errno. */
struct backend {
	int (*get_page)(struct libmodepages_drive *drive,
			const struct page_request *request,
			struct libmodepages_page **page,
			struct modepages_status *status);
	int (*get_list)(struct libmodepages_drive *drive, unsigned int flags,
			struct libmodepages_list *list,
			struct modepages_status *status);
};

struct libmodepages_drive {
	const struct backend *backend;
	struct libmodepages_info *info;
	int fd;
	struct mode_dialect dialect;	/* backend-sgio.c */
};

/* backend-module.c */

extern const struct backend module_backend;

/* backend-sgio.c */

extern const struct backend sgio_backend;

int sgio_mode_sense(struct libmodepages_drive *drive,
		    const struct mode_request *question,
		    struct mode_answer *answer, struct mode_data *data,
		    struct modepages_status *status);
int sgio_sense_page(struct libmodepages_drive *drive,
		    const struct mode_request *question,
		    struct mode_answer *answer, struct mode_page *span,
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
	u8 data[];
};

struct libmodepages_page *page_new(const struct mode_page *span);
int page_from_bytes(const u8 *bytes, size_t length,
		    struct libmodepages_page **page);

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

#endif /* LIBMODEPAGES_INTERNAL_H */
