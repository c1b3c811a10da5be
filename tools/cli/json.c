// SPDX-License-Identifier: MIT
/*
 * json-c is loaded for who wants JSON. To have it loaded with each run of the command
 * takes longer than to print all pages. Its functions have their own names here, and
 * lead there.
 */
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

#include "cli.h"

static struct {
	__typeof__(json_object_array_add) *array_add;
	__typeof__(json_object_new_array) *new_array;
	__typeof__(json_object_new_boolean) *new_boolean;
	__typeof__(json_object_new_int) *new_int;
	__typeof__(json_object_new_int64) *new_int64;
	__typeof__(json_object_new_object) *new_object;
	__typeof__(json_object_new_string) *new_string;
	__typeof__(json_object_new_string_len) *new_string_len;
	__typeof__(json_object_new_uint64) *new_uint64;
	__typeof__(json_object_object_add) *object_add;
	__typeof__(json_object_put) *put;
	__typeof__(json_object_to_json_string_ext) *to_string;
} json;

#define FUNCTION(member, name)	{ #name, &json.member }

static const struct {
	const char *name;
	void *pointer;
} functions[] = {
	FUNCTION(array_add, json_object_array_add),
	FUNCTION(new_array, json_object_new_array),
	FUNCTION(new_boolean, json_object_new_boolean),
	FUNCTION(new_int, json_object_new_int),
	FUNCTION(new_int64, json_object_new_int64),
	FUNCTION(new_object, json_object_new_object),
	FUNCTION(new_string, json_object_new_string),
	FUNCTION(new_string_len, json_object_new_string_len),
	FUNCTION(new_uint64, json_object_new_uint64),
	FUNCTION(object_add, json_object_object_add),
	FUNCTION(put, json_object_put),
	FUNCTION(to_string, json_object_to_json_string_ext),
};

#define FUNCTIONS	(sizeof(functions) / sizeof(functions[0]))

static bool find_functions(void *library)
{
	size_t i;

	for (i = 0; i < FUNCTIONS; i++) {
		void *found = dlsym(library, functions[i].name);

		if (!found)
			return false;
		memcpy(functions[i].pointer, &found, sizeof(found));
	}
	return true;
}

/* To be called before any other of these. */
int load_json(void)
{
	void *library = dlopen(SONAME, RTLD_NOW | RTLD_LOCAL);

	if (!library || !find_functions(library))
		return fail(EXIT_REFUSED,
			    "there is no " SONAME ", which writes JSON; install json-c");
	return EXIT_OK;
}

int json_object_array_add(struct json_object *array, struct json_object *value)
{
	return json.array_add(array, value);
}

struct json_object *json_object_new_array(void)
{
	return json.new_array();
}

struct json_object *json_object_new_boolean(json_bool value)
{
	return json.new_boolean(value);
}

struct json_object *json_object_new_int(int32_t value)
{
	return json.new_int(value);
}

struct json_object *json_object_new_int64(int64_t value)
{
	return json.new_int64(value);
}

struct json_object *json_object_new_object(void)
{
	return json.new_object();
}

struct json_object *json_object_new_string(const char *text)
{
	return json.new_string(text);
}

struct json_object *json_object_new_string_len(const char *text, const int length)
{
	return json.new_string_len(text, length);
}

struct json_object *json_object_new_uint64(uint64_t value)
{
	return json.new_uint64(value);
}

int json_object_object_add(struct json_object *object, const char *key,
			   struct json_object *value)
{
	return json.object_add(object, key, value);
}

int json_object_put(struct json_object *object)
{
	return json.put(object);
}

const char *json_object_to_json_string_ext(struct json_object *object,
					   int flags)
{
	return json.to_string(object, flags);
}
