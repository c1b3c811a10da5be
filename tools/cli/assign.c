// SPDX-License-Identifier: MIT
/*
 * FIELD=VALUE: from words to updates of pages.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

/* A path may have an equals sign, too, but then there is a slash before it. */
static bool is_assignment(const char *word)
{
	return word[strcspn(word, "/=")] == '=';
}

static int fail_assignment(const char *word)
{
	return fail(EXIT_WORDS,
		    "'%s' is no FIELD=VALUE; take one such as rw.rrc=5", word);
}

/* [DEV] FIELD=VALUE... */
static int sort_words(struct changes *changes, char ***words, int *count)
{
	*words = changes->arguments->words;
	*count = changes->arguments->count;
	if (*count && !is_assignment(**words)) {
		/* No drive is called like a field. */
		if (strchr(**words, '.') && !strchr(**words, '/'))
			return fail_assignment(**words);
		changes->name = **words;
		++*words;
		--*count;
	}
	if (!*count)
		return fail(EXIT_WORDS,
			    "no FIELD=VALUE; take one or more, such as rw.rrc=5");
	return EXIT_OK;
}

/* All values that have a name, to go on with after others. */
static void list_choices(const struct libmodepages_field *field, char *text,
			 size_t room)
{
	const char *name;
	size_t i, used;

	*text = '\0';
	for (i = 0; (name = libmodepages_field_get_choice(field, i, NULL)); i++) {
		used = strlen(text);
		snprintf(text + used, room - used, "%s%s", i ? ", " : "; or ",
			 name);
	}
}

static int fail_value(const struct assignment *assignment, int error)
{
	const struct libmodepages_field *field = assignment->field;
	const char *name = assignment->name, *value = assignment->value;
	unsigned long long most = libmodepages_field_get_max(field);
	char choices[256];

	switch (error) {
	case -EEXIST:
		return fail(EXIT_WORDS, "%s=%s: a bit of %s has got a value before",
			    name, value, name);
	case -ERANGE:
		if (libmodepages_field_is_text(field))
			return fail(EXIT_WORDS,
				    "%s=%s: is too long; take %u characters at most",
				    name, value,
				    libmodepages_field_get_width(field) / 8);
		return fail(EXIT_WORDS,
			    "%s=%s: is too large; take a number from 0 to %llu",
			    name, value, most);
	default:
		if (libmodepages_field_is_text(field))
			return fail(EXIT_WORDS,
				    "%s=%s: is no text; take characters of ASCII, or 0x and two hex digits for each of %u bytes",
				    name, value,
				    libmodepages_field_get_width(field) / 8);
		list_choices(field, choices, sizeof(choices));
		return fail(EXIT_WORDS,
			    "%s=%s: is no value; take a number from 0 to %llu, decimal or hex after 0x%s",
			    name, value, most, choices);
	}
}

/* What makes up the page itself is not for the drive to change. */
static bool is_header(const struct assignment *assignment)
{
	return libmodepages_field_get_byte(assignment->field) < HEADER_LENGTH;
}

static int add_to_update(struct changes *changes,
			 const struct assignment *assignment)
{
	const struct libmodepages_field *field = assignment->field;
	uint8_t code = libmodepages_field_get_page(field);
	struct page_change *page = &changes->pages[code];
	int err = 0;

	if (!assignment->expected && is_header(assignment))
		return fail(EXIT_WORDS,
			    "%s=%s: code and length of a page can not be changed",
			    assignment->name, assignment->value);
	if (!page->update)
		err = libmodepages_update_new(code, 0, &page->update);
	if (err)
		return fail(EXIT_REFUSED, "not enough memory");
	if (assignment->expected)
		err = libmodepages_update_expect_text(page->update, field,
						      assignment->value);
	else
		err = libmodepages_update_set_text(page->update, field,
						   assignment->value);
	page->sets |= !assignment->expected;
	return err ? fail_value(assignment, err) : EXIT_OK;
}

static int parse_word(struct changes *changes, const char *word, bool expected)
{
	struct assignment *assignment = &changes->assignments[changes->count];
	size_t length = strcspn(word, "=");
	int code;

	if (!is_assignment(word))
		return fail_assignment(word);
	assignment->name = strndup(word, length);
	if (!assignment->name)
		return fail(EXIT_REFUSED, "not enough memory");
	changes->count++;
	assignment->value = word + length + 1;
	assignment->expected = expected;
	code = parse_field(assignment->name, &assignment->field);
	return code == EXIT_OK ? add_to_update(changes, assignment) : code;
}

/* Nothing is sent before all words are understood. */
int parse_changes(struct changes *changes)
{
	const struct arguments *arguments = changes->arguments;
	int i, count, code;
	char **words;

	code = sort_words(changes, &words, &count);
	if (code != EXIT_OK)
		return code;
	changes->assignments = calloc(count + arguments->expected_count,
				      sizeof(struct assignment));
	if (!changes->assignments)
		return fail(EXIT_REFUSED, "not enough memory");
	for (i = 0; i < count && code == EXIT_OK; i++)
		code = parse_word(changes, words[i], false);
	for (i = 0; i < arguments->expected_count && code == EXIT_OK; i++)
		code = parse_word(changes, arguments->expected[i], true);
	return code;
}

/* Closes the drive, too. */
void free_changes(struct changes *changes)
{
	size_t i;

	for (i = 0; i < changes->count; i++) {
		free(changes->assignments[i].name);
		libmodepages_field_free(changes->assignments[i].field);
	}
	free(changes->assignments);
	for (i = 0; i <= LIBMODEPAGES_PAGE_MAX; i++) {
		libmodepages_update_free(changes->pages[i].update);
		libmodepages_change_free(changes->pages[i].change);
	}
	libmodepages_status_free(changes->status);
	libmodepages_drive_close(changes->drive);
}
