// SPDX-License-Identifier: MIT
/*
 * Files of sysfs, an ioctl that does nothing, and programs.
 */
#include <fcntl.h>
#include <scsi/sg.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

static void read_file(const char *path)
{
	char data[ALLOCATION];
	int fd = open(path, O_RDONLY);

	if (fd < 0 || read(fd, data, sizeof(data)) <= 0)
		die(path);
	close(fd);
}

void page_file(struct bench *bench)
{
	read_file(bench->page_path);
}

void trivial_file(struct bench *bench)
{
	read_file(bench->trivial_path);
}

static void read_again(int fd)
{
	char data[ALLOCATION];

	if (pread(fd, data, sizeof(data), 0) <= 0)
		die("pread");
}

void page_pread(struct bench *bench)
{
	read_again(bench->page);
}

void trivial_pread(struct bench *bench)
{
	read_again(bench->trivial);
}

/* It reaches a driver, which copies a number. */
void noop_ioctl(struct bench *bench)
{
	int version;

	if (ioctl(bench->sg, SG_GET_VERSION_NUM, &version))
		die("SG_GET_VERSION_NUM");
}

void run_program(char *const argv[])
{
	static posix_spawn_file_actions_t to_null;
	static bool ready;
	int status;
	pid_t pid;

	if (!ready) {
		posix_spawn_file_actions_init(&to_null);
		posix_spawn_file_actions_addopen(&to_null, STDOUT_FILENO,
						 "/dev/null", O_WRONLY, 0);
		ready = true;
	}
	/* sdparm says so by its status when it lacks names for some page. */
	if (posix_spawnp(&pid, argv[0], &to_null, NULL, argv, environ) ||
	    waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		die(argv[0]);
}

void sg_modes(struct bench *bench)
{
	char *const argv[] = { "sg_modes", "-a", (char *)bench->sg_path, NULL };

	run_program(argv);
}

void sdparm(struct bench *bench)
{
	char *const argv[] = { "sdparm", "--all", (char *)bench->sg_path,
			       NULL };

	run_program(argv);
}
