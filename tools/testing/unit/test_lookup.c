// SPDX-License-Identifier: MIT
/*
 * Looking drives up, in a sysfs of our own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "fake_sysfs.h"

#include <cmocka.h>

#define DEVICES	"/sys/devices/host2/target2:0:0"
#define DRIVE	DEVICES "/2:0:0:0"

/* What comes before the strings of INQUIRY data. */
#define BEFORE	"\5\x80\6\x32\x1f\0\0\0"

static const char inquiry[] = BEFORE "HL-DT-ST  DVDRAM GH24   1.0\0";

static void make_scsi_device(const char *path, const char *type)
{
	char file[256];

	snprintf(file, sizeof(file), "%s/uevent", path);
	make_file(file, "DEVTYPE=scsi_device\nDRIVER=sr\n");
	snprintf(file, sizeof(file), "%s/type", path);
	make_file(file, type);
	snprintf(file, sizeof(file), "%s/inquiry", path);
	make(file, inquiry, sizeof(inquiry) - 1);
	snprintf(file, sizeof(file), "%s/scsi_device%s/uevent", path,
		 strrchr(path, '/'));
	make_file(file, "");
	snprintf(file, sizeof(file), "/sys/bus/scsi/devices%s",
		 strrchr(path, '/'));
	make_link(file, path);
}

/* A drive, and what else there is: hosts, a disk, a device that is no SCSI device. */
static int setup(void **state)
{
	(void)state;
	fake_sysfs_start();
	make_scsi_device(DRIVE, "5\n");
	make_file(DRIVE "/modepages/2:0:0:0/uevent", "DEVTYPE=other\n");
	make_link(DRIVE "/modepages/2:0:0:0/subsystem", "/sys/class/modepages");
	make_file(DRIVE "/block/sr0/uevent", "DEVNAME=sr0\nDEVTYPE=disk\n");
	make_file(DRIVE "/scsi_generic/sg0/uevent", "DEVNAME=sg0\n");
	make_link(DRIVE "/scsi_generic/sg0/subsystem",
		  "/sys/class/scsi_generic");
	make_link("/sys/class/modepages/2:0:0:0", DRIVE "/modepages/2:0:0:0");
	make_link("/sys/block/sr0", DRIVE "/block/sr0");
	make_link("/sys/dev/block/11:0", DRIVE "/block/sr0");
	make_link("/sys/dev/char/245:0", DRIVE "/modepages/2:0:0:0");
	make_link("/sys/dev/char/21:0", DRIVE "/scsi_generic/sg0");
	make_file(DEVICES "/uevent", "DEVTYPE=scsi_target\n");
	make_link("/sys/bus/scsi/devices/target2:0:0", DEVICES);
	make_scsi_device("/sys/devices/host0/target0:0:0/0:0:0:0", "0\n");
	make_file("/sys/devices/host0/target0:0:0/0:0:0:0/block/sda/uevent",
		  "");
	make_link("/sys/dev/block/8:0",
		  "/sys/devices/host0/target0:0:0/0:0:0:0/block/sda");
	make_file("/sys/devices/virtual/mem/null/uevent", "");
	make_link("/sys/dev/char/1:3", "/sys/devices/virtual/mem/null");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	fake_sysfs_end();
	return 0;
}

static void expect_text(const char *text, const char *expected)
{
	if (expected)
		assert_string_equal(text, expected);
	else
		assert_null(text);
}

static void expect_drive(const struct libmodepages_info *info,
			 const char *node, const char *block)
{
	assert_string_equal(info->address, "2:0:0:0");
	expect_text(info->node, node);
	expect_text(info->block, block);
	assert_string_equal(info->vendor, "HL-DT-ST");
	assert_string_equal(info->model, "DVDRAM GH24");
	assert_string_equal(info->revision, "1.0");
}

