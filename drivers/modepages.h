/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Everything the files of the module share, grouped by the file it lives in.
 */
#ifndef MODEPAGES_H
#define MODEPAGES_H

#include <linux/atomic.h>
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/list.h>
#include <linux/modepages.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>

#include <scsi/scsi_device.h>

#include "core/exchange.h"
#include "core/mode.h"
#include "core/sense.h"

struct modepages_snapshot;

/**
 * struct modepages_result - what became of a MODE SENSE
 * @status: the outcome, whatever it is
 * @sequence: number of the answer
 * @generation: generation of the drive when it answered
 * @data: if the status is OK, the pages; points to @buffer
 * @buffer: the answer
 */
struct modepages_result {
	struct modepages_status status;
	u64 sequence;
	u64 generation;
	struct mode_data data;
	u8 *buffer;
};

/**
 * struct modepages_device - a drive's mode pages
 * @dev: the class device; its reference count is this object's
 * @cdev: the node
 * @list: membership in the list of attached drives; class mutex of scsi_device
 * @lock: protects the members below that name it; innermost, never held over
 *	anything that sleeps
 * @sdev: the drive, NULL once it has been removed; @lock. No reference goes with
 *	it: a standing one would make the host driver's module busy for good.
 *	modepages_device_get_sdev() takes one for as long as it is needed.
 * @life: serialises adding and deleting of @dev; never held over a command,
 *	never taken under @command or in a sysfs callback
 * @added: @dev is in sysfs; @life
 * @command: serialises commands to the drive; nothing is taken under it but
 *	@lock
 * @dialect: how the drive wants to be asked; @command
 * @sequence: number of answers so far; @command
 * @discovery: finds out the supported pages, then adds @dev
 * @discoveries: number of times it has run; the work alone
 * @query: asks the drive on behalf of sysfs
 * @queries: what @query has to ask; @lock
 * @wait: woken when a query is answered, and when the drive is removed
 * @supported: bitmap of page codes; written once before @dev is added
 * @listed: those of @supported that page 3Fh returns; as @supported
 * @unsound: bitmap of page controls whose answer to page 3Fh makes no sense;
 *	@lock
 * @snapshots: last answer for each modepages_key(); its own lock
 * @stale: answers up to this one are of no use any more; lock of @snapshots
 * @generation: number of changes of a page seen
 * @quirks: MODEPAGES_QUIRK_*; @lock
 * @last_status: outcome of the last command; @lock
 * @medium_type: of the last mode parameter header; @lock
 * @device_specific: of the last mode parameter header; @lock
 */
struct modepages_device {
	struct device dev;
	struct cdev cdev;
	struct list_head list;

	spinlock_t lock;	/* innermost; see the members that name it */
	struct scsi_device *sdev;

	struct mutex life;	/* @dev is being added or deleted */
	bool added;

	struct mutex command;	/* a command is under way */
	struct mode_dialect dialect;
	u64 sequence;

	struct delayed_work discovery;
	unsigned int discoveries;
	struct work_struct query;
	struct list_head queries;
	wait_queue_head_t wait;

	u64 supported;
	u64 listed;
	u8 unsound;
	struct xarray snapshots;
	u64 stale;
	atomic64_t generation;

	u64 quirks;
	struct modepages_status last_status;
	u8 medium_type;
	u8 device_specific;
};

/* main.c: class, SCSI interface, module */

extern const struct class modepages_class;
extern struct workqueue_struct *modepages_workqueue;

/* device.c: lifetime */

int modepages_device_init(void);
void modepages_device_exit(void);

struct modepages_device *modepages_device_attach(struct scsi_device *sdev);
void modepages_device_detach(struct modepages_device *md);

bool modepages_device_gone(struct modepages_device *md);
struct scsi_device *modepages_device_get_sdev(struct modepages_device *md);
u64 modepages_device_quirks(struct modepages_device *md);
void modepages_device_add_quirks(struct modepages_device *md, u64 quirks);
void modepages_device_note_status(struct modepages_device *md,
				  const struct modepages_status *status);
void modepages_device_note_header(struct modepages_device *md,
				  const struct mode_data *data);
void modepages_device_queue(struct modepages_device *md,
			    struct work_struct *work);

static inline struct modepages_device *dev_to_modepages(struct device *dev)
{
	return container_of(dev, struct modepages_device, dev);
}

/* discover.c: which pages are there? */

bool modepages_discover(struct modepages_device *md);

/* snapshot.c: what the drive has answered */

/**
 * struct modepages_snapshot - one answer of the drive, never written again
 * @refs: number of users
 * @sequence: number of the answer
 * @status: what became of the command; what follows holds only if that is OK
 * @generation: generation of the drive when it answered
 * @data: the pages; points to @bytes
 * @length: size of @bytes
 * @bytes: the pages as the drive sent them, without header and descriptors
 */
struct modepages_snapshot {
	refcount_t refs;
	u64 sequence;
	struct modepages_status status;
	u64 generation;
	struct mode_data data;
	size_t length;
	u8 bytes[] __counted_by(length);
};

struct modepages_snapshot *
modepages_snapshot_ask(struct modepages_device *md, u8 control, u8 page);
struct modepages_snapshot *
modepages_snapshot_find(struct modepages_device *md, u8 control, u8 page);
struct modepages_snapshot *
modepages_snapshot_last(struct modepages_device *md, u8 control, u8 page);
void modepages_snapshot_put(struct modepages_snapshot *snapshot);
void modepages_snapshot_invalidate(struct modepages_device *md, u64 sequence);
void modepages_snapshot_compare(struct modepages_device *md,
				const struct modepages_result *result,
				u8 control, const struct mode_page *page);
void modepages_snapshot_drop_all(struct modepages_device *md);
int modepages_snapshot_page(const struct modepages_snapshot *snapshot, u8 page,
			    struct mode_page *result);
bool modepages_snapshot_unsound(const struct modepages_snapshot *snapshot,
				unsigned int key);
unsigned int modepages_key(struct modepages_device *md, u8 control, u8 page);
struct modepages_snapshot *
modepages_snapshot_ask_key(struct modepages_device *md, unsigned int key);

/* list.c: what there is of a page */

int modepages_list_entry(struct modepages_device *md, u8 code, u8 *ask,
			 struct modepages_list_entry *entry,
			 struct modepages_status *status);

/* query.c: asking the drive on behalf of sysfs */

struct modepages_snapshot *
modepages_query(struct modepages_device *md, u8 control, u8 page);
void modepages_query_work(struct work_struct *work);

/* transport.c: the commands */

#define MODEPAGES_TIMEOUT_MS	60000

int modepages_mode_sense(struct modepages_device *md,
			 const struct mode_request *question,
			 unsigned int timeout_ms,
			 struct modepages_result *result);
void modepages_result_free(struct modepages_result *result);

/* cdev.c: the node */

extern const struct file_operations modepages_fops;

/* sysfs.c: the attributes */

extern const struct attribute_group *modepages_groups[];

void modepages_sysfs_init(void);

#endif /* MODEPAGES_H */
