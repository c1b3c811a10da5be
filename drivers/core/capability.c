// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * What a drive can do, by page 2Ah.
 */
#include "capability.h"

#define FLAG(_byte, _bit, _name) \
	{ _name, MODE_CAPABILITY_FLAG, _byte, _bit, 1 }
#define NUMBER(_byte, _name) \
	{ _name, MODE_CAPABILITY_NUMBER, _byte, 0, 16 }
#define MECHANISM(_byte, _bit, _width, _name) \
	{ _name, MODE_CAPABILITY_MECHANISM, _byte, _bit, _width }

const struct mode_capability mode_capabilities[] = {
	FLAG(2, 5, "dvd_ram_read"),
	FLAG(2, 4, "dvd_r_read"),
	FLAG(2, 3, "dvd_rom_read"),
	FLAG(2, 2, "method2"),
	FLAG(2, 1, "cd_rw_read"),
	FLAG(2, 0, "cd_r_read"),

	FLAG(3, 5, "dvd_ram_write"),
	FLAG(3, 4, "dvd_r_write"),
	FLAG(3, 2, "test_write"),
	FLAG(3, 1, "cd_rw_write"),
	FLAG(3, 0, "cd_r_write"),

	FLAG(4, 7, "buffer_underrun_free"),
	FLAG(4, 6, "multi_session"),
	FLAG(4, 5, "mode2_form2"),
	FLAG(4, 4, "mode2_form1"),
	FLAG(4, 3, "digital_port2"),
	FLAG(4, 2, "digital_port1"),
	FLAG(4, 1, "composite"),
	FLAG(4, 0, "audio_play"),

	FLAG(5, 7, "read_bar_code"),
	FLAG(5, 6, "upc"),
	FLAG(5, 5, "isrc"),
	FLAG(5, 4, "c2_pointers"),
	FLAG(5, 3, "rw_deinterleaved_corrected"),
	FLAG(5, 2, "rw_supported"),
	FLAG(5, 1, "cdda_stream_accurate"),
	FLAG(5, 0, "cdda_commands"),

	MECHANISM(6, 5, 3, "loading_mechanism"),
	FLAG(6, 3, "eject"),
	FLAG(6, 2, "prevent_jumper"),
	FLAG(6, 1, "lock_state"),
	FLAG(6, 0, "lock"),

	FLAG(7, 5, "pw_in_lead_in"),
	FLAG(7, 4, "side_change"),
	FLAG(7, 3, "slot_selection"),
	FLAG(7, 2, "disc_present"),
	FLAG(7, 1, "separate_channel_mute"),
	FLAG(7, 0, "separate_volume"),

	NUMBER(8, "max_read_speed_kbps"),
	NUMBER(10, "volume_levels"),
	NUMBER(12, "buffer_size_kb"),
	NUMBER(14, "current_read_speed_kbps"),
	NUMBER(18, "max_write_speed_kbps"),
	NUMBER(20, "current_write_speed_kbps"),
};
EXPORT_SYMBOL_IF_KUNIT(mode_capabilities);

static const char * const mechanisms[] = {
	[0] = "caddy",
	[1] = "tray",
	[2] = "pop-up",
	[4] = "changer",
	[5] = "cartridge-changer",
};

static bool is_word(const struct mode_capability *capability)
{
	return capability->width == 16;
}

bool mode_capability_present(const struct mode_capability *capability,
			     const struct mode_page *page)
{
	size_t last = capability->byte + is_word(capability);

	return last < page->length;
}
EXPORT_SYMBOL_IF_KUNIT(mode_capability_present);

static unsigned int value_of(const struct mode_capability *capability,
			     const struct mode_page *page)
{
	const u8 *p = page->data + capability->byte;

	if (is_word(capability))
		return get_unaligned_be16(p);
	return *p >> capability->bit & ((1U << capability->width) - 1);
}

int mode_capability_text(const struct mode_capability *capability,
			 const struct mode_page *page,
			 char text[MODE_CAPABILITY_TEXT_SIZE])
{
	unsigned int value = value_of(capability, page);
	const char *name = NULL;

	if (capability->kind != MODE_CAPABILITY_MECHANISM)
		return snprintf(text, MODE_CAPABILITY_TEXT_SIZE, "%u", value);
	if (value < ARRAY_SIZE(mechanisms))
		name = mechanisms[value];
	if (name)
		return snprintf(text, MODE_CAPABILITY_TEXT_SIZE, "%s", name);
	return snprintf(text, MODE_CAPABILITY_TEXT_SIZE, "reserved-%u", value);
}
EXPORT_SYMBOL_IF_KUNIT(mode_capability_text);