static void expect_found(const char *name, const char *node, const char *block)
{
	struct lookup lookup;

	assert_int_equal(lookup_name(name, &lookup), 0);
	expect_drive(lookup.info, "/dev/modepages/2:0:0:0", "/dev/sr0");
	expect_text(lookup.node, node);
	expect_text(lookup.block, block);
	libmodepages_info_free(lookup.info);
	expect_closed();
}

static void test_names(void **state)
{
	static const char node[] = "/dev/modepages/2:0:0:0";

	(void)state;
	expect_found("2:0:0:0", NULL, NULL);
	expect_found(node, node, NULL);
	expect_found("/dev/sr0", NULL, "/dev/sr0");
	/* As a container may call it. */
	expect_found("/tmp/cdrom", NULL, "/tmp/cdrom");
	/* The drive is found by its other devices, too, and not opened by them. */
	expect_found("/dev/sg0", NULL, NULL);
	expect_found("/sys/class/modepages/2:0:0:0", NULL, NULL);
	expect_found("/sys/block/sr0", NULL, NULL);
	expect_found("/sys/bus/scsi/devices/2:0:0:0", NULL, NULL);
	expect_found(DRIVE "/scsi_device/2:0:0:0", NULL, NULL);
}

static void test_no_drive(void **state)
{
	static const struct {
		const char *name;
		int error;
	} cases[] = {
		{ "", -EINVAL },
		{ "sr0", -EINVAL },
		{ "2:0:0", -EINVAL },
		{ "2:0:0:0:0", -EINVAL },
		{ "2:0:0:", -EINVAL },
		{ "2:0:0:0 ", -EINVAL },
		{ "-2:0:0:0", -EINVAL },
		{ "9:0:0:0", -ENODEV },
		{ "0:0:0:0", -ENOTTY },
		{ "/dev/sda", -ENOTTY },
		{ "/dev/null", -ENOTTY },
		{ "/etc/passwd", -ENOTTY },
		{ "/sys/class/modepages", -ENOTTY },
		{ DEVICES, -ENOTTY },
		/* It is no device, and lies in the drive. */
		{ DRIVE "/modepages", -ENOTTY },
		{ "/sys/nosuch", -ENOENT },
		{ DRIVE "/type/", -ENOTDIR },
	};
	struct lookup lookup;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_int_equal(lookup_name(cases[i].name, &lookup),
				 cases[i].error);
		assert_null(lookup.info);
		expect_closed();
	}
}

/* A directory that looks like a device, and lies elsewhere. */
static void test_no_sysfs(void **state)
{
	struct lookup lookup;

	(void)state;
	fake_sysfs_is_other();
	assert_int_equal(lookup_name("/sys/block/sr0", &lookup), -ENOTTY);
	expect_closed();
}

static void expect_nodes(const char *node, const char *block,
			 enum libmodepages_backend backend)
{
	struct lookup lookup;

	assert_int_equal(lookup_name("2:0:0:0", &lookup), 0);
	expect_drive(lookup.info, node, block);
	assert_int_equal(lookup.info->backend, backend);
	libmodepages_info_free(lookup.info);
	expect_closed();
}

static void test_nodes(void **state)
{
	static const char node[] = "/dev/modepages/2:0:0:0";

	(void)state;
	expect_nodes(node, "/dev/sr0", LIBMODEPAGES_BACKEND_MODULE);
	remove_path(DRIVE "/block/sr0");
	expect_nodes(node, NULL, LIBMODEPAGES_BACKEND_MODULE);
	make_file(DRIVE "/block/sr17/uevent", "");
	remove_path(DRIVE "/modepages");
	expect_nodes(NULL, "/dev/sr17", LIBMODEPAGES_BACKEND_SG_IO);
	remove_path(DRIVE "/block");
	expect_nodes(NULL, NULL, LIBMODEPAGES_BACKEND_NONE);
}

