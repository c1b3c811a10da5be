// SPDX-License-Identifier: MIT
/*
 * What the monitor makes of messages, and of what it finds in sysfs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "fake_monitor.h"

#include <cmocka.h>

#define SET(code)	(1ull << (code))

static struct libmodepages_monitor *monitor;

/* One drive is there at first, in its generation 5. */
static int setup(void **state)
{
	struct drive *drive = &fake.drives[0];

	(void)state;
	memset(&fake, 0, sizeof(fake));
	fake.copies = SIZE_MAX;
	*drive = (struct drive){
		.address = "2:0:0:0",
		.there = true,
		.supported = SET(0x01) | SET(0x2a),
		.generation = 5,
	};
	drive->values[0x01] = 0x1111;
	drive->values[0x2a] = 0x2222;
	fake.drives[1] = *drive;
	fake.drives[1].address = "3:0:0:0";
	fake.drives[1].there = false;
	return libmodepages_monitor_new(&monitor);
}

static int teardown(void **state)
{
	(void)state;
	libmodepages_monitor_free(monitor);
	return fake.open;
}

static struct uevent *send(enum uevent_kind kind, size_t index)
{
	const struct drive *drive = &fake.drives[index];
	struct uevent *uevent = &fake.messages[fake.count++].uevent;

	assert_true(fake.count <= MESSAGES);
	*uevent = (struct uevent){
		.kind = kind,
		.supported = kind == UEVENT_REMOVE ? 0 : drive->supported,
		.generation = kind == UEVENT_REMOVE ? 0 : drive->generation,
	};
	snprintf(uevent->address, sizeof(uevent->address), "%s",
		 drive->address);
	return uevent;
}

/* What the module sends when it has learnt something. */
static struct uevent *send_change(size_t index, page_set changed)
{
	struct uevent *uevent;

	fake.drives[index].generation++;
	uevent = send(UEVENT_CHANGE, index);
	uevent->is_news = true;
	uevent->cause = LIBMODEPAGES_CAUSE_REFRESH;
	uevent->changed = changed;
	return uevent;
}

static void set(size_t index, u8 code, u16 value)
{
	fake.drives[index].values[code] = value;
}

static struct libmodepages_event *receive(void)
{
	struct libmodepages_event *event = NULL;

	assert_int_equal(libmodepages_monitor_receive(monitor, &event), 0);
	return event;
}

static void expect_nothing(void)
{
	struct libmodepages_event *event = NULL;

	assert_int_equal(libmodepages_monitor_receive(monitor, &event),
			 -EAGAIN);
	assert_null(event);
	assert_int_equal(fake.next, fake.count);
}

static struct libmodepages_event *expect(enum libmodepages_action action,
					 size_t index, size_t count)
{
	struct libmodepages_event *event = receive();
	const char *address =
		libmodepages_info_get_address(libmodepages_event_get_info(event));

	assert_int_equal(libmodepages_event_get_action(event), action);
	assert_string_equal(address, fake.drives[index].address);
	assert_int_equal(libmodepages_event_get_count(event), count);
	return event;
}

/* A page that is not there is -1. */
static void expect_bytes(const struct libmodepages_page *page, u8 code,
			 int value)
{
	const u8 *data;
	size_t size;

	if (value < 0) {
		assert_null(page);
		return;
	}
	assert_non_null(page);
	data = libmodepages_page_get_data(page, &size);
	assert_int_equal(size, 4);
	assert_int_equal(data[0], code);
	assert_int_equal(get_unaligned_be16(data + 2), value);
}

static void expect_page(const struct libmodepages_event *event, size_t index,
			u8 code, int before, int after)
{
	assert_int_equal(libmodepages_event_get_code(event, index), code);
	expect_bytes(libmodepages_event_get_before(event, index), code, before);
	expect_bytes(libmodepages_event_get_after(event, index), code, after);
}

/* One event about one page, and no other. */
static void expect_change(size_t drive, u8 code, int before, int after)
{
	struct libmodepages_event *event;

	event = expect(LIBMODEPAGES_ACTION_CHANGED, drive, 1);
	expect_page(event, 0, code, before, after);
	libmodepages_event_free(event);
	expect_nothing();
}

static void test_page_sets(void **state)
{
	(void)state;
	assert_int_equal(page_set_parse(""), 0);
	assert_int_equal(page_set_parse("\n"), 0);
	assert_int_equal(page_set_parse("00 01 2a 3e\n"),
			 SET(0x00) | SET(0x01) | SET(0x2a) | SET(0x3e));
	assert_int_equal(page_set_parse("0e"), SET(0x0e));
	/* None of these is a page. */
	assert_int_equal(page_set_parse("3f 40 ff 100000001 zz"), 0);
}

