// SPDX-License-Identifier: MIT
/*
 * All pages of a drive, with as few commands as it takes: one, if the drive knows
 * page 3Fh and answers in a way that makes sense. What is missing in the answer is
 * asked for page by page.
 */
#include <stdlib.h>

#include "internal.h"

/* The pages come one after the other, ascending, and their bytes behind them. */
struct libmodepages_pages {
	page_set unsound;
	size_t count;
	struct libmodepages_page pages[];
};

/**
 * struct gathering - pages as they come
 * @drive: whose
 * @request: what is asked for
 * @status: outcome of the last command
 * @wanted: pages that the drive has
 * @found: those of them that have come
 * @unsound: those of which it has made nonsense
 * @pages: those of @found, by their codes
 * @answer: what some of them are in
 * @alone: what each of the others is in
 * @count: the number of those
 */
struct gathering {
	struct libmodepages_drive *drive;
	struct page_request request;
	struct modepages_status *status;
	page_set wanted;
	page_set found;
	page_set unsound;
	struct libmodepages_page *pages;
	void *answer;
	struct libmodepages_page **alone;
	size_t count;
};

static page_set set_of(u8 code)
{
	return 1ull << code;
}

/* The lowest; @set is not empty. */
static u8 first_of(page_set set)
{
	return __builtin_ctzll(set);
}

static void take_answer(struct gathering *g, const struct answer *answer)
{
	struct mode_page span;
	size_t offset = 0;

	while (mode_page_next(&answer->data, &offset, &span)) {
		if (span.code > LIBMODEPAGES_PAGE_MAX)
			continue;
		page_init(&g->pages[span.code], &span);
		g->pages[span.code].cached = answer->cached;
		g->found |= set_of(span.code);
	}
}

/* Ask for all pages at once. What makes no sense is no answer. */
static int ask_at_once(struct gathering *g)
{
	struct answer answer;
	int err;

	g->request.code = MODE_PAGE_ALL;
	err = g->drive->backend->get_all(g->drive, &g->request, &answer,
					 g->status);
	if (err == -ENOENT || err == -EPROTO)
		return 0;
	if (err)
		return err;
	g->answer = answer.buffer;
	if (mode_data_sound(&answer.data))
		take_answer(g, &answer);
	return 0;
}

static int ask_list(struct gathering *g, struct libmodepages_list *list)
{
	const struct backend *backend = g->drive->backend;
	int err;

	err = backend->get_list(g->drive, LIBMODEPAGES_CACHED, list, g->status);
	if ((err || list->count) && err != -ENODATA)
		return err;
	/* The drive may not have been ready when it was asked. */
	return backend->get_list(g->drive, 0, list, g->status);
}

/*
 * Pages are those that have current values, and that the drive lists, now or
 * before.
 */
static int learn_wanted(struct gathering *g)
{
	bool current = g->request.control == LIBMODEPAGES_CONTROL_CURRENT;
	struct libmodepages_list list = { 0 };
	size_t i;
	int err;

	if (current)
		g->wanted = g->found;
	if (g->wanted && !g->drive->backend->knows_list)
		return 0;
	err = ask_list(g, &list);
	for (i = 0; !err && i < list.count; i++)
		if (list.entries[i].code <= LIBMODEPAGES_PAGE_MAX)
			g->wanted |= set_of(list.entries[i].code);
	free(list.entries);
	g->found &= g->wanted;
	return err;
}

static int ask_alone(struct gathering *g, u8 code)
{
	struct libmodepages_page *page;
	int err;

	g->request.code = code;
	err = g->drive->backend->get_page(g->drive, &g->request, &page,
					  g->status);
	if (err)
		return err;
	g->alone[g->count++] = page;
	g->pages[code] = *page;
	g->found |= set_of(code);
	return 0;
}

/*
 * Ask for what has not come yet. Most drives have pages that lack some kind of
 * values, and some have one of which they make nonsense.
 */
static int ask_for_rest(struct gathering *g)
{
	page_set rest;
	int err = 0;

	for (rest = g->wanted & ~g->found; rest; rest &= rest - 1) {
		err = ask_alone(g, first_of(rest));
		if (err == -EPROTO)
			g->unsound |= set_of(first_of(rest));
		else if (err && err != -ENOENT)
			break;
	}
	/* No page has such values, then. */
	if (err && err != -ENOENT && err != -EPROTO && err != -EOPNOTSUPP)
		return err;
	if (g->wanted && !g->found)
		return err;
	memset(g->status, 0, sizeof(*g->status));
	return 0;
}

static int gather(struct gathering *g)
{
	int err = ask_at_once(g);

	if (!err)
		err = learn_wanted(g);
	return err ?: ask_for_rest(g);
}

static size_t gathered_size(const struct gathering *g)
{
	size_t size = sizeof(struct libmodepages_pages);
	page_set left;

	for (left = g->found; left; left &= left - 1)
		size += sizeof(struct libmodepages_page) +
			g->pages[first_of(left)].size;
	return size;
}

