/* SPDX-License-Identifier: MIT */
/*
 * What fuzz_change.c makes of an input, and seeds.c an input of.
 */
#ifndef FUZZ_CHANGE_H
#define FUZZ_CHANGE_H

#include "fuzz.h"
#include "mode.h"

struct change {
	enum mode_form form;
	bool save;
	bool all;
	size_t size;
	struct input mask;
	struct input page;
	struct input wanted;
	struct input sense;
};

#endif /* FUZZ_CHANGE_H */
