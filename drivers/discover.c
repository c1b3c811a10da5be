// SPDX-License-Identifier: GPL-2.0-only
/*
 * The discovery of a drive's pages: quiet, and with nothing but MODE SENSE.
 */
#include <linux/bits.h>
#include <linux/err.h>

#include "modepages.h"

#define MODE_PAGE_CAPABILITIES	0x2a

/* Pages of MMC, for drives that do not tell what they have. */
static const u8 modepages_mmc_pages[] = {
	0x01, 0x03, 0x05, 0x07, 0x08, 0x0d, 0x0e, 0x1a, 0x1c, 0x1d,
	MODE_PAGE_CAPABILITIES,
};

/* What an answer means for the discovery. */
enum modepages_discovery {
	MODEPAGES_DISCOVERY_GOES_ON,
	MODEPAGES_DISCOVERY_ENDS,	/* there is no use in asking more */
	MODEPAGES_DISCOVERY_WAITS,	/* it is worth asking again, later */
};

static enum modepages_discovery
modepages_discovery_verdict(const struct modepages_status *status)
{
	switch (status->code) {
	case MODEPAGES_STATUS_TIMEOUT:
	case MODEPAGES_STATUS_NO_DEVICE:
	case MODEPAGES_STATUS_NO_MEMORY:
		return MODEPAGES_DISCOVERY_ENDS;
	case MODEPAGES_STATUS_BECOMING_READY:
	case MODEPAGES_STATUS_FORMAT_IN_PROGRESS:
	case MODEPAGES_STATUS_BUSY:
		return MODEPAGES_DISCOVERY_WAITS;
	default:
		/* It has more news than were listened to. */
		if (status->code &&
		    status->sense_key == SENSE_KEY_UNIT_ATTENTION)
			return MODEPAGES_DISCOVERY_WAITS;
		return MODEPAGES_DISCOVERY_GOES_ON;
	}
}

/* The first command a drive gets from us: one that it knows from sr. */
static enum modepages_discovery
modepages_discover_capabilities(struct modepages_device *md)
{
	const struct mode_request request = {
		.page = MODE_PAGE_CAPABILITIES,
		.control = MODEPAGES_CONTROL_CURRENT,
		.allocation = MODE_ALLOCATION_SMALL,
	};
	struct modepages_result result;
	struct mode_page page;

	if (!modepages_mode_sense(md, &request, MODEPAGES_TIMEOUT_MS,
				  &result) &&
	    !mode_page_find(&result.data, request.page, 0, &page))
		md->supported |= BIT_ULL(request.page);
	modepages_result_free(&result);
	return modepages_discovery_verdict(&result.status);
}

/* Notes what an answer to page 3Fh lists; false if it is of no use. */
static bool modepages_discover_listed(struct modepages_device *md,
				      const struct mode_data *data,
				      u64 *candidates)
{
	struct mode_page page;
	size_t offset = 0;

	while (mode_page_next(data, &offset, &page))
		if (!page.empty && page.code != MODE_PAGE_ALL)
			*candidates |= BIT_ULL(page.code);
	if (!mode_data_sound(data) || !*candidates)
		return false;
	md->listed = *candidates;
	md->supported |= md->listed;
	return true;
}

/* Asks for all pages, and finds those worth asking for by themselves. */
static enum modepages_discovery
modepages_discover_all(struct modepages_device *md, u64 *candidates)
{
	struct modepages_snapshot *snapshot;
	enum modepages_discovery verdict;

	snapshot = modepages_snapshot_ask(md, MODEPAGES_CONTROL_CURRENT,
					  MODE_PAGE_ALL);
	if (IS_ERR(snapshot))
		return MODEPAGES_DISCOVERY_ENDS;

	verdict = modepages_discovery_verdict(&snapshot->status);
	if (snapshot->status.code == MODEPAGES_STATUS_NO_SUCH_PAGE)
		modepages_device_add_quirks(md, MODEPAGES_QUIRK_NO_ALL_PAGES);
	else if (!snapshot->status.code &&
		 modepages_discover_listed(md, &snapshot->data, candidates))
		verdict = MODEPAGES_DISCOVERY_ENDS;
	modepages_snapshot_put(snapshot);
	return verdict;
}

static enum modepages_discovery
modepages_discover_page(struct modepages_device *md, u8 code)
{
	struct modepages_snapshot *snapshot;
	enum modepages_discovery verdict;
	struct mode_page page;

	snapshot = modepages_snapshot_ask(md, MODEPAGES_CONTROL_CURRENT, code);
	if (IS_ERR(snapshot))
		return MODEPAGES_DISCOVERY_ENDS;

	verdict = modepages_discovery_verdict(&snapshot->status);
	if (!modepages_snapshot_page(snapshot, code, &page))
		md->supported |= BIT_ULL(code);
	modepages_snapshot_put(snapshot);
	return verdict;
}

static enum modepages_discovery
modepages_discover_one_by_one(struct modepages_device *md, u64 candidates)
{
	enum modepages_discovery verdict;
	unsigned int code;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(modepages_mmc_pages); i++)
		candidates |= BIT_ULL(modepages_mmc_pages[i]);

	/*
	 * A page that is known to be there comes first: a refusal of it is about
	 * the shape of the command.
	 */
	verdict = modepages_discover_page(md, MODE_PAGE_CAPABILITIES);
	candidates &= ~BIT_ULL(MODE_PAGE_CAPABILITIES);
	for (code = 0; code < MODE_PAGE_ALL && !verdict; code++)
		if (candidates & BIT_ULL(code))
			verdict = modepages_discover_page(md, code);
	return verdict;
}

/**
 * modepages_discover() - find out which pages a drive has
 * @md: the drive; gets its supported and listed pages
 *
 * Two commands for a drive that behaves: page 2Ah, then page 3Fh. One that does
 * not know page 3Fh is asked for the pages of MMC one by one. Ends at the first
 * command that gets no answer, so that a drive that hangs costs one time-out.
 *
 * Context: the discovery work, before the device is added.
 * Return: false when the drive is not ready to tell, and worth asking again.
 */
bool modepages_discover(struct modepages_device *md)
{
	enum modepages_discovery verdict;
	u64 candidates = 0;

	verdict = modepages_discover_capabilities(md);
	if (verdict == MODEPAGES_DISCOVERY_GOES_ON)
		verdict = modepages_discover_all(md, &candidates);
	if (verdict == MODEPAGES_DISCOVERY_GOES_ON)
		verdict = modepages_discover_one_by_one(md, candidates);
	return verdict != MODEPAGES_DISCOVERY_WAITS;
}
