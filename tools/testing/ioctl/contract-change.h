/* SPDX-License-Identifier: MIT */
/*
 * What <linux/modepages.h> promises of SET and MODIFY, whose members are each in
 * range. Nothing is modelled that would leave the drive with other values.
 */
#ifndef CONTRACT_CHANGE_H
#define CONTRACT_CHANGE_H

#include "contract.h"

/* Negative errno, or 0; where it would be filled in, if it can be, is noted. */
int contract_modify(struct contract *contract);
int contract_set(struct contract *contract);

#endif /* CONTRACT_CHANGE_H */
