// SPDX-License-Identifier: MIT
/*
 * Options, messages, and opening the drive that is meant.
 */
#include <errno.h>
#include <grp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"

static const struct option options[] = {
	{ "bits", no_argument, NULL, OPTION_BITS },
	{ "control", required_argument, NULL, OPTION_CONTROL },
	{ "dry-run", no_argument, NULL, OPTION_DRY_RUN },
	{ "exclusive", no_argument, NULL, OPTION_EXCLUSIVE },
	{ "expect", required_argument, NULL, OPTION_EXPECT },
	{ "fresh", no_argument, NULL, OPTION_FRESH },
	{ "hex", no_argument, NULL, OPTION_HEX },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ "raw", no_argument, NULL, OPTION_RAW },
	{ "save", no_argument, NULL, OPTION_SAVE },
	{ "help", no_argument, NULL, 'h' },
	{ }
};

/* Say why in one line, and return @code. */
int fail(int code, const char *format, ...)
{
	va_list list;

	fputs("modepages: ", stderr);
	va_start(list, format);
	vfprintf(stderr, format, list);
	va_end(list);
	fputc('\n', stderr);
	return code;
}

static int fail_option(const struct verb *verb, const char *text,
		       const char *word)
{
	return fail(EXIT_WORDS, "%s '%s'; see 'modepages %s --help'", text,
		    word, verb->name);
}

/* Of --expect there may be several; of other options the last one counts. */
static int take_expected(struct arguments *arguments, char *word)
{
	char **words = reallocarray(arguments->expected,
				    arguments->expected_count + 1,
				    sizeof(*words));

	if (!words)
		return fail(EXIT_REFUSED, "not enough memory");
	words[arguments->expected_count++] = word;
	arguments->expected = words;
	return EXIT_OK;
}

static int take_option(struct arguments *arguments, int option,
		       const char *word)
{
	const struct verb *verb = arguments->verb;
	char letter[] = { '-', optopt, '\0' };

	/* In a group of letters, such as -xy, the word may be another one. */
	if (option == '?' && optopt && optopt < OPTION_CONTROL)
		return fail_option(verb, "unknown option", letter);
	if (option == '?')
		return fail_option(verb, "unknown option", word);
	if (option == ':')
		return fail_option(verb, "a value is missing after", word);
	if (!(verb->options & option))
		return fail_option(verb, "this verb has no option", word);
	if (option == OPTION_CONTROL &&
	    libmodepages_control_parse(optarg, &arguments->control))
		return fail(EXIT_WORDS,
			    "'%s' is no page control: take current, changeable, default or saved",
			    optarg);
	arguments->given |= option;
	if (option == OPTION_JSON)
		return load_json();
	return option == OPTION_EXPECT ? take_expected(arguments, optarg) :
					 EXIT_OK;
}

/* Cut off the command, with its options; getopt() would lose where it begins. */
static void take_command(struct arguments *arguments, int *argc, char **argv)
{
	int i;

	for (i = 1; i < *argc && strcmp(argv[i], "--"); i++)
		;
	if (i == *argc)
		return;
	arguments->command = argv + i + 1;
	*argc = i;
}

/*
 * Sort the command line after the verb, which is argv[0], into options and
 * words. *@done is set when there is nothing left to do.
 */
int parse_arguments(struct arguments *arguments, const struct verb *verb,
		    int argc, char **argv, bool *done)
{
	int option, code;

	memset(arguments, 0, sizeof(*arguments));
	arguments->verb = verb;
	*done = false;
	opterr = 0;
	if (verb->takes_command)
		take_command(arguments, &argc, argv);
	while ((option = getopt_long(argc, argv, ":h", options, NULL)) != -1) {
		if (option == 'h') {
			printf("Usage: modepages %s\n%s", verb->synopsis,
			       verb->help);
			*done = true;
			return EXIT_OK;
		}
		code = take_option(arguments, option, argv[optind - 1]);
		if (code != EXIT_OK)
			return code;
	}
	arguments->words = argv + optind;
	arguments->count = argc - optind;
	if (arguments->count > verb->most_words)
		return fail_option(verb, "too many words, from",
				   arguments->words[verb->most_words]);
	return EXIT_OK;
}

/* Of the ways to print pages, one at most can be meant. */
int check_forms(const struct arguments *arguments)
{
	unsigned int forms = arguments->given & OPTION_FORMS;

	if (forms & (forms - 1))
		return fail(EXIT_WORDS,
			    "--bits, --hex, --json and --raw exclude each other; take one of them");
	return EXIT_OK;
}

/* Whom to ask for permission depends on whom the file belongs to. */
static int fail_permission(const char *path)
{
	const struct group *group = NULL;
	struct stat file;

	if (!stat(path, &file) && file.st_gid && file.st_mode & 0040)
		group = getgrgid(file.st_gid);
	if (group)
		return fail(EXIT_REFUSED,
			    "%s: no permission; join the group %s and log in again",
			    path, group->gr_name);
	return fail(EXIT_REFUSED,
		    "%s: no permission; be root, or install the udev rule and join the group cdrom",
		    path);
}

static const char keeps_away[] =
	"nothing is sent to this device: it would take harm, or the module has passive=1";

