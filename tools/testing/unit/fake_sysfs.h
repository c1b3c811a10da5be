/* SPDX-License-Identifier: MIT */
/*
 * A made-up sysfs: paths in /sys lead to a directory of the test, and some files in
 * /dev have the numbers that they would have.
 */
#ifndef FAKE_SYSFS_H
#define FAKE_SYSFS_H

#include <dirent.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "internal.h"

/* An empty one; and away with it. */
void fake_sysfs_start(void);
void fake_sysfs_end(void);

/* From now on it is a file system of another type. */
void fake_sysfs_is_other(void);

/* A file or link, with the directories that it is in. */
void make(const char *path, const char *text, size_t length);
void make_link(const char *path, const char *target);
#define make_file(path, text)	make(path, text, strlen(text))

/* With all that is in it. */
void remove_path(const char *path);

/* The library has closed what it has opened. */
void expect_closed(void);

int __real_openat(int at, const char *path, int flags);
int __wrap_openat(int at, const char *path, int flags);
int __real_close(int fd);
int __wrap_close(int fd);
DIR *
__real_opendir(const char *path);
DIR *
__wrap_opendir(const char *path);
int __real_closedir(DIR *stream);
int __wrap_closedir(DIR *stream);
int __real_fstatfs(int fd, struct statfs *fs);
int __wrap_fstatfs(int fd, struct statfs *fs);
int __real_stat(const char *path, struct stat *file);
int __wrap_stat(const char *path, struct stat *file);

#endif /* FAKE_SYSFS_H */
