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
};

/* All options of all verbs, so that each means the same wherever it is. */
enum option_flag {
	OPTION_CONTROL = 1 << 0,
	OPTION_FRESH = 1 << 1,
	OPTION_HEX = 1 << 2,
	OPTION_JSON = 1 << 3,
	OPTION_RAW = 1 << 4,
	OPTION_BITS = 1 << 5,
};

/* Options that say how pages are printed: at most one of them. */
#define OPTION_FORMS	(OPTION_BITS | OPTION_HEX | OPTION_JSON | OPTION_RAW)

/* More words than anybody gives, for a verb that takes any number. */
#define MANY_WORDS	10000

/* Bytes of the longest page that is not of the subpage format. */
#define PAGE_ROOM	257

/* In byte 0 of a page: it is of the subpage format, which has a longer header. */
#define SUBPAGE_FORMAT	0x40

struct verb;

struct arguments {
	const struct verb *verb;
	unsigned int given;	/* of enum option_flag */
	enum libmodepages_control control;
	char **words;
	int count;
};

/* Pages to print, and what is known of them. */
struct pages {
	const struct libmodepages_drive *drive;	/* NULL: they are from a file */
	enum libmodepages_control control;
	unsigned int given;			/* of enum option_flag */
	struct libmodepages_page **pages;
	struct libmodepages_page **changeable;	/* of each; NULL: not known */
	size_t count;
};

struct verb {
	const char *name;
	const char *synopsis;
	const char *summary;
	const char *help;
	unsigned int options;	/* of enum option_flag */
	int most_words;
	int (*run)(const struct arguments *arguments);
};

/* cli.c */

int fail(int code, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
int parse_arguments(struct arguments *arguments, const struct verb *verb,
		    int argc, char **argv, bool *done);
int open_drive(const char *name, struct libmodepages_drive **drive);
int check_forms(const struct arguments *arguments);
int find_drive(const char *name, struct libmodepages_info **info);
int fail_status(const struct libmodepages_drive *drive, const char *what,
		int error, const struct libmodepages_status *status);

/* words.c */

bool is_drive_word(const char *word);
int fail_page_word(const char *word);
int fail_page(const struct libmodepages_drive *drive, uint8_t code,
	      enum libmodepages_control control, int error,
	      const struct libmodepages_status *status);
int parse_field(const char *word, struct libmodepages_field **field);

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

/* cmd_decode.c, cmd_get.c, cmd_list.c, cmd_show.c, cmd_watch.c */

extern const struct verb verb_decode;
extern const struct verb verb_get;
extern const struct verb verb_list;
extern const struct verb verb_show;
extern const struct verb verb_watch;

#endif /* MODEPAGES_CLI_H */
