// SPDX-License-Identifier: GPL-2.0-only
/*
 * The discovery of a drive's pages: quiet, and with nothing but MODE SENSE.
 */
#include <linux/bits.h>
#include <linux/err.h>
#include <linux/kernel.h>

#include "modepages.h"

/* Pages of MMC, for drives that do not tell what they have. */
static const u8 modepages_mmc_pages[] = {
	0x01, 0x03, 0x05, 0x07, 0x08, 0x0d, 0x0e, 0x1a, 0x1c, 0x1d,
	MODE_PAGE_CAPABILITIES,
};

/**
 * struct modepages_found - what a discovery has come to know
 * @supported: bitmap of the pages that answered
 * @listed: those that page 3Fh returned
 * @candidates: pages worth asking for one by one
 * @capabilities: what became of asking for page 2Ah
 * @told: page 3Fh, or a page that was asked for after it, has answered
 * @doubt: errno of the first command that was no answer, or 0
 * @error: errno of the command that ended it early, or 0
 */
struct modepages_found {
	u64 supported;
	u64 listed;
	u64 candidates;
	struct modepages_result capabilities;
	bool told;
	int doubt;
	int error;
};

/* What an answer means for the discovery. */
enum modepages_discovery {
	MODEPAGES_DISCOVERY_GOES_ON,
	MODEPAGES_DISCOVERY_ENDS,	/* there is no use in asking more */
	MODEPAGES_DISCOVERY_WAITS,	/* it is worth asking again, later */
};

static enum modepages_discovery
modepages_status_verdict(const struct modepages_status *status)
{
	switch (status->code) {
	case MODEPAGES_STATUS_TIMEOUT:
	case MODEPAGES_STATUS_NO_DEVICE:
		return MODEPAGES_DISCOVERY_ENDS;
	case MODEPAGES_STATUS_NO_MEMORY:
	case MODEPAGES_STATUS_BECOMING_READY:
	case MODEPAGES_STATUS_FORMAT_IN_PROGRESS:
	case MODEPAGES_STATUS_BUSY:
	case MODEPAGES_STATUS_LOCKED:
		return MODEPAGES_DISCOVERY_WAITS;
	default:
		/* It has more news than were listened to. */
		if (status->code &&
		    status->sense_key == SENSE_KEY_UNIT_ATTENTION)
			return MODEPAGES_DISCOVERY_WAITS;
		return MODEPAGES_DISCOVERY_GOES_ON;
	}
}

static enum modepages_discovery
modepages_discovery_verdict(struct modepages_found *found,
			    const struct modepages_status *status)
{
	enum modepages_discovery verdict = modepages_status_verdict(status);

	if (status->code != MODEPAGES_STATUS_NO_SUCH_PAGE)
		found->doubt = found->doubt ?: status_errno(status);
	if (verdict != MODEPAGES_DISCOVERY_GOES_ON)
		found->error = status_errno(status);
	return verdict;
}

/* Not even a command could be sent. */
static enum modepages_discovery
modepages_discovery_failed(struct modepages_found *found, int error)
{
	found->doubt = error;
	found->error = error;
	return error == -ENOMEM || error == -EBUSY ? MODEPAGES_DISCOVERY_WAITS :
						     MODEPAGES_DISCOVERY_ENDS;
}

/* The first command a drive gets from us: one that it knows from sr. */
static enum modepages_discovery
modepages_discover_capabilities(struct modepages_device *md,
				struct modepages_found *found)
{
	const struct mode_request request = {
		.page = MODE_PAGE_CAPABILITIES,
		.control = MODEPAGES_CONTROL_CURRENT,
		.allocation = MODE_ALLOCATION_SMALL,
	};
	struct modepages_result *result = &found->capabilities;
	struct mode_page page;

	if (!modepages_mode_sense(md, NULL, &request, MODEPAGES_TIMEOUT_MS,
				  result) &&
	    !mode_page_find(&result->data, request.page, 0, &page))
		found->supported |= BIT_ULL(request.page);
	return modepages_discovery_verdict(found, &result->status);
}

