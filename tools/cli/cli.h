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
};

struct verb;

struct arguments {
	const struct verb *verb;
	unsigned int given;	/* of enum option_flag */
	enum libmodepages_control control;
	char **words;
	int count;
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
int find_drive(const char *name, struct libmodepages_info **info);
int fail_status(const struct libmodepages_drive *drive, const char *what,
		int error, const struct libmodepages_status *status);

/* print.c */

struct json_object *json_text(const char *text);
struct json_object *json_bytes(const struct libmodepages_page *page);
void json_add_title(struct json_object *object, uint8_t code, uint8_t subpage);
void json_add_drive(struct json_object *object,
		    const struct libmodepages_info *info);
void print_json(struct json_object *object);
void print_json_line(struct json_object *object);
void print_title(uint8_t code, uint8_t subpage);
void print_pages(const struct libmodepages_drive *drive,
		 enum libmodepages_control control, unsigned int given,
		 struct libmodepages_page * const *pages, size_t count);

/* cmd_list.c, cmd_show.c, cmd_watch.c */

extern const struct verb verb_list;
extern const struct verb verb_show;
extern const struct verb verb_watch;

#endif /* MODEPAGES_CLI_H */
