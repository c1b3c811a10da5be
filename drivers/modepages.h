/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Everything the files of the module share, grouped by the file it lives in.
 */
#ifndef MODEPAGES_H
#define MODEPAGES_H

#include <linux/atomic.h>
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/modepages.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include <scsi/scsi_device.h>

#include "core/capability.h"
#include "core/change.h"
#include "core/deny.h"
#include "core/exchange.h"
#include "core/mode.h"
#include "core/sense.h"

#define MODEPAGES_CONTROLS	(MODEPAGES_CONTROL_SAVED + 1)

struct kobj_uevent_env;
struct modepages_file;
struct modepages_snapshot;

/**
 * enum modepages_cause - what a change was found by
 * @MODEPAGES_CAUSE_NONE: there is none
 * @MODEPAGES_CAUSE_UNIT_ATTENTION: the drive told of news
 * @MODEPAGES_CAUSE_REFRESH: a discovery that was asked for, or that was not over
 * @MODEPAGES_CAUSE_RESUME: the machine has slept
 * @MODEPAGES_CAUSE_READ: somebody wanted to see a page
 * @MODEPAGES_CAUSE_SELECT: somebody has changed it through us
 * @MODEPAGES_CAUSE_RESTORE: such a change was put back, or in force again
 */
enum modepages_cause {
	MODEPAGES_CAUSE_NONE,
	MODEPAGES_CAUSE_UNIT_ATTENTION,
	MODEPAGES_CAUSE_REFRESH,
	MODEPAGES_CAUSE_RESUME,
	MODEPAGES_CAUSE_READ,
	MODEPAGES_CAUSE_SELECT,
	MODEPAGES_CAUSE_RESTORE,
};

/*
 * Sets of files that come and go: of the pages for each page control, and of
 * page 2Ah's fields.
 */
#define MODEPAGES_FILES_CAPABILITIES	MODEPAGES_CONTROLS
#define MODEPAGES_FILE_SETS		(MODEPAGES_CONTROLS + 1)

/**
 * struct modepages_result - what became of a MODE SENSE
 * @status: the outcome, whatever it is
 * @sequence: number of the question
 * @asked: when it was sent first
 * @generation: generation of the drive when it answered
 * @data: if the status is OK, the pages; points to @buffer
 * @buffer: the answer
 */
struct modepages_result {
	struct modepages_status status;
	u64 sequence;
	ktime_t asked;
	u64 generation;
	struct mode_data data;
	u8 *buffer;
};