/* That answer is what there is of the page, if no later one has it. */
static void modepages_keep_capabilities(struct modepages_device *md,
					struct modepages_found *found)
{
	const struct modepages_key key = {
		.control = MODEPAGES_CONTROL_CURRENT,
		.code = MODE_PAGE_CAPABILITIES,
	};

	if (found->supported & ~found->listed & BIT_ULL(key.code))
		modepages_keep_result(md, key, MODEPAGES_CAUSE_NONE,
				      &found->capabilities);
	modepages_result_free(&found->capabilities);
}

/* Notes what an answer to page 3Fh lists; false if it is of no use. */
static bool modepages_discover_listed(struct modepages_found *found,
				      const struct mode_data *data)
{
	found->candidates |= modepages_data_codes(data);
	if (!mode_data_sound(data) || !found->candidates) {
		found->doubt = found->doubt ?: -EPROTO;
		return false;
	}
	found->listed = found->candidates;
	found->supported |= found->listed;
	found->told = true;
	return true;
}

/* Asks for all pages, and finds those worth asking for by themselves. */
static enum modepages_discovery
modepages_discover_all(struct modepages_device *md,
		       struct modepages_found *found)
{
	struct modepages_snapshot *snapshot;
	enum modepages_discovery verdict;

	snapshot = modepages_ask(md, NULL, MODEPAGES_CONTROL_CURRENT,
				 MODE_PAGE_ALL);
	if (IS_ERR(snapshot))
		return modepages_discovery_failed(found, PTR_ERR(snapshot));

	verdict = modepages_discovery_verdict(found, &snapshot->status);
	if (snapshot->status.code == MODEPAGES_STATUS_NO_SUCH_PAGE)
		modepages_device_add_quirks(md, MODEPAGES_QUIRK_NO_ALL_PAGES);
	else if (!snapshot->status.code &&
		 modepages_discover_listed(found, &snapshot->data))
		verdict = MODEPAGES_DISCOVERY_ENDS;
	modepages_snapshot_put(snapshot);
	return verdict;
}

static enum modepages_discovery
modepages_discover_page(struct modepages_device *md,
			struct modepages_found *found, u8 code)
{
	const struct modepages_key key = {
		.control = MODEPAGES_CONTROL_CURRENT,
		.code = code,
	};
	struct modepages_snapshot *snapshot;
	enum modepages_discovery verdict;
	struct mode_page page;

	snapshot = modepages_ask_key(md, NULL, key);
	if (IS_ERR(snapshot))
		return modepages_discovery_failed(found, PTR_ERR(snapshot));

	verdict = modepages_discovery_verdict(found, &snapshot->status);
	if (modepages_snapshot_holds(snapshot))
		found->supported &= ~BIT_ULL(code);
	if (!modepages_snapshot_page(snapshot, code, &page)) {
		found->supported |= BIT_ULL(code);
		found->told = true;
	}
	modepages_snapshot_put(snapshot);
	return verdict;
}

static enum modepages_discovery
modepages_discover_pages(struct modepages_device *md,
			 struct modepages_found *found, u64 pages)
{
	enum modepages_discovery verdict = MODEPAGES_DISCOVERY_GOES_ON;
	unsigned int code;

	for (code = 0; code < MODE_PAGE_ALL && !verdict; code++)
		if (pages & BIT_ULL(code))
			verdict = modepages_discover_page(md, found, code);
	return verdict;
}

/* Those of the pages whose answers are older than the drive's last news. */
static u64 modepages_discovery_outdated(struct modepages_device *md, u64 pages)
{
	struct modepages_snapshot *snapshot;
	u64 outdated = 0;
	unsigned int code;

	modepages_attention_check(md);
	spin_lock(&md->lock);
	for (code = 0; code < MODE_PAGE_ALL; code++) {
		if (!(pages & BIT_ULL(code)))
			continue;
		snapshot = modepages_snapshot_newest(md,
						     MODEPAGES_CONTROL_CURRENT,
						     code);
		if (snapshot && modepages_snapshot_stale(md, snapshot))
			outdated |= BIT_ULL(code);
	}
	spin_unlock(&md->lock);
	return outdated;
}

