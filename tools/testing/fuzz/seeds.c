// SPDX-License-Identifier: MIT
/*
 * Writes the vectors into DIR, each as an input of the target that it is for:
 * DIR/TARGET/NAME. What the bytes of an input mean is written in fuzz_TARGET.c.
 */
#include <sys/stat.h>

#include "fuzz.h"
#include "vectors-answer.h"
#include "vectors-change.h"
#include "vectors-deny.h"
#include "vectors-hostile.h"
#include "vectors-quirks.h"
#include "vectors-sense.h"
#include "vectors-walk.h"
#include "vectors-whole.h"

#define for_each(vector, table) \
	for (vector = table; vector < table + ARRAY_SIZE(table); vector++)

static const char *dir;

static FILE *create(const char *target, const char *table, const char *name)
{
	char path[512];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", dir, target);
	mkdir(path, 0777);
	snprintf(path, sizeof(path), "%s/%s/%s: %s", dir, target, table, name);
	file = fopen(path, "w");
	if (!file) {
		perror(path);
		exit(1);
	}
	return file;
}

static void put(FILE *file, u8 byte)
{
	putc(byte, file);
}

static void put_be16(FILE *file, u16 value)
{
	put(file, value >> 8);
	put(file, value);
}

static void put_bytes(FILE *file, const void *bytes, size_t length)
{
	if (length)
		fwrite(bytes, 1, length, file);
}

static void finish(FILE *file)
{
	if (ferror(file) | fclose(file)) {
		perror(dir);
		exit(1);
	}
}

static void write_page(const char *table, const struct page_vector *v)
{
	const struct mode_request *request = &v->request;
	FILE *file = create("mode", table, v->name);

	put(file, (request->form == MODE_FORM_6) | request->dbd << 1);
	put(file, request->page);
	put(file, request->subpage);
	put_bytes(file, v->bytes, v->length);
	finish(file);
}

static void write_walk(const struct walk_vector *v)
{
	FILE *file = create("mode", "walk", v->name);

	put(file, (v->form == MODE_FORM_6) | 1 << 1);
	put(file, MODE_PAGE_ALL);
	put(file, 0);
	put_bytes(file, v->bytes, v->length);
	finish(file);
}

static void put_step(FILE *file, const struct exchange_step *step)
{
	u8 outcome = step->key ? 1 : step->code ? 2 : 0;

	put(file, outcome | step->like_mark << 7);
	put(file, step->key);
	put(file, step->asc);
	put(file, 0);
	put_be16(file, step->residue);
	put_be16(file, step->sent ?: step->length);
	put(file, step->length);
	put_bytes(file, step->bytes, step->length);
}

static void write_exchange(const char *table, const struct exchange_vector *v)
{
	const struct mode_dialect *known = &v->before;
	bool boasts = known->quirks & MODEPAGES_QUIRK_LENGTH_TOO_LARGE;
	bool one = known->one_too_much;
	FILE *file = create("exchange", table, v->name);
	size_t i;

	put(file, known->form_known | (known->form == MODE_FORM_6) << 1 |
		  known->shape_known << 2 | known->shape << 3 | boasts << 5 |
		  one << 6);
	put(file, 0x0d);
	put(file, 0x01);
	put(file, MODEPAGES_CONTROL_DEFAULT);
	put(file, v->fixed / 4);
	for (i = 0; i < v->count; i++)
		put_step(file, &v->steps[i]);
	finish(file);
}

static void write_sense(const struct sense_vector *v)
{
	FILE *file = create("sense", "sense", v->name);

	put(file, v->code);
	put_bytes(file, v->bytes, v->length);
	finish(file);
}

static void write_deny(const struct deny_vector *v)
{
	FILE *file = create("deny", "deny", v->name);

	fprintf(file, "%-8.8s%-16.16s", v->vendor, v->model);
	finish(file);
}

static void put_sized(FILE *file, const u8 *bytes, size_t length)
{
	put(file, length);
	put_bytes(file, bytes, length);
}

static void write_exceeds(const struct exceeds_vector *v)
{
	FILE *file = create("change", "exceeds", v->name);

	put(file, 0);
	put_sized(file, v->mask, v->mask_length);
	put_sized(file, v->bytes, v->length);
	finish(file);
}

static void write_complete(const struct complete_vector *v)
{
	FILE *file = create("change", "complete", v->name);

	put(file, 1);
	put_sized(file, NULL, 0);
	put_sized(file, v->bytes, v->length);
	finish(file);
}

static void write_refusal(const struct refusal_vector *v)
{
	FILE *file = create("change", "refusal", v->name);

	put(file, (v->form == MODE_FORM_6) | v->save << 1);
	put_sized(file, NULL, 0);
	put_sized(file, NULL, 0);
	put_bytes(file, v->bytes, v->length);
	finish(file);
}

int main(int argc, char **argv)
{
	const struct complete_vector *c;
	const struct exceeds_vector *x;
	const struct refusal_vector *r;
	const struct exchange_vector *e;
	const struct sense_vector *s;
	const struct page_vector *p;
	const struct walk_vector *w;
	const struct deny_vector *d;

	if (argc != 2) {
		fprintf(stderr, "usage: seeds DIR\n");
		return 2;
	}
	dir = argv[1];
	mkdir(dir, 0777);
	for_each(p, answer_vectors)
		write_page("answer", p);
	for_each(p, hostile_vectors)
		write_page("hostile", p);
	for_each(p, quirk_vectors)
		write_page("quirk", p);
	for_each(w, walk_vectors)
		write_walk(w);
	for_each(e, exchange_vectors)
		write_exchange("exchange", e);
	for_each(e, whole_vectors)
		write_exchange("whole", e);
	for_each(x, exceeds_vectors)
		write_exceeds(x);
	for_each(c, complete_vectors)
		write_complete(c);
	for_each(r, refusal_vectors)
		write_refusal(r);
	for_each(s, sense_vectors)
		write_sense(s);
	for_each(d, deny_vectors)
		write_deny(d);
	return 0;
}
