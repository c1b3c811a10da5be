/* SPDX-License-Identifier: MIT */
/*
 * Calls as programs make them when they are wrong, or mean harm.
 */
#ifndef ARGUMENTS_H
#define ARGUMENTS_H

#include "call.h"

/* Puts an argument into the arena; the rest of the call is up to the kernel. */
void random_call(struct call *call);

#endif /* ARGUMENTS_H */