/* More than is read of a directory at once, and one of them is the device. */
static void test_crowd(void **state)
{
	char path[128];
	int i;

	(void)state;
	for (i = 0; i < 40; i++) {
		if (i == 20)
			remove_path(DRIVE "/block/sr0");
		snprintf(path, sizeof(path), "%s/block/attribute-number-%d",
			 DRIVE, i);
		make_file(path, "");
		if (i == 20)
			make_file(DRIVE "/block/sr0/uevent", "");
	}
	expect_found("2:0:0:0", NULL, NULL);
}

/* It goes while it is looked up. */
static void test_drive_that_goes(void **state)
{
	struct lookup lookup;

	(void)state;
	remove_path(DRIVE "/scsi_device");
	assert_int_equal(lookup_name("/dev/sr0", &lookup), -ENODEV);
	remove_path(DRIVE "/type");
	assert_int_equal(lookup_name("/dev/sr0", &lookup), -ENODEV);
	assert_int_equal(lookup_name("2:0:0:0", &lookup), -ENOTTY);
	remove_path(DRIVE "/uevent");
	assert_int_equal(lookup_name("/dev/sr0", &lookup), -ENOTTY);
	expect_closed();
}

/* A drive may fill them up with anything, or have none. */
static void test_inquiry(void **state)
{
	static const char full[] =
		BEFORE "  12345 0123456789abcdef    and what follows";
	struct lookup lookup;

	(void)state;
	make(DRIVE "/inquiry", full, sizeof(full) - 1);
	assert_int_equal(lookup_name("2:0:0:0", &lookup), 0);
	assert_string_equal(lookup.info->vendor, "12345");
	assert_string_equal(lookup.info->model, "0123456789abcdef");
	assert_string_equal(lookup.info->revision, "");
	libmodepages_info_free(lookup.info);

	make(DRIVE "/inquiry", full, 18);
	assert_int_equal(lookup_name("2:0:0:0", &lookup), 0);
	assert_string_equal(lookup.info->vendor, "12345");
	assert_string_equal(lookup.info->model, "01");
	assert_string_equal(lookup.info->revision, "");
	libmodepages_info_free(lookup.info);
}

static void test_worm(void **state)
{
	(void)state;
	make_file(DRIVE "/type", "4\n");
	expect_found("2:0:0:0", NULL, NULL);
}

/* All drives: no host, no target, no disk. */
static void test_all(void **state)
{
	static const char second[] = "/sys/devices/host10/t/10:0:3:7";
	struct libmodepages_drives drives = { 0 };
	size_t i;

	(void)state;
	make_scsi_device(second, "5\n");
	/* Whatever hosts will say of themselves. */
	make_file("/sys/devices/host10/type", "5\n");
	make_link("/sys/bus/scsi/devices/host10", "/sys/devices/host10");
	/* One that has just gone. */
	make_link("/sys/bus/scsi/devices/3:0:0:0", "/sys/devices/gone");
	assert_int_equal(lookup_all(&drives), 0);
	assert_int_equal(drives.count, 2);
	i = strcmp(drives.infos[0]->address, "2:0:0:0") ? 1 : 0;
	expect_drive(drives.infos[i], "/dev/modepages/2:0:0:0", "/dev/sr0");
	assert_string_equal(drives.infos[!i]->address, "10:0:3:7");
	for (i = 0; i < drives.count; i++)
		libmodepages_info_free(drives.infos[i]);
	free(drives.infos);
	expect_closed();
}

static void test_no_scsi(void **state)
{
	struct libmodepages_drives drives = { 0 };

	(void)state;
	remove_path("/sys/bus");
	assert_int_equal(lookup_all(&drives), 0);
	assert_int_equal(drives.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_names, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_drive, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_sysfs, setup, teardown),
		cmocka_unit_test_setup_teardown(test_nodes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_crowd, setup, teardown),
		cmocka_unit_test_setup_teardown(test_drive_that_goes, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_inquiry, setup, teardown),
		cmocka_unit_test_setup_teardown(test_worm, setup, teardown),
		cmocka_unit_test_setup_teardown(test_all, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_scsi, setup, teardown),
	};

	return cmocka_run_group_tests_name("lookup", tests, NULL, NULL);
}
