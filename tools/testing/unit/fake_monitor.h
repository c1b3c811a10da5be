/* SPDX-License-Identifier: MIT */
/*
 * The surroundings of a monitor, put in the place of the real ones by the linker:
 * messages in a script, and a sysfs that has what a test puts into it.
 */
#ifndef FAKE_MONITOR_H
#define FAKE_MONITOR_H

#include "internal.h"

enum { DRIVES = 2, MESSAGES = 8 };

/* A drive as sysfs shows it; its pages have two bytes of data. */
struct drive {
	const char *address;
	bool there;
	page_set supported;
	u64 generation;
	u16 values[64];
	int errors[64];
	bool grows;	/* whenever a page is read */
};

struct message {
	int result;
	struct uevent uevent;
};

struct fake {
	struct drive drives[DRIVES];
	struct message messages[MESSAGES];
	size_t count, next;
	size_t copies;	/* of pages that there is memory for */
	int open;
};

extern struct fake fake;

int __wrap_uevent_open(struct uevent_socket *socket);
void __wrap_uevent_close(struct uevent_socket *socket);
int __wrap_uevent_fd(const struct uevent_socket *socket);
int __wrap_uevent_receive(struct uevent_socket *socket, struct uevent *uevent);
int __wrap_lookup_all(struct libmodepages_drives *drives);
int __wrap_lookup_name(const char *name, struct lookup *lookup);
int __wrap_sysfs_page(const char *address, enum libmodepages_control control,
		      u8 code, struct libmodepages_page **page);
int __wrap_sysfs_supported(const char *address, page_set *pages);
int __wrap_sysfs_generation(const char *address, u64 *generation);
struct libmodepages_page *
__wrap_page_copy(const struct libmodepages_page *page);
struct libmodepages_page *
__real_page_copy(const struct libmodepages_page *page);

#endif /* FAKE_MONITOR_H */