static enum modepages_discovery
modepages_discover_one_by_one(struct modepages_device *md,
			      struct modepages_found *found)
{
	const u64 first = BIT_ULL(MODE_PAGE_CAPABILITIES);
	enum modepages_discovery verdict;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(modepages_mmc_pages); i++)
		found->candidates |= BIT_ULL(modepages_mmc_pages[i]);

	/*
	 * A page that is known to be there comes first: a refusal of it is about
	 * the shape of the command.
	 */
	verdict = modepages_discover_pages(md, found, first);
	if (!verdict)
		verdict = modepages_discover_pages(md, found,
						   found->candidates & ~first);
	if (verdict)
		return verdict;
	/* Once: a drive that always has news would be asked for ever. */
	return modepages_discover_pages(md, found,
					modepages_discovery_outdated(md, found->candidates));
}

/* Page 3Fh may have come with news, and not list the page that came before it. */
static void modepages_discover_unlisted(struct modepages_device *md,
					struct modepages_found *found)
{
	const struct modepages_result *first = &found->capabilities;
	bool stale;

	spin_lock(&md->lock);
	stale = first->sequence <= md->stale;
	spin_unlock(&md->lock);
	if (stale && found->supported & ~found->listed &
		     BIT_ULL(MODE_PAGE_CAPABILITIES))
		modepages_discover_page(md, found, MODE_PAGE_CAPABILITIES);
}

/*
 * A discovery that was cut short, or in which a command was no answer, takes no
 * page away: the drive may be in a bad moment.
 */
static void modepages_discovered(struct modepages_device *md,
				 const struct modepages_found *found)
{
	u64 supported = found->supported;
	u64 changed;

	spin_lock(&md->lock);
	if (found->doubt)
		supported |= md->supported;
	if (found->listed || !found->doubt)
		md->listed = found->listed;
	if (found->listed)
		md->unsound &= ~BIT(MODEPAGES_CONTROL_CURRENT);
	changed = supported ^ md->supported;
	md->supported = supported;
	modepages_event_note(md, changed, MODEPAGES_CAUSE_NONE);
	spin_unlock(&md->lock);
	if (changed)
		modepages_event_publish(md);
}

/**
 * modepages_discover() - find out which pages a drive has
 * @md: the drive; gets its supported and listed pages
 * @unready: set to whether the drive is not ready to tell, and worth asking again
 *
 * Two commands for a drive that behaves: page 2Ah, then page 3Fh. One that does
 * not know page 3Fh is asked for the pages of MMC one by one. Ends at the first
 * time-out, so that a drive that hangs costs one.
 *
 * Context: the discovery work; as modepages_mode_sense().
 * Return: 0; the errno of the command that ended it early, or, where the drive
 * has not told what pages it has, of the first that was no answer.
 */
int modepages_discover(struct modepages_device *md, bool *unready)
{
	struct modepages_found found = { };
	enum modepages_discovery verdict;

	*unready = false;
	if (md->passive)
		return -EOPNOTSUPP;

	verdict = modepages_discover_capabilities(md, &found);
	if (verdict == MODEPAGES_DISCOVERY_GOES_ON)
		verdict = modepages_discover_all(md, &found);
	if (verdict == MODEPAGES_DISCOVERY_GOES_ON)
		verdict = modepages_discover_one_by_one(md, &found);
	else if (found.listed)
		modepages_discover_unlisted(md, &found);
	modepages_discovered(md, &found);
	modepages_keep_capabilities(md, &found);
	*unready = verdict == MODEPAGES_DISCOVERY_WAITS;
	return found.told ? found.error : found.doubt;
}
