/* SPDX-License-Identifier: MIT */
/*
 * What the verbs of the command share.
 */
#ifndef MODEPAGES_CLI_H
#define MODEPAGES_CLI_H

#include <getopt.h>
#include <json-c/json.h>

#include "libmodepages.h"

/* Exit codes, the same for every verb. */
enum {
	EXIT_OK = 0,
	EXIT_REFUSED = 1,	/* the drive, the system or the user's rights */
	EXIT_WORDS = 2,		/* words that no drive could take */
	EXIT_NOT_RUN = 127,	/* "run": the command can not be started */
	EXIT_SIGNAL = 128,	/* "run": and the number of what has ended it */
};

/*
 * All options of all verbs, so that each means the same wherever it is. Above all
 * letters, which getopt() returns, too.
 */
enum option_flag {
	OPTION_CONTROL = 1 << 8,
	OPTION_FRESH = 1 << 9,
	OPTION_HEX = 1 << 10,
	OPTION_JSON = 1 << 11,
	OPTION_RAW = 1 << 12,
	OPTION_BITS = 1 << 13,
	OPTION_SAVE = 1 << 14,
	OPTION_EXPECT = 1 << 15,
	OPTION_DRY_RUN = 1 << 16,
	OPTION_EXCLUSIVE = 1 << 17,
};

/* Options that say how pages are printed: at most one of them. */
#define OPTION_FORMS	(OPTION_BITS | OPTION_HEX | OPTION_JSON | OPTION_RAW)

/* More words than anybody gives, for a verb that takes any number. */
#define MANY_WORDS	10000

/* Bytes of the longest page that is not of the subpage format. */
#define PAGE_ROOM	257

/* Code and length of a page. */
#define HEADER_LENGTH	2

/* In byte 0 of a page: it is of the subpage format, which has a longer header. */
#define SUBPAGE_FORMAT	0x40

struct verb;

struct arguments {
	const struct verb *verb;
	unsigned int given;	/* of enum option_flag */
	enum libmodepages_control control;
	char **words;
	int count;
	char **expected;	/* FIELD=VALUE of each --expect */
	int expected_count;
	char **command;		/* what follows "--"; NULL: there is none */
};

/* Pages to print, and what is known of them. */
struct pages {
	const struct libmodepages_drive *drive;	/* NULL: they are from a file */
	enum libmodepages_control control;
	unsigned int given;			/* of enum option_flag */
	const struct libmodepages_page *const *pages;
	/* Of each; NULL: not known. */
	const struct libmodepages_page *const *changeable;
	size_t count;
};

/* FIELD=VALUE */
struct assignment {
	char *name;
	const char *value;
	struct libmodepages_field *field;
	bool expected;		/* not to be set */
};

/* What is to change in a page, and what has come of it. */
struct page_change {
	struct libmodepages_update *update;	/* NULL: nothing */
	struct libmodepages_change *change;
	bool sets;		/* or is it only expected to have certain values? */
	const char *outcome;	/* of the writing; NULL: it was not tried */
};

/* What is to change in a drive. */
struct changes {
	const struct arguments *arguments;
	const char *name;	/* of the drive; NULL: the only one */
	unsigned int flags;	/* LIBMODEPAGES_SAVE or LIBMODEPAGES_RESTORE */
	struct assignment *assignments;
	size_t count;
	struct libmodepages_drive *drive;
	struct libmodepages_status *status;
	struct page_change pages[LIBMODEPAGES_PAGE_MAX + 1];	/* by code */
};

struct verb {
	const char *name;
	const char *synopsis;
	const char *summary;
	const char *help;
	unsigned int options;	/* of enum option_flag */
	int most_words;
	bool takes_command;	/* "-- CMD [ARG]..." */
	int (*run)(const struct arguments *arguments);
};

/* cli.c */

int fail(int code, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
int parse_arguments(struct arguments *arguments, const struct verb *verb,
		    int argc, char **argv, bool *done);
int open_drive(const char *name, unsigned int flags,
	       struct libmodepages_drive **drive);
int check_forms(const struct arguments *arguments);
int find_drive(const char *name, struct libmodepages_info **info);
const char *address_of(const struct libmodepages_drive *drive);
int fail_said(const struct libmodepages_drive *drive, const char *what,
	      const char *why, const struct libmodepages_status *status);
int fail_status(const struct libmodepages_drive *drive, const char *what,
		int error, const struct libmodepages_status *status);

/* json.c */

int load_json(void);

/* words.c */

bool is_drive_word(const char *word);
int fail_page_word(const char *word);
int fail_page(const struct libmodepages_drive *drive, uint8_t code,
	      enum libmodepages_control control, int error,
	      const struct libmodepages_status *status);
int fail_others_field(const struct libmodepages_drive *drive, const char *word,
		      const struct libmodepages_field *field);
int fail_absent(const struct libmodepages_drive *drive, const char *word,
		const struct libmodepages_field *field, size_t size);
int parse_field(const char *word, struct libmodepages_field **field);

/* assign.c */

int parse_changes(struct changes *changes);
void free_changes(struct changes *changes);

/* apply.c */

int open_for_changes(struct changes *changes, unsigned int flags);
int check_changes(struct changes *changes);
int make_changes(struct changes *changes);

/* refuse.c */

int fail_change(const struct changes *changes, uint8_t code, int error);

/* print.c */

struct json_object *json_text(const char *text);
struct json_object *json_bytes(const struct libmodepages_page *page);
void json_add_code(struct json_object *object, uint8_t code);
void json_add_title(struct json_object *object, uint8_t code, uint8_t subpage);
void json_add_drive(struct json_object *object,
		    const struct libmodepages_info *info);
void json_add_source(struct json_object *object,
		     const struct libmodepages_info *info,
		     enum libmodepages_control control);
void print_json(struct json_object *object);
void print_json_line(struct json_object *object);
void print_title(uint8_t code, uint8_t subpage);
void print_pages(const struct pages *pages);

/* print_fields.c */

bool print_fields(const struct libmodepages_page *page,
		  const struct libmodepages_info *info,
		  enum libmodepages_control control);
void json_add_field(struct json_object *object,
		    const struct libmodepages_field *field,
		    const uint8_t *data, size_t size,
		    enum libmodepages_control control);
struct json_object *json_fields(const struct libmodepages_page *page,
				const struct libmodepages_info *info,
				enum libmodepages_control control);

/* print_bits.c */

void print_bits(const struct libmodepages_page *page,
		const struct libmodepages_page *changeable,
		const struct libmodepages_info *info);

/* cmd_decode.c, cmd_get.c, cmd_list.c, cmd_run.c, cmd_set.c, cmd_show.c, cmd_watch.c */

extern const struct verb verb_decode;
extern const struct verb verb_get;
extern const struct verb verb_list;
extern const struct verb verb_run;
extern const struct verb verb_set;
extern const struct verb verb_show;
extern const struct verb verb_watch;

#endif /* MODEPAGES_CLI_H */
