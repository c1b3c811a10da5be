/* SPDX-License-Identifier: MIT */
/*
 * The module as a model: it answers INFO, LIST and GET for a drive, and notes what it
 * is called for.
 */
#ifndef FAKE_MODULE_H
#define FAKE_MODULE_H

#include "fake_ioctl.h"

/**
 * struct module - the module, and a drive
 * @features: of INFO
 * @quirks: of INFO
 * @list: page codes that it lists, ascending, 0 at the end
 * @all: answer to page 3Fh
 * @all_length: number of bytes at @all
 * @all_result: result of it
 * @errors: errno that a page is refused with, page 3Fh included
 * @stale: errno that each of them is refused with if it is to be recent
 */
struct module {
	u64 features;
	u64 quirks;
	u8 list[8];
	const u8 *all;
	size_t all_length;
	u32 all_result;
	int errors[64];
	int stale;
};

/*
 * From now on ioctl() is that of the module. @calls are what has to come, with blanks
 * between them: info, list, or the page code of a GET, and -cached or -recent behind
 * it if that flag is given.
 */
void fake_module_start(const struct module *module, const char *calls);
void fake_module_end(void);

#endif /* FAKE_MODULE_H */