/**
 * struct modepages_device - a drive's mode pages
 * @dev: the class device; its reference count is this object's
 * @cdev: the node
 * @list: membership in the list of attached drives; class mutex of scsi_device
 * @passive: nothing is ever sent to the drive; written before @dev is known to
 *	anybody else
 * @lock: protects the members below that name it; innermost, never held over
 *	anything that sleeps
 * @sdev: the drive, NULL once it has been removed; @lock, but whether it is
 *	NULL may be looked at without. No reference goes with it: a standing one
 *	would make the host driver's module busy for good.
 *	modepages_device_get_sdev() takes one for as long as it is needed.
 * @life: serialises what adds and deletes @dev, its files, and the notice of
 *	them; never held over a command, never taken under @command or in a
 *	sysfs callback
 * @added: @dev is in sysfs; @life
 * @files: for each page control, bitmap of the pages that have a file, and bitmap
 *	of the capabilities that have one; @life
 * @notified: generation that the pollers of sysfs have been told of; @life
 * @command: serialises commands to the drive; no other lock of ours is taken
 *	under it but @lock
 * @dialect: how the drive wants to be asked; @command
 * @leases: what open files have to put back, oldest first; @command
 * @files_open: the open files; @lock
 * @leased: number of leases; @lock
 * @exclusive: the one that keeps others from the drive, or NULL; @lock, and set to
 *	other than NULL with @command held, too
 * @reapply: the drive has lost what the leases are of; @lock
 * @changing: whoever has the turn is changing a page, and will publish; set with
 *	@command held; @lock
 * @restoring: pages are being put back, and will be told together; @lock
 * @discovery: finds out the supported pages, adds @dev after the first time
 * @attempts: number of times that a drive which is not ready has been given
 *	time; @lock
 * @next: reason of the discovery that is queued; @lock
 * @reason: of the one that is under way; @lock
 * @again: of one that the drive was not ready for, or too busy, to be tried again
 *	as soon as it is; @lock
 * @untold: no discovery has come to its end yet; @lock
 * @refresh_asked: number of discoveries that were asked for; @lock
 * @refresh_done: the last of them that is over; @lock
 * @refresh_error: its outcome, 0 or a negative errno; @lock
 * @query: asks the drive on behalf of sysfs
 * @queries: what @query has to ask; @lock
 * @publish: brings files and pollers up to date, and sends the event "change"
 * @changed: bitmap of pages that have changed since the last such event; @lock
 * @cause: of the last of these changes whose cause is known, or else of the first;
 *	@lock
 * @told_read: when a change that was found by reading was last told; @lock
 * @wait: woken when something that is waited for is over or has changed, and
 *	when the drive is removed
 * @supported: bitmap of page codes; @lock
 * @listed: those of @supported that page 3Fh returns; @lock
 * @absent: for each page control but that of current values, bitmap of pages
 *	that the drive has no such values of, as far as it has been asked; @lock
 * @unsound: bitmap of page controls whose answer to page 3Fh makes no sense;
 *	@lock
 * @snapshots: last answer for each page control and page code, 3Fh included, that
 *	was asked for, the last one first; @lock
 * @sequence: number of questions so far; grows under @command and @lock
 * @stale: answers up to this one are of no use any more; @lock
 * @selected: and current or saved values up to this one are older than the last MODE
 *	SELECT of ours, which may have changed other pages, too; @lock
 * @saved: saved values up to this one are older than the last MODE SELECT that has
 *	saved any; @lock
 * @attentions: compat_unit_attentions() as last seen; @lock
 * @generation: number of changes of a page seen, and of news after which pages
 *	may have changed
 * @max_age_ms: how old a snapshot of current or saved values may be for sysfs,
 *	in milliseconds; -1: any age. A single word, read and written as such
 * @yielded: when the drive was last left alone because it was busy; @lock
 * @quirks: MODEPAGES_QUIRK_*; @lock
 * @last_status: outcome of the last command; @lock
 * @medium_type: of the last mode parameter header; @lock
 * @device_specific: of the last mode parameter header; @lock
 */
struct modepages_device {
	struct device dev;
	struct cdev cdev;
	struct list_head list;
	bool passive;

	spinlock_t lock;	/* innermost; see the members that name it */
	struct scsi_device *sdev;

	struct mutex life;	/* what is in sysfs of @dev */
	bool added;
	u64 files[MODEPAGES_FILE_SETS];
	u64 notified;

	struct mutex command;	/* a command is under way */
	struct mode_dialect dialect;
	struct list_head leases;

	struct list_head files_open;
	unsigned int leased;
	const struct modepages_file *exclusive;
	bool reapply;
	bool changing;
	bool restoring;

	struct delayed_work discovery;
	unsigned int attempts;
	enum modepages_cause next;
	enum modepages_cause reason;
	enum modepages_cause again;
	bool untold;
	u64 refresh_asked;
	u64 refresh_done;
	int refresh_error;

	struct work_struct query;
	struct list_head queries;
	struct delayed_work publish;
	u64 changed;
	enum modepages_cause cause;
	ktime_t told_read;
	wait_queue_head_t wait;

