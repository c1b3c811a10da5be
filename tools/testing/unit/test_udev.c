// SPDX-License-Identifier: MIT
/*
 * Loading libudev: with a loader in the place of the real one.
 */
#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>

#include "internal.h"
#include "udev.h"

#include <cmocka.h>

static struct {
	bool missing;
	const char *lacks;	/* a function */
	int open;
} loader;

static int handle;

void *__wrap_dlopen(const char *name, int flags)
{
	assert_string_equal(name, "libudev.so.1");
	/* Not to be found by others, who may bring a libudev of their own. */
	assert_int_equal(flags & RTLD_GLOBAL, 0);
	if (loader.missing)
		return NULL;
	loader.open++;
	return &handle;
}

/* Of each function its name. */
void *__wrap_dlsym(void *of, const char *name)
{
	assert_ptr_equal(of, &handle);
	if (loader.lacks && !strcmp(name, loader.lacks))
		return NULL;
	return (void *)name;
}

int __wrap_dlclose(void *of)
{
	assert_ptr_equal(of, &handle);
	loader.open--;
	return 0;
}

static int setup(void **state)
{
	(void)state;
	memset(&loader, 0, sizeof(loader));
	return 0;
}

#define expect_function(member, name) \
	assert_string_equal((const char *)(uintptr_t)(member), name)

static void test_load(void **state)
{
	struct libudev *udev = NULL;

	(void)state;
	assert_int_equal(udev_load(&udev), 0);
	expect_function(udev->new, "udev_new");
	expect_function(udev->unref, "udev_unref");
	expect_function(udev->get_fd, "udev_monitor_get_fd");
	expect_function(udev->get_property, "udev_device_get_property_value");
	assert_int_equal(loader.open, 1);
	udev_unload(udev);
	assert_int_equal(loader.open, 0);
}

static void test_missing(void **state)
{
	struct libmodepages_monitor *monitor = NULL;
	struct libudev *udev = NULL;

	(void)state;
	loader.missing = true;
	assert_int_equal(udev_load(&udev), -ELIBACC);
	assert_null(udev);
	assert_int_equal(libmodepages_monitor_new(&monitor), -ELIBACC);
	assert_null(monitor);
}

/* As of something that is no libudev. */
static void test_lacks_a_function(void **state)
{
	static const char * const names[] = {
		"udev_new", "udev_device_get_property_value",
	};
	struct libudev *udev = NULL;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		loader.lacks = names[i];
		assert_int_equal(udev_load(&udev), -ELIBACC);
		assert_null(udev);
		assert_int_equal(loader.open, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_load, setup),
		cmocka_unit_test_setup(test_missing, setup),
		cmocka_unit_test_setup(test_lacks_a_function, setup),
	};

	return cmocka_run_group_tests_name("udev", tests, NULL, NULL);
}
