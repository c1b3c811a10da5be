// SPDX-License-Identifier: GPL-2.0-only
/*
 * The discovery of a drive's pages: quiet, and with nothing but MODE SENSE.
 */
#include <linux/bits.h>
#include <linux/err.h>
#include <linux/slab.h>

#include "modepages.h"

/* What sr asks ATAPI and USB drives for, DBD = 0: the shape known to work. */
#define MODEPAGES_DISCOVERY_ALLOCATION	128

#define MODE_PAGE_CAPABILITIES	0x2a

/* Pages of MMC, for drives that do not tell what they have. */
static const u8 modepages_mmc_pages[] = {
	0x01, 0x03, 0x05, 0x07, 0x08, 0x0d, 0x0e, 0x1a, 0x1c, 0x1d,
	MODE_PAGE_CAPABILITIES,
};

static bool modepages_discovery_ends(const struct modepages_status *status)
{
	return status->code == MODEPAGES_STATUS_TIMEOUT ||
	       status->code == MODEPAGES_STATUS_NO_DEVICE ||
	       status->code == MODEPAGES_STATUS_NO_MEMORY;
}

/* The first command a drive gets from us: one that it knows from sr. */
static void modepages_discover_capabilities(struct modepages_device *md,
					    struct modepages_status *status)
{
	const struct mode_request request = {
		.page = MODE_PAGE_CAPABILITIES,
		.control = MODEPAGES_CONTROL_CURRENT,
		.allocation = MODEPAGES_DISCOVERY_ALLOCATION,
	};
	struct mode_answer answer;
	struct mode_data data;
	struct mode_page page;

	if (modepages_mode_sense(md, &request, MODEPAGES_TIMEOUT_MS, &answer,
				 &data, status))
		return;
	if (!mode_page_find(&data, request.page, 0, &page))
		md->supported |= BIT_ULL(request.page);
	kfree(answer.buffer);
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

/*
 * Asks for all pages. Tells whether to go on, and which pages are worth asking
 * for by themselves.
 */
static bool modepages_discover_all(struct modepages_device *md, u64 *candidates)
{
	struct modepages_snapshot *snapshot;
	bool goes_on;

	snapshot = modepages_snapshot_ask(md, MODEPAGES_CONTROL_CURRENT,
					  MODE_PAGE_ALL);
	if (IS_ERR(snapshot))
		return false;

	goes_on = !modepages_discovery_ends(&snapshot->status);
	if (snapshot->status.code)
		modepages_device_add_quirks(md, MODEPAGES_QUIRK_NO_ALL_PAGES);
	else if (modepages_discover_listed(md, &snapshot->data, candidates))
		goes_on = false;
	modepages_snapshot_put(snapshot);
	return goes_on;
}

/* Asks for one page. Tells whether to go on. */
static bool modepages_discover_page(struct modepages_device *md, u8 code)
{
	struct modepages_snapshot *snapshot;
	struct mode_page page;
	bool goes_on;

	snapshot = modepages_snapshot_ask(md, MODEPAGES_CONTROL_CURRENT, code);
	if (IS_ERR(snapshot))
		return false;

	goes_on = !modepages_discovery_ends(&snapshot->status);
	if (!modepages_snapshot_page(snapshot, code, &page))
		md->supported |= BIT_ULL(code);
	modepages_snapshot_put(snapshot);
	return goes_on;
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
 */
void modepages_discover(struct modepages_device *md)
{
	struct modepages_status status;
	u64 candidates = 0;
	unsigned int code;
	size_t i;

	modepages_discover_capabilities(md, &status);
	if (modepages_discovery_ends(&status))
		return;
	if (!modepages_discover_all(md, &candidates))
		return;

	for (i = 0; i < ARRAY_SIZE(modepages_mmc_pages); i++)
		candidates |= BIT_ULL(modepages_mmc_pages[i]);
	/*
	 * A page that is known to be there comes first: a refusal of it is about
	 * the shape of the command.
	 */
	if (!modepages_discover_page(md, MODE_PAGE_CAPABILITIES))
		return;
	candidates &= ~BIT_ULL(MODE_PAGE_CAPABILITIES);
	for (code = 0; code < MODE_PAGE_ALL; code++)
		if (candidates & BIT_ULL(code) &&
		    !modepages_discover_page(md, code))
			return;
}