static void test_names(void **state)
{
	static const char * const causes[] = {
		"unknown", "select", "restore", "unit_attention", "refresh",
		"resume", "read",
	};
	static const char * const actions[] = { "added", "removed", "changed" };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(causes); i++) {
		assert_int_equal(cause_parse(causes[i]), i);
		assert_string_equal(libmodepages_cause_name(i), causes[i]);
	}
	assert_int_equal(cause_parse("later"), LIBMODEPAGES_CAUSE_UNKNOWN);
	assert_int_equal(cause_parse(""), LIBMODEPAGES_CAUSE_UNKNOWN);
	assert_null(libmodepages_cause_name(i));
	for (i = 0; i < ARRAY_SIZE(actions); i++)
		assert_string_equal(libmodepages_action_name(i), actions[i]);
	assert_null(libmodepages_action_name(i));
}

/* What is there already is no news. */
static void test_quiet(void **state)
{
	(void)state;
	expect_nothing();
	set(0, 0x01, 0x9999);
	expect_nothing();
	assert_int_equal(libmodepages_monitor_get_fd(monitor), 77);
}

static void test_change(void **state)
{
	struct libmodepages_event *event;

	(void)state;
	set(0, 0x01, 0x3333);
	set(0, 0x2a, 0x4444);
	send_change(0, SET(0x01))->cause = LIBMODEPAGES_CAUSE_SELECT;
	event = expect(LIBMODEPAGES_ACTION_CHANGED, 0, 1);
	expect_page(event, 0, 0x01, 0x1111, 0x3333);
	/* There is no second one. */
	assert_int_equal(libmodepages_event_get_code(event, 1), 0);
	assert_null(libmodepages_event_get_before(event, 1));
	assert_null(libmodepages_event_get_after(event, 1));
	assert_int_equal(libmodepages_event_get_error(event, 1), 0);
	assert_int_equal(libmodepages_event_get_cause(event),
			 LIBMODEPAGES_CAUSE_SELECT);
	assert_int_equal(libmodepages_event_get_generation(event), 6);
	expect_nothing();

	/* From there on. The first event lives on. */
	set(0, 0x01, 0x5555);
	send_change(0, SET(0x01));
	expect_change(0, 0x01, 0x3333, 0x5555);
	expect_page(event, 0, 0x01, 0x1111, 0x3333);
	libmodepages_event_free(event);
}

static void test_two_pages(void **state)
{
	struct libmodepages_event *event;

	(void)state;
	set(0, 0x01, 0x3333);
	set(0, 0x2a, 0x4444);
	send_change(0, SET(0x01) | SET(0x2a));
	event = expect(LIBMODEPAGES_ACTION_CHANGED, 0, 2);
	expect_page(event, 0, 0x01, 0x1111, 0x3333);
	expect_page(event, 1, 0x2a, 0x2222, 0x4444);
	libmodepages_event_free(event);
}

/* Other values than the current ones, or there and back. */
static void test_same_bytes(void **state)
{
	(void)state;
	send_change(0, SET(0x01));
	expect_change(0, 0x01, 0x1111, 0x1111);
}

/* The drive has said that something happened: nobody knows what. */
static void test_no_page(void **state)
{
	(void)state;
	send_change(0, 0)->cause = LIBMODEPAGES_CAUSE_UNIT_ATTENTION;
	libmodepages_event_free(expect(LIBMODEPAGES_ACTION_CHANGED, 0, 0));
	expect_nothing();
}

/* Written by a rule of udev, or by a program that triggers events. */
static void test_no_news(void **state)
{
	(void)state;
	set(0, 0x01, 0x3333);
	fake.drives[0].generation++;
	send(UEVENT_CHANGE, 0);
	send(UEVENT_ADD, 0);
	send(UEVENT_OTHER, 0);
	expect_nothing();
	send_change(0, SET(0x01));
	expect_change(0, 0x01, 0x1111, 0x3333);
}

/* Sent between the socket's opening and the reading of the pages. */
static void test_old_message(void **state)
{
	struct uevent *uevent;

	(void)state;
	uevent = send_change(0, SET(0x01));
	uevent->generation = 5;
	/* It had one page less then. */
	uevent->supported = SET(0x01);
	send_change(0, 0)->generation = 5;
	expect_nothing();
	/* What differs all the same is told. */
	set(0, 0x01, 0x3333);
	send_change(0, SET(0x01))->generation = 5;
	expect_change(0, 0x01, 0x1111, 0x3333);
}

