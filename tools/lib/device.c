// SPDX-License-Identifier: MIT
/*
 * Opening a drive: through the module, or around it.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "internal.h"

static int open_module(struct libmodepages_drive *drive, const char *node,
		       unsigned int flags)
{
	int mode = flags & LIBMODEPAGES_WRITE ? O_RDWR : O_RDONLY;

	if (flags & LIBMODEPAGES_EXCLUSIVE)
		mode |= O_EXCL;
	drive->fd = open(node, mode | O_CLOEXEC);
	if (drive->fd < 0)
		return -errno;
	drive->backend = &module_backend;
	drive->info->backend = LIBMODEPAGES_BACKEND_MODULE;
	return 0;
}

static int open_block(struct libmodepages_drive *drive, const char *block,
		      unsigned int flags)
{
	int mode = flags & LIBMODEPAGES_WRITE ? O_RDWR : O_RDONLY;

	/* O_EXCL would keep file systems away, and no command. */
	if (flags & LIBMODEPAGES_EXCLUSIVE)
		return -EOPNOTSUPP;
	/* The module keeps away from it; so does whoever goes without. */
	if (drive_denied(drive->info->vendor, drive->info->model))
		return -EOPNOTSUPP;
	/* Without O_NONBLOCK, sr closes the tray and wants a disc. */
	drive->fd = open(block, mode | O_NONBLOCK | O_CLOEXEC);
	if (drive->fd < 0)
		return -errno;
	drive->backend = &sgio_backend;
	drive->info->backend = LIBMODEPAGES_BACKEND_SG_IO;
	return 0;
}

static int open_found(struct libmodepages_drive *drive,
		      const struct lookup *lookup, unsigned int flags)
{
	const char *node = lookup->node ?: drive->info->node;
	const char *block = lookup->block ?: drive->info->block;
	int err = -ENXIO;

	if (node)
		err = open_module(drive, node, flags);
	/*
	 * A node that is missing, as in a container, or whose module has just
	 * gone, is no reason to give up. One that may not be opened is: the
	 * module may have been told to keep away from this very drive.
	 */
	if (err != -ENXIO && err != -ENOENT && err != -ENODEV)
		return err;
	if (block && !lookup->node)
		err = open_block(drive, block, flags);
	return err;
}

/**
 * libmodepages_drive_open() - open a drive
 * @name: the module's node (``/dev/modepages/0:0:0:0``), a block device
 *	(``/dev/sr0``), a symbolic link to either, a directory in sysfs
 *	(``/sys/class/modepages/0:0:0:0``, ``/sys/block/sr0``, the SCSI device),
 *	or a SCSI address (``0:0:0:0``)
 * @flags: 0, or %LIBMODEPAGES_WRITE to change pages, or %LIBMODEPAGES_EXCLUSIVE
 *	to change pages and to have no command of others reach the drive through
 *	the module meanwhile
 * @drive: result; close with libmodepages_drive_close()
 *
 * Takes the module where it serves the drive, else SG_IO. Where the module's
 * node exists and may not be opened, this fails: it does not go around it. An
 * empty drive can be opened like any other.
 *
 * Return: 0, or
 *
 *  * -EINVAL: @name has none of these forms, or @flags has unknown ones.
 *  * -EBUSY: somebody else has it exclusively, or has something to put back.
 *  * -ENOENT: there is no such file.
 *  * -ENODEV: no drive has this address, or the drive is gone.
 *  * -ENOTTY: there is something, and it is no optical drive.
 *  * -ENXIO: neither the module nor the sr driver serves the drive.
 *  * -EOPNOTSUPP: commands are known to do harm to this device, and it is not
 *    the module that would be sent them; or %LIBMODEPAGES_EXCLUSIVE without the
 *    module.
 *  * -EACCES or -EPERM: no permission.
 *  * -ENOMEM, and what else open(2) and stat(2) fail with.
 */
int libmodepages_drive_open(const char *name, unsigned int flags,
			    struct libmodepages_drive **drive)
{
	struct libmodepages_drive *new;
	struct lookup lookup;
	int err;

	if (flags & ~(LIBMODEPAGES_WRITE | LIBMODEPAGES_EXCLUSIVE))
		return -EINVAL;
	/* Whoever keeps others away has to have a right to change something. */
	if (flags & LIBMODEPAGES_EXCLUSIVE)
		flags |= LIBMODEPAGES_WRITE;
	new = calloc(1, sizeof(*new));
	if (!new)
		return -ENOMEM;

	err = lookup_name(name, &lookup);
	if (!err) {
		new->info = lookup.info;
		new->writable = flags & LIBMODEPAGES_WRITE;
		err = open_found(new, &lookup, flags);
	}
	if (err) {
		libmodepages_info_free(new->info);
		free(new);
		return err;
	}
	*drive = new;
	return 0;
}

/**
 * libmodepages_drive_close() - close a drive
 * @drive: the drive, or NULL; pages and lists got from it live on
 */
void libmodepages_drive_close(struct libmodepages_drive *drive)
{
	if (!drive)
		return;
	close(drive->fd);
	libmodepages_info_free(drive->info);
	free(drive);
}

/**
 * libmodepages_drive_get_fd() - the file descriptor of an open drive
 * @drive: the drive
 *
 * To be passed on to another process, which may do nothing with it but keep it
 * open: changes with %LIBMODEPAGES_RESTORE stay until the last one of the
 * processes that have it has closed it. It is close-on-exec.
 *
 * Return: the descriptor, valid as long as @drive.
 */
int libmodepages_drive_get_fd(const struct libmodepages_drive *drive)
{
	return drive->fd;
}

/**
 * libmodepages_drive_get_info() - what is known of an open drive
 * @drive: the drive
 *
 * Return: the information, valid as long as @drive.
 */
const struct libmodepages_info *
libmodepages_drive_get_info(const struct libmodepages_drive *drive)
{
	return drive->info;
}
