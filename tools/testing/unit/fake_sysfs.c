// SPDX-License-Identifier: MIT
/*
 * A made-up sysfs: the library's calls of the system, put in the place of the real
 * ones by the linker.
 */
#include <fcntl.h>
#include <linux/magic.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "fake_sysfs.h"

#include <cmocka.h>

static char root[64];
static bool is_other;
static int open_fds;

/* The path as it is here; the two buffers take turns. */
static const char *led(const char *path)
{
	static char buffers[2][512];
	static unsigned int next;
	char *buffer = buffers[next++ % 2];

	if (strncmp(path, "/sys", 4))
		return path;
	snprintf(buffer, sizeof(buffers[0]), "%s%s", root, path);
	return buffer;
}

int __wrap_openat(int at, const char *path, int flags)
{
	int fd = __real_openat(at, led(path), flags);

	assert_true(flags & O_CLOEXEC);
	open_fds += fd >= 0;
	return fd;
}

int __wrap_close(int fd)
{
	open_fds--;
	return __real_close(fd);
}

DIR *__wrap_opendir(const char *path)
{
	DIR *stream = __real_opendir(led(path));

	open_fds += !!stream;
	return stream;
}

int __wrap_closedir(DIR *stream)
{
	open_fds--;
	return __real_closedir(stream);
}

int __wrap_fstatfs(int fd, struct statfs *fs)
{
	int err = __real_fstatfs(fd, fs);

	fs->f_type = is_other ? EXT4_SUPER_MAGIC : SYSFS_MAGIC;
	return err;
}

static const struct {
	const char *path;
	mode_t mode;
	unsigned int major;
	unsigned int minor;
} nodes[] = {
	{ "/dev/sr0", S_IFBLK, 11, 0 },
	{ "/tmp/cdrom", S_IFBLK, 11, 0 },
	{ "/dev/modepages/2:0:0:0", S_IFCHR, 245, 0 },
	{ "/dev/sg0", S_IFCHR, 21, 0 },
	{ "/dev/sda", S_IFBLK, 8, 0 },
	{ "/dev/null", S_IFCHR, 1, 3 },
	{ "/etc/passwd", S_IFREG, 0, 0 },
};

int __wrap_stat(const char *path, struct stat *file)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(nodes); i++) {
		if (strcmp(path, nodes[i].path))
			continue;
		*file = (struct stat){
			.st_mode = nodes[i].mode,
			.st_rdev = makedev(nodes[i].major, nodes[i].minor),
		};
		return 0;
	}
	return __real_stat(led(path), file);
}

/* Building: with what a file or a link is in. */

static void make_parents(char *path)
{
	char *slash;

	for (slash = strchr(path + strlen(root) + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0755);
		*slash = '/';
	}
}

static const char *place(const char *path)
{
	char *full = (char *)led(path);

	make_parents(full);
	return full;
}

void make(const char *path, const char *text, size_t length)
{
	FILE *file = fopen(place(path), "w");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

void make_link(const char *path, const char *target)
{
	assert_int_equal(symlink(led(target), place(path)), 0);
}

void remove_path(const char *path)
{
	char command[512];

	snprintf(command, sizeof(command), "rm -r '%s'", led(path));
	assert_int_equal(system(command), 0);
}

void fake_sysfs_start(void)
{
	snprintf(root, sizeof(root), "/tmp/fake_sysfs.XXXXXX");
	assert_non_null(mkdtemp(root));
	is_other = false;
	open_fds = 0;
}

void fake_sysfs_end(void)
{
	remove_path("/sys");
	assert_int_equal(rmdir(root), 0);
}

void fake_sysfs_is_other(void)
{
	is_other = true;
}

void expect_closed(void)
{
	assert_int_equal(open_fds, 0);
}