/* Reading has the module ask, and learn: that is no news for who has read. */
static void test_own_doing(void **state)
{
	(void)state;
	libmodepages_monitor_free(monitor);
	fake.drives[0].grows = true;
	assert_int_equal(libmodepages_monitor_new(&monitor), 0);
	send(UEVENT_CHANGE, 0)->is_news = true;
	fake.messages[0].uevent.changed = SET(0x01);
	expect_nothing();
}

static void test_pages_come_and_go(void **state)
{
	struct libmodepages_event *event;

	(void)state;
	fake.drives[0].supported = SET(0x01) | SET(0x05);
	set(0, 0x05, 0x5555);
	/* Also where the module does not name them. */
	send_change(0, SET(0x05));
	event = expect(LIBMODEPAGES_ACTION_CHANGED, 0, 2);
	expect_page(event, 0, 0x05, -1, 0x5555);
	expect_page(event, 1, 0x2a, 0x2222, -1);
	assert_int_equal(libmodepages_event_get_error(event, 1), 0);
	libmodepages_event_free(event);

	fake.drives[0].supported = SET(0x01) | SET(0x2a) | SET(0x05);
	send_change(0, 0);
	expect_change(0, 0x2a, -1, 0x2222);
	/* One that is named, and was never there. */
	send_change(0, SET(0x3e));
	libmodepages_event_free(expect(LIBMODEPAGES_ACTION_CHANGED, 0, 0));
}

static void test_page_that_can_not_be_read(void **state)
{
	struct libmodepages_event *event;

	(void)state;
	set(0, 0x01, 0x3333);
	fake.drives[0].errors[0x01] = -EBUSY;
	send_change(0, SET(0x01));
	event = expect(LIBMODEPAGES_ACTION_CHANGED, 0, 1);
	expect_page(event, 0, 0x01, 0x1111, -1);
	assert_int_equal(libmodepages_event_get_error(event, 0), -EBUSY);
	libmodepages_event_free(event);

	/* The last values that were read are still known. */
	fake.drives[0].errors[0x01] = 0;
	send_change(0, SET(0x01));
	expect_change(0, 0x01, 0x1111, 0x3333);
}

static void test_drives_come_and_go(void **state)
{
	struct libmodepages_event *event;

	(void)state;
	fake.drives[1].there = true;
	send(UEVENT_ADD, 1);
	event = expect(LIBMODEPAGES_ACTION_ADDED, 1, 2);
	expect_page(event, 0, 0x01, -1, 0x1111);
	expect_page(event, 1, 0x2a, -1, 0x2222);
	assert_int_equal(libmodepages_event_get_generation(event), 5);
	libmodepages_event_free(event);
	expect_nothing();

	/* Each has values of its own. */
	set(1, 0x01, 0x3333);
	send_change(1, SET(0x01));
	expect_change(1, 0x01, 0x1111, 0x3333);
	send_change(0, SET(0x01));
	expect_change(0, 0x01, 0x1111, 0x1111);

	fake.drives[0].there = false;
	send(UEVENT_REMOVE, 0);
	event = expect(LIBMODEPAGES_ACTION_REMOVED, 0, 0);
	assert_string_equal(libmodepages_info_get_block(
				libmodepages_event_get_info(event)),
			    "/dev/sr0");
	assert_int_equal(libmodepages_event_get_generation(event), 0);
	libmodepages_event_free(event);
	expect_nothing();

	/* It comes back as another one. */
	fake.drives[0].there = true;
	fake.drives[0].generation = 1;
	set(0, 0x01, 0x7777);
	send(UEVENT_ADD, 0);
	event = expect(LIBMODEPAGES_ACTION_ADDED, 0, 2);
	expect_page(event, 0, 0x01, -1, 0x7777);
	libmodepages_event_free(event);
	send_change(0, 0);
	libmodepages_event_free(expect(LIBMODEPAGES_ACTION_CHANGED, 0, 0));
}

/* It has gone again before anybody could look, or nobody knew it. */
static void test_drive_that_is_not_there(void **state)
{
	(void)state;
	send(UEVENT_ADD, 1);
	send_change(1, SET(0x01));
	send(UEVENT_REMOVE, 1);
	expect_nothing();
}

/* What is told of it is told. */
static void test_drive_that_goes(void **state)
{
	struct libmodepages_event *event;

	(void)state;
	send_change(0, SET(0x01));
	send(UEVENT_REMOVE, 0);
	fake.drives[0].there = false;
	event = expect(LIBMODEPAGES_ACTION_CHANGED, 0, 1);
	expect_page(event, 0, 0x01, 0x1111, -1);
	assert_int_equal(libmodepages_event_get_error(event, 0), -ENODEV);
	libmodepages_event_free(event);
	libmodepages_event_free(expect(LIBMODEPAGES_ACTION_REMOVED, 0, 0));
	expect_nothing();
}