	u64 supported;
	u64 listed;
	u64 absent[MODEPAGES_CONTROLS];
	u8 unsound;
	struct list_head snapshots;
	u64 sequence;
	u64 stale;
	u64 selected;
	u64 saved;
	u64 attentions;
	atomic64_t generation;
	int max_age_ms;
	ktime_t yielded;

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

struct modepages_device *modepages_device_attach(struct scsi_device *sdev,
						 bool passive);
void modepages_device_add(struct modepages_device *md);
void modepages_device_detach(struct modepages_device *md);

bool modepages_device_gone(struct modepages_device *md);
struct scsi_device *modepages_device_get_sdev(struct modepages_device *md);
u64 modepages_device_supported(struct modepages_device *md);
u64 modepages_device_quirks(struct modepages_device *md);
void modepages_device_add_quirks(struct modepages_device *md, u64 quirks);
void modepages_device_note_status(struct modepages_device *md,
				  const struct modepages_status *status);
void modepages_device_note_header(struct modepages_device *md,
				  const struct mode_data *data);

/* With @lock held. */
void modepages_device_queue(struct modepages_device *md,
			    struct work_struct *work);
bool modepages_device_soon(struct modepages_device *md,
			   struct delayed_work *work, unsigned long delay);
bool modepages_device_later(struct modepages_device *md,
			    struct delayed_work *work, unsigned long delay);

static inline struct modepages_device *dev_to_modepages(struct device *dev)
{
	return container_of(dev, struct modepages_device, dev);
}

/* discover.c: which pages are there? */

int modepages_discover(struct modepages_device *md, bool *unready);

/* refresh.c: when to discover */

void modepages_refresh_work(struct work_struct *work);
void modepages_refresh_start(struct modepages_device *md);
void modepages_refresh_unready(struct modepages_device *md);
void modepages_refresh_answered(struct modepages_device *md);
void modepages_refresh_because(struct modepages_device *md,
			       enum modepages_cause reason);
int modepages_refresh(struct modepages_device *md);

/* snapshot.c: what the drive has answered */

/**
 * struct modepages_key - what is asked for in order to see a page
 * @control: page control
 * @code: page code, 3Fh included
 */
struct modepages_key {
	u8 control;
	u8 code;
};

/**
 * struct modepages_snapshot - one answer of the drive
 * @refs: number of users
 * @list: membership in @snapshots of the drive; @lock of the drive
 * @key: what was asked for
 * @sequence: number of the last question that it answers; @lock of the drive
 * @asked: when that was sent; @lock of the drive
 * @answered: when the answer was there; @lock of the drive
 * @status: what became of the command; @data holds only if that is OK
 * @generation: generation of the drive when this was kept
 * @good: the answer that held before this one, which does not, or NULL; with a
 *	reference
 * @data: the pages; points to @bytes
 * @length: size of @bytes
 * @bytes: the pages as the drive sent them, without header and descriptors
 *
 * Never written again once modepages_keep() has made it known, but for @refs, @list
 * and what tells of the question: the drive may say the same once more.
 */
struct modepages_snapshot {
	refcount_t refs;
	struct list_head list;
	struct modepages_key key;
	u64 sequence;
	ktime_t asked;
	ktime_t answered;
	struct modepages_status status;
	u64 generation;
	struct modepages_snapshot *good;
	struct mode_data data;
	size_t length;
	u8 bytes[] __counted_by(length);
};

/**
 * struct modepages_age - how old an answer may be
 * @began: asked for at this time or later is always good enough
 * @oldest: so is answered at this time or later
 */
struct modepages_age {
	ktime_t began;
	ktime_t oldest;
};

void modepages_snapshot_put(struct modepages_snapshot *snapshot);
void modepages_snapshot_drop_all(struct modepages_device *md);
int modepages_snapshot_page(const struct modepages_snapshot *snapshot, u8 page,
			    struct mode_page *result);
struct modepages_snapshot *
modepages_snapshot_new(const struct modepages_result *result,
		       struct modepages_key key);
bool modepages_snapshot_holds(const struct modepages_snapshot *snapshot);

/* With @lock held. */
struct modepages_snapshot *
modepages_snapshot_get(struct modepages_snapshot *snapshot);
struct modepages_snapshot *
modepages_snapshot_good(struct modepages_snapshot *snapshot);
struct modepages_snapshot *
modepages_snapshot_at(struct modepages_device *md, u8 control, u8 code);
struct modepages_snapshot *
modepages_snapshot_same(struct modepages_device *md, struct modepages_key key,
			const struct modepages_result *result);
void modepages_snapshot_renew(struct modepages_snapshot *snapshot,
			      const struct modepages_result *result);
struct modepages_snapshot *
modepages_snapshot_replace(struct modepages_device *md,
			   struct modepages_snapshot *snapshot);

/* known.c: which answer counts */

struct modepages_key modepages_snapshot_key(struct modepages_device *md,
					    u8 control, u8 page);
struct modepages_snapshot *
modepages_snapshot_find(struct modepages_device *md, u8 control, u8 page);
struct modepages_snapshot *
modepages_snapshot_last(struct modepages_device *md, u8 control, u8 page);
struct modepages_snapshot *
modepages_snapshot_young(struct modepages_device *md, u8 control, u8 page,
			 const struct modepages_age *age);

/* With @lock held. */
struct modepages_snapshot *
modepages_snapshot_newest(struct modepages_device *md, u8 control, u8 page);
struct modepages_snapshot *
modepages_snapshot_newest_good(struct modepages_device *md, u8 control,
			       u8 page);
void modepages_snapshot_outdate(struct modepages_device *md);
bool modepages_snapshot_stale(struct modepages_device *md,
			      const struct modepages_snapshot *snapshot);

/* keep.c: keeping it, and seeing what it tells of changes */

u64 modepages_data_codes(const struct mode_data *data);
void modepages_keep(struct modepages_device *md, struct modepages_key key,
		    enum modepages_cause cause,
		    struct modepages_snapshot *snapshot);
void modepages_keep_result(struct modepages_device *md,
			   struct modepages_key key, enum modepages_cause cause,
			   struct modepages_result *result);

/* ask.c: asking the drive for a snapshot */

bool modepages_all_unsound(struct modepages_device *md,
			   struct modepages_key key,
			   const struct modepages_status *status,
			   const struct mode_data *data);
struct modepages_snapshot *
modepages_ask(struct modepages_device *md, const struct modepages_file *who,
	      u8 control, u8 page);
struct modepages_snapshot *
modepages_ask_key(struct modepages_device *md, const struct modepages_file *who,
		  struct modepages_key key);

/* list.c: what there is of a page */

int modepages_list_entry(const struct modepages_file *mf, u8 code, u8 *ask,
			 struct modepages_list_entry *entry,
			 struct modepages_status *status);

/* polite.c: leaving a drive alone */

bool modepages_idle_soon(struct modepages_device *md, struct scsi_device *sdev);
bool modepages_idle_after_ours(struct modepages_device *md,
			       struct scsi_device *sdev);
int modepages_awake_get(struct scsi_device *sdev);
void modepages_awake_put(struct scsi_device *sdev, int awake);

/* query.c: asking the drive on behalf of sysfs */

struct modepages_snapshot *
modepages_query(struct modepages_device *md, u8 control, u8 page, bool *known);
void modepages_query_work(struct work_struct *work);

/* transport.c: sending commands */

#define MODEPAGES_TIMEOUT_MS	60000

/* Unit attentions and deferred errors are about something else: send again. */
#define MODEPAGES_TRIES		5

/**
 * struct modepages_turn - the right to send commands to a drive
 * @md: the drive; its @command is held
 * @sdev: the drive
 * @timeout_ms: time-out of each command in milliseconds
 * @bounded: fail while the host is handling an error, and after @deadline
 * @deadline: if @bounded, when it all has to be over
 */
struct modepages_turn {
	struct modepages_device *md;
	struct scsi_device *sdev;
	unsigned int timeout_ms;
	bool bounded;
	ktime_t deadline;
};

/**
 * struct modepages_command - a command
 * @cdb: the command
 * @direction: REQ_OP_DRV_IN or REQ_OP_DRV_OUT
 * @buffer: its data
 * @length: size of @buffer in bytes
 */
struct modepages_command {
	u8 cdb[MODE_SENSE_CDB_MAX_LENGTH];
	blk_opf_t direction;
	u8 *buffer;
	size_t length;
};

int modepages_turn_begin(struct modepages_turn *turn,
			 struct modepages_device *md,
			 const struct modepages_file *who,
			 unsigned int timeout_ms,
			 struct modepages_status *status);
void modepages_turn_force(struct modepages_turn *turn,
			  struct modepages_device *md,
			  struct scsi_device *sdev, unsigned int timeout_ms);
bool modepages_turn_over(const struct modepages_turn *turn);
bool modepages_turn_recovering(const struct modepages_turn *turn);
void modepages_turn_end(struct modepages_turn *turn);
void modepages_execute(const struct modepages_turn *turn,
		       const struct modepages_command *command,
		       struct modepages_status *status);

/* mode-sense.c, mode-select.c: the two commands */

int modepages_mode_sense(struct modepages_device *md,
			 const struct modepages_file *who,
			 const struct mode_request *question,
			 unsigned int timeout_ms,
			 struct modepages_result *result);
int modepages_turn_sense(const struct modepages_turn *turn,
			 const struct mode_request *question,
			 struct modepages_result *result);
void modepages_result_free(struct modepages_result *result);
bool modepages_turn_select(const struct modepages_turn *turn, const u8 *page,
			   size_t length, bool save,
			   struct modepages_status *status);

/* write.c: writing a page, and looking at it before and after */

/**
 * struct modepages_copy - a page that has been read
 * @bytes: the page, or NULL
 * @length: its size in bytes
 * @saveable: its PS bit
 * @sequence: number of the question
 * @generation: generation of the drive that it belongs to
 * @status: outcome of the command
 */
struct modepages_copy {
	u8 *bytes;
	size_t length;
	bool saveable;
	u64 sequence;
	u64 generation;
	struct modepages_status status;
};

/**
 * struct modepages_write - a page on its way to the drive
 * @question: asks for the page
 * @cause: what a change that comes of it is told as
 * @before: the page as it has been read
 * @bytes: as it is to be
 * @mask: the bits that are given new values
 * @length: size of @bytes, and of @mask
 * @save: the drive is to save it
 * @result: gets MODEPAGES_RESULT_* added
 * @after: gets the page as the drive then has it
 * @status: gets the outcome
 */
struct modepages_write {
	struct mode_request question;
	enum modepages_cause cause;
	const struct modepages_copy *before;
	const u8 *bytes;
	const u8 *mask;
	size_t length;
	bool save;
	u32 result;
	struct modepages_copy after;
	struct modepages_status status;
};

int modepages_turn_page(const struct modepages_turn *turn,
			const struct mode_request *question,
			enum modepages_cause cause, struct modepages_copy *copy);
int modepages_copy_snapshot(struct modepages_copy *copy,
			    const struct modepages_snapshot *snapshot, u8 page);
bool modepages_copy_outdated(struct modepages_device *md,
			     const struct modepages_copy *copy);
void modepages_copy_free(struct modepages_copy *copy);
int modepages_turn_write(const struct modepages_turn *turn,
			 struct modepages_write *write);
bool modepages_write_undone(const struct modepages_status *status);

/* modify.c: changing a page at somebody's request */

/**
 * struct modepages_bits - bits of a page, and values for them
 * @page: page code
 * @subpage: subpage code
 * @length: size of the page in bytes
 * @mask: the bits
 * @value: the page with the values
 */
struct modepages_bits {
	u8 page;
	u8 subpage;
	size_t length;
	u8 *mask;
	u8 *value;
};

/**
 * struct modepages_change - a change of a page
 * @flags: MODEPAGES_CHANGE_*
 * @page: page code
 * @subpage: subpage code
 * @timeout_ms: time-out of each command in milliseconds
 * @length: size of the arrays that follow, in bytes
 * @mask: the bits to change, or NULL for the whole page
 * @value: their values
 * @expected_mask: the bits that have to be as expected, or NULL for those of @mask
 * @expected: their values, or NULL if they may be any
 * @before: gets the page before
 * @after: gets the page after
 * @result: gets MODEPAGES_RESULT_*
 * @generation: gets the generation of the drive that the last of these belongs to
 * @status: gets the outcome
 * @bits: of use to modepages_change() only
 * @bytes: memory of @bits
 */
struct modepages_change {
	u32 flags;
	u8 page;
	u8 subpage;
	unsigned int timeout_ms;
	size_t length;
	const u8 *mask;
	const u8 *value;
	const u8 *expected_mask;
	const u8 *expected;
	struct modepages_copy before;
	struct modepages_copy after;
	u32 result;
	u64 generation;
	struct modepages_status status;
	struct modepages_bits bits;
	u8 *bytes;
};

int modepages_change(struct modepages_file *mf, struct modepages_change *change);
void modepages_change_free(struct modepages_change *change);

/* lease.c: what open files have to put back */

/**
 * struct modepages_lease - bits of a page that an open file has to put back
 * @list: membership in @leases of the drive
 * @owner: the file
 * @page: page code
 * @subpage: subpage code
 * @verified: @ours is what the drive had after the change
 * @length: size of the page in bytes
 * @mask: the bits
 * @before: the page before the change
 * @ours: the page after it
 * @bytes: memory of the three
 *
 * Everything is protected by @command of the drive.
 */
struct modepages_lease {
	struct list_head list;
	struct modepages_file *owner;
	u8 page;
	u8 subpage;
	bool verified;
	size_t length;
	u8 *mask;
	u8 *before;
	u8 *ours;
	u8 bytes[];
};

/* With @command held. */
struct modepages_lease *modepages_lease_begin(struct modepages_file *mf,
					      const struct modepages_bits *bits,
					      const u8 *before);
void modepages_lease_renew(struct modepages_lease *lease, const u8 *after);
void modepages_lease_hand_up(struct modepages_lease *lease);
void modepages_lease_end(struct modepages_lease *lease);
void modepages_lease_settle(struct modepages_file *mf,
			    const struct modepages_bits *bits);
void modepages_lease_keep(struct modepages_file *mf);

/* image.c: giving a page the values that leases want it to have */

int modepages_image_put(const struct modepages_turn *turn,
			const struct modepages_lease *first,
			const struct modepages_file *owner,
			struct modepages_status *status);

/* restore.c: putting back what an open file has changed */

void modepages_restore(struct modepages_file *mf);
bool modepages_restore_hopes(const struct modepages_turn *turn,
			     const struct modepages_status *status);
bool modepages_restore_hopeless(const struct modepages_status *status);
void modepages_restore_failed(struct modepages_device *md, u64 pages,
			      const struct modepages_status *status,
			      const char *what);

/* reapply.c: putting it in force again */

void modepages_reapply_note(struct modepages_device *md);
bool modepages_reapply_pending(struct modepages_device *md);
bool modepages_turn_reapply(const struct modepages_turn *turn);
void modepages_reapply(struct modepages_device *md);

/* attention.c: what drives tell by unit attentions */

bool modepages_attention_counted(struct modepages_device *md);
void modepages_attention_check(struct modepages_device *md);
bool modepages_attention_note(const struct modepages_turn *turn,
			      const struct modepages_status *status);

/* events.c: the generation, and telling of changes */

/* Two digits for each page code, blanks between them, and a NUL. */
#define MODEPAGES_CODES_SIZE	(3 * MODE_PAGE_ALL)

void modepages_event_note(struct modepages_device *md, u64 pages,
			  enum modepages_cause cause);
void modepages_event_news(struct modepages_device *md,
			  enum modepages_cause cause);
void modepages_event_changing(struct modepages_device *md, bool changing);
void modepages_event_publish(struct modepages_device *md);
void modepages_event_begin(struct modepages_device *md);
void modepages_event_codes(u64 pages, char text[MODEPAGES_CODES_SIZE]);
int modepages_event_variables(const struct device *dev,
			      struct kobj_uevent_env *env);
int modepages_publish(struct modepages_device *md, bool now);
void modepages_publish_work(struct work_struct *work);

/* lock.c: open files, and having a drive for oneself */

/**
 * struct modepages_file - an open file description
 * @md: the drive's object, with a reference
 * @sdev: the drive, with a reference: keeps the host driver loaded
 * @generation: the one that INFO told last, or that was at open
 * @writable: it was opened for writing
 * @list: membership in @files_open of the drive
 * @pid: the process that opened it, with a reference
 * @comm: the name that it had
 * @leases: number of leases of this file; @lock of the drive
 * @close: puts back what it has changed, where a work item has to
 */
struct modepages_file {
	struct modepages_device *md;
	struct scsi_device *sdev;
	atomic64_t generation;
	bool writable;
	struct list_head list;
	struct pid *pid;
	char comm[TASK_COMM_LEN];
	unsigned int leases;
	struct work_struct close;
};

void modepages_file_begin(struct modepages_file *mf);
void modepages_file_end(struct modepages_file *mf);
bool modepages_file_holds(const struct modepages_file *mf);
int modepages_lock_take(struct modepages_file *mf);
bool modepages_locked_out(struct modepages_device *md,
			  const struct modepages_file *who);

/* cdev.c: the node */

extern const struct file_operations modepages_fops;

void modepages_cdev_exit(void);

/* cdev-read.c: the ioctls that write nothing, and what all have in common */

int modepages_invalid(struct modepages_status *status);
int modepages_passive(struct modepages_status *status);
int modepages_no_memory(struct modepages_status *status);
unsigned int modepages_timeout_ms(u32 wanted_ms);
int modepages_ioctl_info(struct modepages_file *mf, void *arg);
int modepages_ioctl_list(struct modepages_file *mf, void *arg);
int modepages_ioctl_get(struct modepages_file *mf, void *arg);

/* cdev-write.c: the ioctls that do */

int modepages_ioctl_set(struct modepages_file *mf, void *arg);
int modepages_ioctl_modify(struct modepages_file *mf, void *arg);
int modepages_ioctl_keep(struct modepages_file *mf, void *arg);

/* sysfs.c: the attributes, and which files there are */

extern const struct attribute_group *modepages_groups[];

void modepages_sysfs_init(void);
int modepages_sysfs_update(struct modepages_device *md);
void modepages_sysfs_notify(struct modepages_device *md);
int modepages_sysfs_errno(int error);

/* sysfs-pages.c: the pages as files */

extern const struct attribute_group modepages_pages_groups[MODEPAGES_CONTROLS];

void modepages_pages_init(void);
u64 modepages_pages_files(struct modepages_device *md, u8 control);
const struct attribute *modepages_page_attribute(u8 control, u8 code);

/* sysfs-capabilities.c: the fields of page 2Ah as files */

extern const struct attribute_group modepages_capabilities_group;

void modepages_capabilities_init(void);
u64 modepages_capabilities_files(struct modepages_device *md);

/* Room for the names of all flags there are. */
#define MODEPAGES_FLAGS_SIZE	512

void modepages_capabilities_flags(struct modepages_device *md,
				  char text[MODEPAGES_FLAGS_SIZE]);
const struct attribute *modepages_capability_attribute(unsigned int number);

#endif /* MODEPAGES_H */
