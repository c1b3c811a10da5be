// SPDX-License-Identifier: MIT
/*
 * modepages show: one page or all pages of a drive.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

#define PAGE_CAPABILITIES	0x2a

/* What was asked for, and the pages that came. */
struct show {
	const struct arguments *arguments;
	const char *name;	/* of the drive; NULL: the only one */
	bool one;		/* page @code alone */
	uint8_t code;
	struct libmodepages_drive *drive;
	struct libmodepages_status *status;
	struct libmodepages_page **pages;
	size_t count;
};

/* A word that can only be a drive. */
static bool is_drive_word(const char *word)
{
	return strchr(word, '/') || strchr(word, ':');
}

static int fail_page_word(const char *word)
{
	return fail(EXIT_WORDS,
		    "'%s' is no page: take two hex digits from 00 to 3e, or an acronym such as cms",
		    word);
}

/* [DEV] [PAGE]: a single word that is not a PAGE has to look like a DEV. */
static int sort_words(struct show *show)
{
	const struct arguments *arguments = show->arguments;
	const char *last;

	if (!arguments->count)
		return EXIT_OK;
	last = arguments->words[arguments->count - 1];
	show->one = !libmodepages_page_code_parse(last, &show->code);
	if (arguments->count == 2) {
		show->name = arguments->words[0];
		return show->one ? EXIT_OK : fail_page_word(last);
	}
	if (show->one)
		return EXIT_OK;
	if (!is_drive_word(last))
		return fail_page_word(last);
	show->name = last;
	return EXIT_OK;
}

static int fail_page(const struct show *show, uint8_t code, int error)
{
	enum libmodepages_control control = show->arguments->control;
	char what[32];

	snprintf(what, sizeof(what), "page %02x, %s values", code,
		 libmodepages_control_name(control));
	return fail_status(show->drive, what, error, show->status);
}

/* Ask for a page and keep it. */
static int take_page(struct show *show, uint8_t code, uint8_t subpage)
{
	bool fresh = show->arguments->given & OPTION_FRESH;
	int err;

	err = libmodepages_drive_get_page(show->drive, code, subpage,
					  show->arguments->control,
					  fresh ? 0 : LIBMODEPAGES_RECENT,
					  &show->pages[show->count],
					  show->status);
	if (!err)
		show->count++;
	return err;
}

static int alloc_pages(struct show *show, size_t count)
{
	show->pages = calloc(count, sizeof(struct libmodepages_page *));
	if (!show->pages)
		return fail(EXIT_REFUSED, "not enough memory");
	return EXIT_OK;
}

static int take_one(struct show *show)
{
	int err, code = alloc_pages(show, 1);

	if (code != EXIT_OK)
		return code;
	err = take_page(show, show->code, 0);
	return err ? fail_page(show, show->code, err) : EXIT_OK;
}

/*
 * A page that lacks the values asked for is left out of the whole; so is one
 * that the drive makes nonsense of, which is worth a word.
 */
static int take_listed(struct show *show, const struct libmodepages_list *list)
{
	size_t i, count = libmodepages_list_get_count(list);
	int err = 0, code = alloc_pages(show, count);

	if (code != EXIT_OK)
		return code;
	for (i = 0; i < count; i++) {
		uint8_t page = libmodepages_list_get_code(list, i);

		err = take_page(show, page,
				libmodepages_list_get_subpage(list, i));
		/* No page has such values then: do not ask for each. */
		if (err == -EOPNOTSUPP)
			break;
		if (err && err != -ENOENT)
			code = fail_page(show, page, err);
		if (err && err != -ENOENT && err != -EPROTO)
			return code;
	}
	if (show->count)
		return EXIT_OK;
	if (code != EXIT_OK)
		return code;
	return fail_status(show->drive, "no page has these values", err,
			   show->status);
}

/* What is known of the list will do: the pages themselves are asked for. */
static int ask_list(struct show *show, struct libmodepages_list **list)
{
	int err;

	err = libmodepages_drive_get_list(show->drive, LIBMODEPAGES_CACHED,
					  list, show->status);
	if (!err && libmodepages_list_get_count(*list))
		return 0;
	if (!err)
		libmodepages_list_free(*list);
	else if (err != -ENODATA)
		return err;
	/* The drive may not have been ready when it was asked. */
	return libmodepages_drive_get_list(show->drive, 0, list, show->status);
}

/* The page that each drive has tells why it lists none. */
static int explain_empty(struct show *show)
{
	const struct libmodepages_info *info =
		libmodepages_drive_get_info(show->drive);
	int err, code = alloc_pages(show, 1);

	if (code != EXIT_OK)
		return code;
	err = take_page(show, PAGE_CAPABILITIES, 0);
	if (err)
		return fail_page(show, PAGE_CAPABILITIES, err);
	return fail(EXIT_REFUSED,
		    "%s: the drive has listed no mode page so far, and answers now; try again",
		    libmodepages_info_get_address(info));
}

static int take_all(struct show *show)
{
	struct libmodepages_list *list;
	int err, code;

	err = ask_list(show, &list);
	if (err)
		return fail_status(show->drive, "list of pages", err,
				   show->status);
	if (libmodepages_list_get_count(list))
		code = take_listed(show, list);
	else
		code = explain_empty(show);
	libmodepages_list_free(list);
	return code;
}

static int run(const struct arguments *arguments)
{
	unsigned int form = arguments->given &
			    (OPTION_HEX | OPTION_JSON | OPTION_RAW);
	struct show show = { .arguments = arguments };
	size_t i;
	int code;

	if (form & (form - 1))
		return fail(EXIT_WORDS,
			    "--hex, --json and --raw exclude each other; take one of them");
	code = sort_words(&show);
	if (code != EXIT_OK)
		return code;
	code = open_drive(show.name, &show.drive);
	if (code != EXIT_OK)
		return code;

	show.status = libmodepages_status_new();
	if (!show.status)
		code = fail(EXIT_REFUSED, "not enough memory");
	else
		code = show.one ? take_one(&show) : take_all(&show);
	/* Nothing goes to stdout until everything is there. */
	if (code == EXIT_OK)
		print_pages(show.drive, arguments->control, arguments->given,
			    show.pages, show.count);

	for (i = 0; i < show.count; i++)
		libmodepages_page_free(show.pages[i]);
	free(show.pages);
	libmodepages_status_free(show.status);
	libmodepages_drive_close(show.drive);
	return code;
}

const struct verb verb_show = {
	.name = "show",
	.synopsis = "show [DEV] [PAGE] [OPTIONS]",
	.summary = "show a mode page, or all of them",
	.help =
"Show mode page PAGE of drive DEV; without PAGE, all pages that it lists.\n"
"\n"
"DEV is /dev/modepages/H:C:T:L, /dev/srN, a path in /sys, or H:C:T:L; it can\n"
"be left out where there is one drive. PAGE is two hex digits or an acronym,\n"
"as sdparm has them: 2a, 0x2a and cms are the same page.\n"
"\n"
"  --control VALUES  current (the default), changeable, default or saved\n"
"  --fresh           ask the drive, whatever is known of the page\n"
"  --hex             print bytes in hex, 16 a line, an empty line between pages\n"
"  --json            print a JSON object\n"
"  --raw             print the bytes of the pages and nothing else\n",
	.options = OPTION_CONTROL | OPTION_FRESH | OPTION_HEX | OPTION_JSON |
		   OPTION_RAW,
	.most_words = 2,
	.run = run,
};