static void send_lost(void)
{
	fake.messages[fake.count++].result = -ENOBUFS;
}

/* The messages that were kept come first, with their causes. */
static void test_lost(void **state)
{
	struct libmodepages_event *event;

	(void)state;
	send_lost();
	set(0, 0x01, 0x3333);
	send_change(0, SET(0x01));
	set(0, 0x2a, 0x4444);
	fake.drives[0].supported |= SET(0x05);
	fake.drives[0].generation = 9;
	fake.drives[1].there = true;

	event = expect(LIBMODEPAGES_ACTION_CHANGED, 0, 1);
	expect_page(event, 0, 0x01, 0x1111, 0x3333);
	assert_int_equal(libmodepages_event_get_cause(event),
			 LIBMODEPAGES_CAUSE_REFRESH);
	libmodepages_event_free(event);
	event = expect(LIBMODEPAGES_ACTION_CHANGED, 0, 2);
	expect_page(event, 0, 0x05, -1, 0x0000);
	expect_page(event, 1, 0x2a, 0x2222, 0x4444);
	assert_int_equal(libmodepages_event_get_cause(event),
			 LIBMODEPAGES_CAUSE_UNKNOWN);
	assert_int_equal(libmodepages_event_get_generation(event), 9);
	libmodepages_event_free(event);
	libmodepages_event_free(expect(LIBMODEPAGES_ACTION_ADDED, 1, 2));
	expect_nothing();
}

static void test_lost_remove(void **state)
{
	(void)state;
	send_lost();
	fake.drives[0].there = false;
	libmodepages_event_free(expect(LIBMODEPAGES_ACTION_REMOVED, 0, 0));
	expect_nothing();
}

/* Lost, and nothing has changed; what can't be read has not changed. */
static void test_lost_nothing(void **state)
{
	(void)state;
	send_lost();
	fake.drives[0].errors[0x01] = -EAGAIN;
	expect_nothing();
	fake.drives[0].errors[0x01] = 0;
	set(0, 0x01, 0x3333);
	send_lost();
	expect_change(0, 0x01, 0x1111, 0x3333);
}

/* Nothing is lost, wherever memory runs out. */
static void test_no_memory(void **state)
{
	struct libmodepages_event *event;
	size_t copies;

	(void)state;
	for (copies = 0; copies < 4; copies++) {
		u16 value = copies << 8;
		u16 before = copies ? value - 0x0100 : 0x1111;

		set(0, 0x01, value);
		set(0, 0x2a, value);
		fake.count = 0;
		fake.next = 0;
		send_change(0, SET(0x01) | SET(0x2a));
		fake.copies = copies;
		event = NULL;
		assert_int_equal(libmodepages_monitor_receive(monitor, &event),
				 -ENOMEM);
		fake.copies = SIZE_MAX;
		event = expect(LIBMODEPAGES_ACTION_CHANGED, 0, 2);
		expect_page(event, 0, 0x01, before, value);
		libmodepages_event_free(event);
		expect_nothing();
	}
}

static void test_failure(void **state)
{
	struct libmodepages_event *event;

	(void)state;
	fake.messages[fake.count++].result = -EBADF;
	assert_int_equal(libmodepages_monitor_receive(monitor, &event),
			 -EBADF);
	expect_nothing();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_page_sets),
		cmocka_unit_test(test_names),
#define MONITOR_TEST(name) \
		cmocka_unit_test_setup_teardown(name, setup, teardown)
		MONITOR_TEST(test_quiet),
		MONITOR_TEST(test_change),
		MONITOR_TEST(test_two_pages),
		MONITOR_TEST(test_same_bytes),
		MONITOR_TEST(test_no_page),
		MONITOR_TEST(test_no_news),
		MONITOR_TEST(test_old_message),
		MONITOR_TEST(test_own_doing),
		MONITOR_TEST(test_pages_come_and_go),
		MONITOR_TEST(test_page_that_can_not_be_read),
		MONITOR_TEST(test_drives_come_and_go),
		MONITOR_TEST(test_drive_that_is_not_there),
		MONITOR_TEST(test_drive_that_goes),
		MONITOR_TEST(test_lost),
		MONITOR_TEST(test_lost_remove),
		MONITOR_TEST(test_lost_nothing),
		MONITOR_TEST(test_no_memory),
		MONITOR_TEST(test_failure),
	};

	return cmocka_run_group_tests_name("monitor", tests, NULL, NULL);
}
