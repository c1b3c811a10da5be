/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Test vectors for drivers/core/capability.c: contents of page 2Ah and what they
 * say. Data only, as vectors.h. The places were written down from MMC-3, table
 * 361, and SFF-8020i, table 130, once more.
 */
#ifndef MODEPAGES_VECTORS_CAPABILITY_H
#define MODEPAGES_VECTORS_CAPABILITY_H

#include "../drivers/core/capability.h"
#include "vectors.h"

/* Where the flags are: bytes 2 to 7, each from bit 7 to bit 0. */
static const char * const capability_bits[6][8] = {
	{
		NULL, NULL, "dvd_ram_read", "dvd_r_read",
		"dvd_rom_read", "method2", "cd_rw_read", "cd_r_read",
	},
	{
		NULL, NULL, "dvd_ram_write", "dvd_r_write",
		NULL, "test_write", "cd_rw_write", "cd_r_write",
	},
	{
		"buffer_underrun_free", "multi_session",
		"mode2_form2", "mode2_form1",
		"digital_port2", "digital_port1", "composite", "audio_play",
	},
	{
		"read_bar_code", "upc", "isrc", "c2_pointers",
		"rw_deinterleaved_corrected", "rw_supported",
		"cdda_stream_accurate", "cdda_commands",
	},
	{
		NULL, NULL, NULL, NULL,
		"eject", "prevent_jumper", "lock_state", "lock",
	},
	{
		NULL, NULL, "pw_in_lead_in", "side_change",
		"slot_selection", "disc_present",
		"separate_channel_mute", "separate_volume",
	},
};

/**
 * struct capability_vector - a page, and what is written for a field of it
 * @name: what is peculiar to it
 * @bytes: the page, from its page code on
 * @length: number of bytes
 * @field: name of the field
 * @text: its value; NULL when the page does not have it
 */
struct capability_vector {
	const char *name;
	const u8 *bytes;
	size_t length;
	const char *field;
	const char *text;
};

/* The lengths that drives have been seen with, each 2 more than its byte 1. */
#define PAGE_16(...) BYTES(0x2a, 14, __VA_ARGS__)
#define PAGE_20(...) BYTES(0x2a, 18, __VA_ARGS__)
#define PAGE_22(...) BYTES(0x2a, 20, __VA_ARGS__)

#define MECHANISM(name_, byte_, text_) \
	{ \
		name_, \
		PAGE_16(0, 0, 0, 0, (byte_), 0, 0, 0, 0, 0, 0, 0, 0, 0), \
		.field = "loading_mechanism", .text = (text_), \
	}

/* A number in each place of two bytes from 8 on, and none like another. */
#define NUMBER_16(field_, text_) \
	{ \
		"16 bytes: " field_, \
		PAGE_16(0, 0, 0, 0, 0, 0, 0x1b, 0x90, \
			0x01, 0x00, 0x02, 0x01, 0x0b, 0x06), \
		.field = (field_), .text = (text_), \
	}

#define NUMBER_20(field_, text_) \
	{ \
		"20 bytes: " field_, \
		PAGE_20(0, 0, 0, 0, 0, 0, 0x1b, 0x90, \
			0x01, 0x00, 0x02, 0x01, 0x0b, 0x06, \
			0xaa, 0xbb, 0xff, 0xff), \
		.field = (field_), .text = (text_), \
	}

#define NUMBER_22(field_, text_) \
	{ \
		"22 bytes: " field_, \
		PAGE_22(0, 0, 0, 0, 0, 0, 0x1b, 0x90, \
			0x01, 0x00, 0x02, 0x01, 0x0b, 0x06, \
			0xaa, 0xbb, 0xff, 0xff, 0x02, 0xc2), \
		.field = (field_), .text = (text_), \
	}

static const struct capability_vector capability_vectors[] = {
	MECHANISM("caddy", 0x1f, "caddy"),
	MECHANISM("tray", 0x20, "tray"),
	MECHANISM("pop-up", 0x5f, "pop-up"),
	MECHANISM("the first reserved value", 0x60, "reserved-3"),
	MECHANISM("changer", 0x9f, "changer"),
	MECHANISM("changer with a magazine", 0xa0, "cartridge-changer"),
	MECHANISM("the next reserved value", 0xc0, "reserved-6"),
	MECHANISM("all bits set", 0xff, "reserved-7"),

	NUMBER_16("max_read_speed_kbps", "7056"),
	NUMBER_16("volume_levels", "256"),
	NUMBER_16("buffer_size_kb", "513"),
	NUMBER_16("current_read_speed_kbps", "2822"),
	NUMBER_16("max_write_speed_kbps", NULL),
	NUMBER_16("current_write_speed_kbps", NULL),
	NUMBER_20("max_write_speed_kbps", "65535"),
	NUMBER_20("current_write_speed_kbps", NULL),
	NUMBER_22("max_write_speed_kbps", "65535"),
	NUMBER_22("current_write_speed_kbps", "706"),

	/* Pages that end too early. */
	{
		"number cut in two",
		BYTES(0x2a, 20, 0, 0, 0, 0, 0, 0, 0x1b, 0x90,
		      0x01, 0x00, 0x02, 0x01, 0x0b, 0x06,
		      0xaa, 0xbb, 0xff, 0xff, 0x02),
		.field = "current_write_speed_kbps",
	},
	{ "a header alone", BYTES(0x2a, 20), .field = "cd_r_read" },
	{ "one byte", BYTES(0x2a, 20, 0xff), .field = "dvd_r_read", .text = "1" },
	{ "one byte, the next", BYTES(0x2a, 20, 0xff), .field = "dvd_r_write" },
	{ "up to the mechanism", BYTES(0x2a, 20, 0, 0, 0, 0),
	  .field = "loading_mechanism" },
};

#endif /* MODEPAGES_VECTORS_CAPABILITY_H */
