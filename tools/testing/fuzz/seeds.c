// SPDX-License-Identifier: MIT
/*
 * Writes the vectors into DIR, each as an input of the target that it is for:
 * DIR/TARGET/NAME. What the bytes of an input mean is written in fuzz_TARGET.c.
 */
#include <sys/stat.h>

#include "fuzz_change.h"
#include "vectors-answer.h"
#include "vectors-capability.h"
#include "vectors-cdb.h"
#include "vectors-change.h"
#include "vectors-deny.h"
#include "vectors-hostile.h"
#include "vectors-quirks.h"
#include "vectors-sense.h"
#include "vectors-walk.h"
#include "vectors-whole.h"

#define for_each(v, table) \
	for (typeof(&(table)[0]) v = table; v < table + ARRAY_SIZE(table); v++)

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

static void put_request(FILE *file, const struct mode_request *request)
{
	put(file, (request->form == MODE_FORM_6) | request->dbd << 1 |
		  request->control << 2);
	put(file, request->page);
	put(file, request->subpage);
	put_be16(file, request->allocation);
}

static void write_page(const char *table, const struct page_vector *v)
{
	FILE *file = create("mode", table, v->name);

	put_request(file, &v->request);
	put_bytes(file, v->bytes, v->length);
	finish(file);
}

static void write_cdb(const struct cdb_vector *v)
{
	FILE *file = create("mode", "cdb", v->name);

	put_request(file, &v->request);
	finish(file);
}

static void write_walk(const struct walk_vector *v)
{
	const struct mode_request request = {
		.form = v->form, .dbd = true, .page = MODE_PAGE_ALL,
	};
	FILE *file = create("mode", "walk", v->name);

	put_request(file, &request);
	put_bytes(file, v->bytes, v->length);
	finish(file);
}

/* Behind the header of a ten byte command. */
static void write_capability(const struct capability_vector *v)
{
	const struct mode_request request = {
		.dbd = true, .page = MODE_PAGE_CAPABILITIES,
	};
	const u8 header[MODE_HEADER10_LENGTH] = {
		[1] = sizeof(header) - 2 + v->length,
	};
	FILE *file = create("mode", "capability", v->name);

	put_request(file, &request);
	put_bytes(file, header, sizeof(header));
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

static void write_status(const struct status_vector *v)
{
	static const u8 sense[] = { 0x72, 0, 0, 0, 0, 0, 0, 0 };
	FILE *file = create("sense", "status", v->name);

	put(file, v->code);
	put_bytes(file, sense, sizeof(sense));
	finish(file);
}

static void write_deny(const struct deny_vector *v)
{
	FILE *file = create("deny", "deny", v->name);

	fprintf(file, "%-8.8s%-16.16s", v->vendor, v->model);
	finish(file);
}

static void put_sized(FILE *file, const struct input *some)
{
	put(file, some->length);
	put_bytes(file, some->bytes, some->length);
}

static void write_change(const char *table, const char *name,
			 const struct change *c)
{
	FILE *file = create("change", table, name);

	put(file, (c->form == MODE_FORM_6) | c->save << 1 | c->all << 2);
	put(file, c->size >> 16);
	put_be16(file, c->size);
	put_sized(file, &c->mask);
	put_sized(file, &c->page);
	put_sized(file, &c->wanted);
	put_bytes(file, c->sense.bytes, c->sense.length);
	finish(file);
}

static void write_complete(const struct complete_vector *v)
{
	const struct change c = { .page = { v->bytes, v->length } };

	write_change("complete", v->name, &c);
}

static void write_exceeds(const struct exceeds_vector *v)
{
	const struct change c = {
		.mask = { v->mask, v->mask_length },
		.page = { v->bytes, v->length },
	};

	write_change("exceeds", v->name, &c);
}

/* Of the page, the length alone counts. */
static void write_beyond(const struct beyond_vector *v)
{
	static const u8 page[16];
	const struct change c = {
		.mask = { v->mask, v->mask_length },
		.page = { page, v->length },
	};

	write_change("beyond", v->name, &c);
}

static void write_prepare(const struct prepare_vector *v)
{
	const struct change c = {
		.all = !v->wanted_mask,
		.mask = { v->wanted_mask, v->wanted_mask ? v->wanted_length : 0 },
		.page = { v->before, v->length },
		.wanted = { v->wanted, v->wanted_length },
	};

	write_change("prepare", v->name, &c);
}

static void write_bits(const struct bits_vector *v)
{
	const struct change c = {
		.mask = { v->mask, v->length },
		.page = { v->a, v->length },
		.wanted = { v->b, v->length },
	};

	write_change("bits", v->name, &c);
}

static void write_select(const struct select_vector *v)
{
	const struct change c = {
		.form = v->form, .save = v->save,
		.page = { v->bytes, v->length },
	};

	write_change("select", v->name, &c);
}

static void write_size(const struct size_vector *v)
{
	const struct change c = { .form = v->form, .size = v->page };

	write_change("size", v->name, &c);
}

static void write_refusal(const struct refusal_vector *v)
{
	const struct change c = {
		.form = v->form, .save = v->save,
		.sense = { v->bytes, v->length },
	};

	write_change("refusal", v->name, &c);
}

static void write_all(void)
{
	for_each(v, cdb_vectors)
		write_cdb(v);
	for_each(v, answer_vectors)
		write_page("answer", v);
	for_each(v, hostile_vectors)
		write_page("hostile", v);
	for_each(v, quirk_vectors)
		write_page("quirk", v);
	for_each(v, walk_vectors)
		write_walk(v);
	for_each(v, capability_vectors)
		write_capability(v);
	for_each(v, exchange_vectors)
		write_exchange("exchange", v);
	for_each(v, whole_vectors)
		write_exchange("whole", v);
	for_each(v, sense_vectors)
		write_sense(v);
	for_each(v, status_vectors)
		write_status(v);
	for_each(v, deny_vectors)
		write_deny(v);
	for_each(v, complete_vectors)
		write_complete(v);
	for_each(v, exceeds_vectors)
		write_exceeds(v);
	for_each(v, beyond_vectors)
		write_beyond(v);
	for_each(v, prepare_vectors)
		write_prepare(v);
	for_each(v, bits_vectors)
		write_bits(v);
	for_each(v, select_vectors)
		write_select(v);
	for_each(v, size_vectors)
		write_size(v);
	for_each(v, refusal_vectors)
		write_refusal(v);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: seeds DIR\n");
		return 2;
	}
	dir = argv[1];
	mkdir(dir, 0777);
	write_all();
	return 0;
}
