// SPDX-License-Identifier: MIT
/*
 * The module's files in sysfs, which everybody may read.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "internal.h"

#define PATH_ROOM	128
#define LINE_ROOM	256	/* the codes of all pages are 189 */

/* The number of bytes, or a negative errno. */
static ssize_t read_file(const char *path, void *buffer, size_t room)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length;

	if (fd < 0)
		return -errno;
	length = read(fd, buffer, room);
	if (length < 0)
		length = -errno;
	close(fd);
	return length;
}

/*
 * A page as its file has it: values that are young enough, or else the module
 * asks the drive for them.
 */
int sysfs_page(const char *address, enum libmodepages_control control, u8 code,
	       struct libmodepages_page **page)
{
	static const char * const directories[] = {
		[LIBMODEPAGES_CONTROL_CURRENT] = "modepages",
		[LIBMODEPAGES_CONTROL_CHANGEABLE] = "changeable",
		[LIBMODEPAGES_CONTROL_DEFAULT] = "default",
		[LIBMODEPAGES_CONTROL_SAVED] = "saved",
	};
	u8 buffer[MODE_PAGE_MAX_LENGTH];
	char path[PATH_ROOM];
	ssize_t length;
	int err;

	snprintf(path, sizeof(path), "/sys/class/modepages/%s/%s/%02x",
		 address, directories[control], code);
	length = read_file(path, buffer, sizeof(buffer));
	if (length < 0)
		return length;
	err = page_from_bytes(buffer, length, page);
	if (!err)
		(*page)->cached = true;
	return err;
}

/* A text of one line. */
static int read_line(const char *address, const char *name, char *line,
		     size_t room)
{
	char path[PATH_ROOM];
	ssize_t length;

	snprintf(path, sizeof(path), "/sys/class/modepages/%s/%s", address,
		 name);
	length = read_file(path, line, room - 1);
	if (length < 0)
		return length;
	line[length] = '\0';
	return 0;
}

/* The pages that a drive has. */
int sysfs_supported(const char *address, page_set *pages)
{
	char line[LINE_ROOM];
	int err = read_line(address, "supported", line, sizeof(line));

	if (!err)
		*pages = page_set_parse(line);
	return err;
}

int sysfs_generation(const char *address, u64 *generation)
{
	char line[LINE_ROOM];
	int err = read_line(address, "generation", line, sizeof(line));

	if (!err)
		*generation = strtoull(line, NULL, 10);
	return err;
}
