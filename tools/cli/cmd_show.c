// SPDX-License-Identifier: MIT
/*
 * modepages show: one page or all pages of a drive.
 */
#include <errno.h>
#include <stdio.h>

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
	struct libmodepages_page *page, *mask;		/* of one */
	struct libmodepages_pages *pages, *masks;	/* of all */
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

static unsigned int flags_of(const struct show *show)
{
	return show->arguments->given & OPTION_FRESH ? 0 : LIBMODEPAGES_RECENT;
}

/* Is what can be changed to be marked in the picture of a page? */
static bool is_marked(const struct show *show)
{
	return show->arguments->given & OPTION_BITS &&
	       show->arguments->control != LIBMODEPAGES_CONTROL_CHANGEABLE;
}

static int ask_page(struct show *show, enum libmodepages_control control,
		    struct libmodepages_page **page)
{
	return libmodepages_drive_get_page(show->drive, show->code, 0, control,
					   flags_of(show), page, show->status);
}

static int ask_pages(struct show *show, enum libmodepages_control control,
		     struct libmodepages_pages **pages)
{
	return libmodepages_drive_get_pages(show->drive, control,
					    flags_of(show), pages,
					    show->status);
}

static int take_one(struct show *show)
{
	enum libmodepages_control control = show->arguments->control;
	int err = ask_page(show, control, &show->page);

	if (err)
		return fail_page(show->drive, show->code, control, err,
				 show->status);
	/* A mask that the drive refuses is no failure. */
	if (is_marked(show) &&
	    ask_page(show, LIBMODEPAGES_CONTROL_CHANGEABLE, &show->mask))
		show->mask = NULL;
	return EXIT_OK;
}

/* The page that each drive has tells why it lists none. */
static int explain_empty(struct show *show)
{
	int code;

	show->code = PAGE_CAPABILITIES;
	code = take_one(show);
	if (code != EXIT_OK)
		return code;
	return fail(EXIT_REFUSED,
		    "%s: the drive has listed no mode page so far, and answers now; try again",
		    address_of(show->drive));
}

/* A page of which the drive makes nonsense is left out, and worth a word. */
static void tell_unsound(const struct show *show)
{
	const int status = LIBMODEPAGES_STATUS_INVALID_RESPONSE;
	uint8_t code;

	for (code = 0; code <= LIBMODEPAGES_PAGE_MAX; code++)
		if (libmodepages_pages_is_unsound(show->pages, code))
			fail(EXIT_OK, "%s: page %02x, %s values: %s (%s)",
			     address_of(show->drive), code,
			     libmodepages_control_name(show->arguments->control),
			     libmodepages_status_code_text(status),
			     libmodepages_status_code_name(status));
}

static int fail_all(const struct show *show, int error)
{
	char what[32];

	/* The command has failed, as opposed to: none was sent. */
	if (libmodepages_status_get_code(show->status) ==
	    LIBMODEPAGES_STATUS_NO_SUCH_PAGE)
		return fail_status(show->drive, "no page has these values",
				   error, show->status);
	snprintf(what, sizeof(what), "all pages, %s values",
		 libmodepages_control_name(show->arguments->control));
	return fail_status(show->drive, what, error, show->status);
}

static int take_all(struct show *show)
{
	int err = ask_pages(show, show->arguments->control, &show->pages);

	if (err)
		return fail_all(show, err);
	if (!libmodepages_pages_get_count(show->pages))
		return explain_empty(show);
	tell_unsound(show);
	if (is_marked(show) &&
	    ask_pages(show, LIBMODEPAGES_CONTROL_CHANGEABLE, &show->masks))
		show->masks = NULL;
	return EXIT_OK;
}

static void print_one(const struct show *show, struct pages *pages)
{
	const struct libmodepages_page *page = show->page, *mask = show->mask;

	pages->pages = &page;
	pages->count = 1;
	if (is_marked(show))
		pages->changeable = &mask;
	print_pages(pages);
}

static void print_all(const struct show *show, struct pages *pages)
{
	const struct libmodepages_page *all[LIBMODEPAGES_PAGE_MAX + 1];
	const struct libmodepages_page *masks[LIBMODEPAGES_PAGE_MAX + 1];
	size_t i;

	pages->pages = all;
	pages->count = libmodepages_pages_get_count(show->pages);
	if (is_marked(show))
		pages->changeable = masks;
	for (i = 0; i < pages->count; i++) {
		uint8_t code;

		all[i] = libmodepages_pages_get_page(show->pages, i);
		code = libmodepages_page_get_code(all[i]);
		masks[i] = !show->masks ? NULL :
			   libmodepages_pages_find(show->masks, code);
	}
	print_pages(pages);
}

/* Nothing goes to stdout until everything is there. */
static void print_show(const struct show *show)
{
	struct pages pages = {
		.drive = show->drive,
		.control = show->arguments->control,
		.given = show->arguments->given,
	};

	if (show->one)
		print_one(show, &pages);
	else
		print_all(show, &pages);
}

static void free_show(struct show *show)
{
	libmodepages_page_free(show->page);
	libmodepages_page_free(show->mask);
	libmodepages_pages_free(show->pages);
	libmodepages_pages_free(show->masks);
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
