/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Test vectors for drivers/core: what they share. Data only, for KUnit and for
 * the unit tests of the library.
 *
 * What is expected was written down from SPC-4 and MMC-6, and from what the
 * core's headers promise; never copied from the output of the code. Answers
 * marked with the name of a drive are what that drive or emulator sends, as
 * published by its users or in its source code.
 *
 *  vectors-cdb.h       MODE SENSE commands
 *  vectors-answer.h    answers as the standards have them, and one page in each
 *  vectors-hostile.h   answers that break the standards
 *  vectors-quirks.h    answers whose header lies
 *  vectors-walk.h      answers for all pages, and whether they make sense
 *  vectors-exchange.h  which command is sent, and which after a refusal
 *  vectors-whole.h     the same after an answer that is not whole
 *  vectors-sense.h     sense data and status codes
 *  vectors-deny.h      devices that are sent nothing
 *  vectors-capability.h what page 2Ah says a drive can do
 *  vectors-change.h    pages to be written, MODE SELECT commands and refusals
 *
 * What is done with the exchanges, but for the comparing, is in answer-step.h.
 */
#ifndef MODEPAGES_VECTORS_H
#define MODEPAGES_VECTORS_H

#include "../drivers/core/mode.h"

#define BYTES(...) \
	.bytes = (const u8[]){ __VA_ARGS__ }, \
	.length = sizeof((const u8[]){ __VA_ARGS__ })

#endif /* MODEPAGES_VECTORS_H */
