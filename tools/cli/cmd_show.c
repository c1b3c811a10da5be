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
	struct libmodepages_page **changeable;
	size_t count;
};

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

static int fail_show(const struct show *show, uint8_t code, int error)
{
	return fail_page(show->drive, code, show->arguments->control, error,
			 show->status);
}

static int ask_page(struct show *show, uint8_t code, uint8_t subpage,
		    enum libmodepages_control control,
		    struct libmodepages_page **page)
{
	bool fresh = show->arguments->given & OPTION_FRESH;

	return libmodepages_drive_get_page(show->drive, code, subpage, control,
					   fresh ? 0 : LIBMODEPAGES_RECENT,
					   page, show->status);
}

/* The mask for the picture of a page; one that the drive refuses is no failure. */
static void take_changeable(struct show *show, uint8_t code, uint8_t subpage)
{
	if (show->changeable &&
	    ask_page(show, code, subpage, LIBMODEPAGES_CONTROL_CHANGEABLE,
		     &show->changeable[show->count]))
		show->changeable[show->count] = NULL;
}

/* Ask for a page and keep it. */
static int take_page(struct show *show, uint8_t code, uint8_t subpage)
{
	int err = ask_page(show, code, subpage, show->arguments->control,
			   &show->pages[show->count]);

	if (err)
		return err;
	take_changeable(show, code, subpage);
	show->count++;
	return 0;
}

static int alloc_pages(struct show *show, size_t count)
{
	const struct arguments *arguments = show->arguments;
	bool marked = arguments->given & OPTION_BITS &&
		      arguments->control != LIBMODEPAGES_CONTROL_CHANGEABLE;

	show->pages = calloc(count, sizeof(struct libmodepages_page *));
	if (marked)
		show->changeable = calloc(count,
					  sizeof(struct libmodepages_page *));
	if (!show->pages || (marked && !show->changeable))
		return fail(EXIT_REFUSED, "not enough memory");
	return EXIT_OK;
}

static int take_one(struct show *show)
{
	int err, code = alloc_pages(show, 1);

	if (code != EXIT_OK)
		return code;
	err = take_page(show, show->code, 0);
	return err ? fail_show(show, show->code, err) : EXIT_OK;
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
			code = fail_show(show, page, err);
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
	int err, code = alloc_pages(show, 1);

	if (code != EXIT_OK)
		return code;
	err = take_page(show, PAGE_CAPABILITIES, 0);
	if (err)
		return fail_show(show, PAGE_CAPABILITIES, err);
	return fail(EXIT_REFUSED,
		    "%s: the drive has listed no mode page so far, and answers now; try again",
		    address_of(show->drive));
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

/* Nothing goes to stdout until everything is there. */
static void print_show(const struct show *show)
{
	const struct pages pages = {
		.drive = show->drive,
		.control = show->arguments->control,
		.given = show->arguments->given,
		.pages = show->pages,
		.changeable = show->changeable,
		.count = show->count,
	};

	print_pages(&pages);
}

static void free_show(struct show *show)
{
	size_t i;

	for (i = 0; i < show->count; i++) {
		libmodepages_page_free(show->pages[i]);
		if (show->changeable)
			libmodepages_page_free(show->changeable[i]);
	}
	free(show->pages);
	free(show->changeable);
	libmodepages_status_free(show->status);
	libmodepages_drive_close(show->drive);
}

static int run(const struct arguments *arguments)
{
	struct show show = { .arguments = arguments };
	int code = check_forms(arguments);

	if (code == EXIT_OK)
		code = sort_words(&show);
	if (code != EXIT_OK)
		return code;
	code = open_drive(show.name, 0, &show.drive);
	if (code != EXIT_OK)
		return code;

	show.status = libmodepages_status_new();
	if (!show.status)
		code = fail(EXIT_REFUSED, "not enough memory");
	else
		code = show.one ? take_one(&show) : take_all(&show);
	if (code == EXIT_OK)
		print_show(&show);
	free_show(&show);
	return code;
}

const struct verb verb_show = {
	.name = "show",
	.synopsis = "show [DEV] [PAGE] [OPTIONS]",
	.summary = "show a mode page, or all of them",
	.help =
"Show mode page PAGE of drive DEV; without PAGE, all pages that it lists. Each\n"
"field of the page comes in a line: acronym, value, unit or name of the value,\n"
"name. Of a page that is not known, the bytes come.\n"
"\n"
"DEV is /dev/modepages/H:C:T:L, /dev/srN, a path in /sys, or H:C:T:L; it can\n"
"be left out where there is one drive. PAGE is two hex digits or an acronym,\n"
"as sdparm has them: 2a, 0x2a and cms are the same page.\n"
"\n"
"  --control VALUES  current (the default), changeable, default or saved\n"
"  --fresh           ask the drive, whatever is known of the page\n"
"  --bits            print a picture of each page: its bits, and whose they are;\n"
"                    * is put to those that can be changed\n"
"  --hex             print bytes in hex, 16 a line, an empty line between pages\n"
"  --json            print a JSON object\n"
"  --raw             print the bytes of the pages and nothing else\n",
	.options = OPTION_CONTROL | OPTION_FRESH | OPTION_FORMS,
	.most_words = 2,
	.run = run,
};
