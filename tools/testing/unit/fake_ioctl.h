/* SPDX-License-Identifier: MIT */
/*
 * A drive in a script: what ioctl() answers, step by step. A call that no step
 * is left for fails the test, and so do steps that were not used.
 */
#ifndef FAKE_IOCTL_H
#define FAKE_IOCTL_H

#include "internal.h"

/**
 * struct step - one answer
 * @page: expected byte 2 of the command (page control and code)
 * @with_descriptors: DBD = 0 is expected, else DBD = 1
 * @six: the six byte command is expected, else the ten byte one
 * @allocation: expected allocation length; 0: any
 * @data: data of the answer
 * @length: number of bytes at @data
 * @sense: sense data of the answer
 * @sense_length: number of bytes at @sense
 * @residue: residue to report, as far as the request's length less @length if
 *	it is 0 and @honest is set
 * @honest: report the true residue
 * @status: SCSI status byte
 * @host: host byte
 * @error: errno that the call fails with
 * @list: MODE SELECT is expected, with this parameter list
 * @list_length: number of bytes at @list
 * @save: with SP = 1
 * @module: takes over from all of the above: answers an ioctl of the module
 */
struct step {
	u8 page;
	bool with_descriptors;
	bool six;
	size_t allocation;
	const u8 *data;
	size_t length;
	const u8 *sense;
	size_t sense_length;
	int residue;
	bool honest;
	u8 status;
	u8 host;
	int error;
	const u8 *list;
	size_t list_length;
	bool save;
	int (*module)(unsigned long number, void *argument);
};

void fake_start(const struct step *steps, size_t count);
void fake_end(void);

/* Number of commands since fake_start(), and the length of the last one. */
size_t fake_calls(void);
size_t fake_allocation(void);

#endif /* FAKE_IOCTL_H */