static int fail_open(const char *name, int error)
{
	struct libmodepages_info *info;
	const char *path = NULL;
	int code;

	switch (error) {
	case -EINVAL:
		return fail(EXIT_WORDS,
			    "'%s' is no drive: take /dev/modepages/H:C:T:L, /dev/srN, a path in /sys, or H:C:T:L",
			    name);
	case -ENOENT:
	case -ENOTDIR:
		return fail(EXIT_REFUSED,
			    "%s: no such device; 'modepages list' shows the drives",
			    name);
	case -ENODEV:
		return fail(EXIT_REFUSED,
			    "%s: no such drive; 'modepages list' shows the drives",
			    name);
	case -ENOTTY:
		return fail(EXIT_REFUSED,
			    "%s: not an optical drive; 'modepages list' shows the drives",
			    name);
	case -ENXIO:
		return fail(EXIT_REFUSED,
			    "%s: no driver for the drive; load the module modepages or sr_mod",
			    name);
	case -EOPNOTSUPP:
		return fail(EXIT_REFUSED, "%s: %s", name, keeps_away);
	case -EBUSY:
		return fail(EXIT_REFUSED,
			    "%s: another program has the drive for itself, or has something to put back; wait until it lets go",
			    name);
	case -EACCES:
	case -EPERM:
		/* The drive may have been named by something else. */
		if (libmodepages_info_new(name, &info))
			return fail_permission(name);
		path = libmodepages_info_get_node(info);
		if (!path)
			path = libmodepages_info_get_block(info);
		code = fail_permission(path ? path : name);
		libmodepages_info_free(info);
		return code;
	default:
		return fail(EXIT_REFUSED, "%s: can not be opened: %s", name,
			    strerror(-error));
	}
}

/* Several drives, and the user has not said which. */
static int fail_ambiguous(const struct libmodepages_drives *drives)
{
	char names[256] = "";
	size_t i;

	for (i = 0; i < libmodepages_drives_get_count(drives); i++) {
		const struct libmodepages_info *info =
			libmodepages_drives_get_info(drives, i);
		size_t used = strlen(names);

		snprintf(names + used, sizeof(names) - used, " %s",
			 libmodepages_info_get_address(info));
	}
	return fail(EXIT_WORDS, "several drives: name one of%s", names);
}

static int open_only_drive(unsigned int flags,
			   struct libmodepages_drive **drive)
{
	const struct libmodepages_info *info;
	struct libmodepages_drives *drives;
	int err, code;

	err = libmodepages_drives_new(&drives);
	if (err)
		return fail(EXIT_REFUSED, "can not look for drives: %s",
			    strerror(-err));
	switch (libmodepages_drives_get_count(drives)) {
	case 0:
		code = fail(EXIT_REFUSED,
			    "there is no optical drive; plug one in");
		break;
	case 1:
		info = libmodepages_drives_get_info(drives, 0);
		code = open_drive(libmodepages_info_get_address(info), flags,
				  drive);
		break;
	default:
		code = fail_ambiguous(drives);
		break;
	}
	libmodepages_drives_free(drives);
	return code;
}

/* @name: what the user said, NULL for the only drive there is. */
int open_drive(const char *name, unsigned int flags,
	       struct libmodepages_drive **drive)
{
	int err;

	if (!name)
		return open_only_drive(flags, drive);
	err = libmodepages_drive_open(name, flags, drive);
	if (err == -EOPNOTSUPP && flags & LIBMODEPAGES_EXCLUSIVE)
		return fail(EXIT_REFUSED,
			    "%s: nobody can be kept away from it; load the module modepages",
			    name);
	return err ? fail_open(name, err) : EXIT_OK;
}

/* The same without opening it; @name is not NULL. */
int find_drive(const char *name, struct libmodepages_info **info)
{
	int err = libmodepages_info_new(name, info);

	return err ? fail_open(name, err) : EXIT_OK;
}

/* What messages call the drive. */
const char *address_of(const struct libmodepages_drive *drive)
{
	return libmodepages_info_get_address(libmodepages_drive_get_info(drive));
}

/* Something about @what was refused: @why, and what the drive said. */
int fail_said(const struct libmodepages_drive *drive, const char *what,
	      const char *why, const struct libmodepages_status *status)
{
	const char *address = address_of(drive);
	uint8_t key, asc, ascq;

	if (libmodepages_status_get_sense(status, &key, &asc, &ascq))
		return fail(EXIT_REFUSED, "%s: %s: %s (%s, sense %x/%02x/%02x)",
			    address, what, why,
			    libmodepages_status_name(status), key, asc, ascq);
	return fail(EXIT_REFUSED, "%s: %s: %s (%s)", address, what, why,
		    libmodepages_status_name(status));
}

/* An operation on @what failed: say what the drive said, in one line. */
int fail_status(const struct libmodepages_drive *drive, const char *what,
		int error, const struct libmodepages_status *status)
{
	if (status && libmodepages_status_get_code(status) !=
		      LIBMODEPAGES_STATUS_OK)
		return fail_said(drive, what, libmodepages_status_text(status),
				 status);
	return fail(EXIT_REFUSED, "%s: %s: %s", address_of(drive), what,
		    error == -EOPNOTSUPP ? keeps_away : strerror(-error));
}
