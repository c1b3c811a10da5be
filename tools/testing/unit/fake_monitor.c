// SPDX-License-Identifier: MIT
/*
 * What a monitor sees in the tests.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include "fake_monitor.h"

#include <cmocka.h>

struct fake fake;

static struct drive *drive_at(const char *address)
{
	size_t i;

	for (i = 0; i < DRIVES; i++)
		if (fake.drives[i].there &&
		    !strcmp(fake.drives[i].address, address))
			return &fake.drives[i];
	return NULL;
}

int __wrap_uevent_open(struct uevent_socket *socket)
{
	(void)socket;
	fake.open++;
	return 0;
}

void __wrap_uevent_close(struct uevent_socket *socket)
{
	(void)socket;
	fake.open--;
}

int __wrap_uevent_fd(const struct uevent_socket *socket)
{
	(void)socket;
	return 77;
}

int __wrap_uevent_receive(struct uevent_socket *socket, struct uevent *uevent)
{
	const struct message *message = &fake.messages[fake.next];

	(void)socket;
	assert_int_equal(fake.open, 1);
	if (fake.next == fake.count)
		return -EAGAIN;
	fake.next++;
	*uevent = message->uevent;
	return message->result;
}

static struct libmodepages_info *info_of(const struct drive *drive)
{
	const struct libmodepages_info info = {
		.address = (char *)drive->address,
		.node = "/dev/modepages/x",
		.block = "/dev/sr0",
		.vendor = "", .model = "", .revision = "",
		.backend = LIBMODEPAGES_BACKEND_MODULE,
	};

	return info_copy(&info);
}

/* The state of before is not read before the messages are kept. */
int __wrap_lookup_all(struct libmodepages_drives *drives)
{
	size_t i;

	assert_int_equal(fake.open, 1);
	drives->infos = calloc(DRIVES, sizeof(*drives->infos));
	for (i = 0; i < DRIVES; i++)
		if (fake.drives[i].there)
			drives->infos[drives->count++] =
				info_of(&fake.drives[i]);
	return 0;
}

int __wrap_lookup_name(const char *name, struct lookup *lookup)
{
	const struct drive *drive = drive_at(name);

	if (!drive)
		return -ENODEV;
	lookup->info = info_of(drive);
	return 0;
}

int __wrap_sysfs_page(const char *address, enum libmodepages_control control,
		      u8 code, struct libmodepages_page **page)
{
	struct drive *drive = drive_at(address);
	u8 bytes[4] = { code, 2 };

	assert_int_equal(control, LIBMODEPAGES_CONTROL_CURRENT);
	if (!drive)
		return -ENODEV;
	if (drive->grows)
		drive->generation++;
	if (!(drive->supported >> code & 1))
		return -ENOENT;
	if (drive->errors[code])
		return drive->errors[code];
	put_unaligned_be16(drive->values[code], bytes + 2);
	return page_from_bytes(bytes, sizeof(bytes), page);
}

int __wrap_sysfs_supported(const char *address, page_set *pages)
{
	const struct drive *drive = drive_at(address);

	if (drive)
		*pages = drive->supported;
	return drive ? 0 : -ENODEV;
}

int __wrap_sysfs_generation(const char *address, u64 *generation)
{
	const struct drive *drive = drive_at(address);

	if (drive)
		*generation = drive->generation;
	return drive ? 0 : -ENODEV;
}

struct libmodepages_page *
__wrap_page_copy(const struct libmodepages_page *page)
{
	return fake.copies-- ? __real_page_copy(page) : NULL;
}