/* Returns NULL when there is no memory. */
static struct libmodepages_pages *gathered(const struct gathering *g)
{
	struct libmodepages_pages *pages = malloc(gathered_size(g));
	page_set left;
	size_t i;
	u8 *end;

	if (!pages)
		return NULL;
	pages->unsound = g->unsound;
	pages->count = 0;
	for (left = g->found; left; left &= left - 1)
		pages->pages[pages->count++] = g->pages[first_of(left)];
	end = (u8 *)&pages->pages[pages->count];
	for (i = 0; i < pages->count; i++) {
		struct libmodepages_page *page = &pages->pages[i];

		page->data = memcpy(end, page->data, page->size);
		end += page->size;
	}
	return pages;
}

static void release(struct gathering *g)
{
	while (g->count)
		libmodepages_page_free(g->alone[--g->count]);
	free(g->answer);
}

/**
 * libmodepages_drive_get_pages() - read all mode pages
 * @drive: the drive
 * @control: which values
 * @flags: as for libmodepages_drive_get_page()
 * @pages: result, may be empty; free with libmodepages_pages_free()
 * @status: gets what the drive said; may be NULL
 *
 * The pages are those of libmodepages_drive_get_list() that have such values.
 * Most drives need one command, where libmodepages_drive_get_page() needs one for
 * each page. Waits for the drive, up to 60 s for each command.
 *
 * A page of which the drive makes nonsense is left out, see
 * libmodepages_pages_is_unsound().
 *
 * Return: 0, or
 *
 *  * -EINVAL: @control or @flags is out of range.
 *  * -ENOENT, -EOPNOTSUPP or -EPROTO: the drive has pages, and none with values
 *    of this kind that make sense; else as libmodepages_drive_get_page().
 *  * others as from libmodepages_drive_get_page(). No page is handed out then.
 */
int libmodepages_drive_get_pages(struct libmodepages_drive *drive,
				 enum libmodepages_control control,
				 unsigned int flags,
				 struct libmodepages_pages **pages,
				 struct libmodepages_status *status)
{
	struct libmodepages_page found[LIBMODEPAGES_PAGE_MAX + 1];
	struct libmodepages_page *alone[LIBMODEPAGES_PAGE_MAX + 1];
	struct modepages_status unused;
	struct gathering g = {
		.drive = drive,
		.request = { .control = control, .flags = flags },
		.status = status ? &status->block : &unused,
		.pages = found,
		.alone = alone,
	};
	int err;

	memset(g.status, 0, sizeof(*g.status));
	if ((unsigned int)control > LIBMODEPAGES_CONTROL_SAVED ||
	    flags & ~(LIBMODEPAGES_CACHED | LIBMODEPAGES_RECENT))
		return status_fail(g.status, MODEPAGES_STATUS_INVALID_ARGUMENT,
				   MODEPAGES_STAGE_CHECK);

	err = gather(&g);
	if (!err) {
		*pages = gathered(&g);
		if (!*pages)
			err = status_fail(g.status, MODEPAGES_STATUS_NO_MEMORY,
					  MODEPAGES_STAGE_PARSE);
	}
	release(&g);
	return err;
}

/**
 * libmodepages_pages_free() - free pages
 * @pages: the pages, or NULL
 */
void libmodepages_pages_free(struct libmodepages_pages *pages)
{
	free(pages);
}

/**
 * libmodepages_pages_get_count() - number of pages
 * @pages: the pages
 *
 * Return: how many there are.
 */
size_t libmodepages_pages_get_count(const struct libmodepages_pages *pages)
{
	return pages->count;
}

/**
 * libmodepages_pages_get_page() - one of several pages
 * @pages: the pages
 * @index: which, from 0; they ascend by page code
 *
 * Return: the page, valid as long as @pages; NULL when @index is too high.
 */
const struct libmodepages_page *
libmodepages_pages_get_page(const struct libmodepages_pages *pages,
			    size_t index)
{
	return index < pages->count ? &pages->pages[index] : NULL;
}

/**
 * libmodepages_pages_find() - a page by its code
 * @pages: the pages
 * @code: page code
 *
 * Return: the page, valid as long as @pages; NULL when it is not among them.
 */
const struct libmodepages_page *
libmodepages_pages_find(const struct libmodepages_pages *pages, uint8_t code)
{
	size_t i;

	for (i = 0; i < pages->count; i++)
		if (pages->pages[i].code == code)
			return &pages->pages[i];
	return NULL;
}

/**
 * libmodepages_pages_is_unsound() - has the drive made nonsense of a page?
 * @pages: the pages
 * @code: page code
 *
 * Return: true when the page is not among them because of an answer for which
 * libmodepages_drive_get_page() fails with -EPROTO.
 */
bool libmodepages_pages_is_unsound(const struct libmodepages_pages *pages,
				   uint8_t code)
{
	return code <= LIBMODEPAGES_PAGE_MAX && pages->unsound & set_of(code);
}
