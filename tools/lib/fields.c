// SPDX-License-Identifier: MIT
/*
 * The fields of the mode pages of optical drives. Data only.
 *
 * In the order of the pages: page, byte, bit, width, acronym, name, clause of the
 * standard. Acronyms are those of sdparm where it has one. A field that later
 * standards have dropped is here all the same, since drives have not.
 *
 * A clause without a number is one whose number we have not seen.
 */
#include "internal.h"

#define MMC5_RW		"MMC-5, Read/Write Error Recovery"
#define SBC_RW		"SBC, Read-Write Error Recovery"
#define MMC5_MRW	"MMC-5, MRW"
#define MMC5_WP		"MMC-5, 7.5"
#define MMC1_VE		"MMC, Verify Error Recovery"
#define SBC_VE		"SBC, Verify Error Recovery"
#define MMC5_CA		"MMC-5, Caching"
#define SBC_CA		"SBC-3, Caching"
#define MMC3_CDDP	"MMC-3, CD Device Parameters"
#define MMC3_AUD	"MMC-3, CD Audio Control"
#define SCSI2_AUD	"SCSI-2, CD-ROM Audio Control Parameters"
#define SFF_FSET	"SFF-8090, Feature Set Support and Version"
#define SPC3_PO		"SPC-3, Power Condition"
#define SPC4_PO		"SPC-4, Power Condition"
#define INF_DOM		"INF-8070, Drive Operation Mode"
#define INF_RBAC	"INF-8070, Removable Block Access Capabilities"
#define INF_TP		"INF-8070, Timer and Protect"
#define MMC5_IE		"MMC-5, Fault/Failure Reporting"
#define SPC4_IE		"SPC-4, Informational Exceptions Control"
#define MMC5_TP		"MMC-5, Time-out and Protect"
#define MMC3_CMS	"MMC-3, 5.5.10"
#define SFF_CMS		"SFF-8020i, 10.8.3.6"
#define OF_VENDOR	"vendor specific"

static const struct field_choice lba_spaces[] = {
	{ "dma", 0 }, { "gaa", 1 }, { },
};

static const struct field_choice write_types[] = {
	{ "packet", 0 }, { "tao", 1 }, { "sao", 2 }, { "raw", 3 },
	{ "layer-jump", 4 }, { },
};

static const struct field_choice multi_sessions[] = {
	{ "no-pointer", 0 }, { "last", 1 }, { "next-allowed", 3 }, { },
};

/* The control bits of the Q sub-channel. */
static const struct field_choice track_modes[] = {
	{ "audio", 0 }, { "audio-emphasis", 1 }, { "audio-copy", 2 },
	{ "audio-emphasis-copy", 3 }, { "data", 4 }, { "data-incremental", 5 },
	{ "data-copy", 6 }, { "data-incremental-copy", 7 }, { "audio-4ch", 8 },
	{ "audio-4ch-emphasis", 9 }, { "audio-4ch-copy", 10 },
	{ "audio-4ch-emphasis-copy", 11 }, { },
};

static const struct field_choice block_types[] = {
	{ "raw", 0 }, { "raw-pq", 1 }, { "raw-pw-packed", 2 }, { "raw-pw", 3 },
	{ "vendor-7", 7 }, { "mode1", 8 }, { "mode2", 9 }, { "xa-form1", 10 },
	{ "xa-form1-subheader", 11 }, { "xa-form2", 12 }, { "xa-mixed", 13 },
	{ "vendor-15", 15 }, { },
};

static const struct field_choice session_formats[] = {
	{ "cd", 0x00 }, { "cd-i", 0x10 }, { "cd-xa", 0x20 }, { },
};

static const struct field_choice inactivity_times[] = {
	{ "vendor", 0 }, { "125ms", 1 }, { "250ms", 2 }, { "500ms", 3 },
	{ "1s", 4 }, { "2s", 5 }, { "4s", 6 }, { "8s", 7 }, { "16s", 8 },
	{ "32s", 9 }, { "1min", 10 }, { "2min", 11 }, { "4min", 12 },
	{ "8min", 13 }, { "16min", 14 }, { "32min", 15 }, { },
};

static const struct field_choice lba_formats[] = {
	{ "x1", 0 }, { "x1/256", 8 }, { },
};

static const struct field_choice audio_channels[] = {
	{ "muted", 0 }, { "channel0", 1 }, { "channel1", 2 }, { "channel2", 4 },
	{ "channel3", 8 }, { },
};

static const struct field_choice background_precedences[] = {
	{ "vendor", 0 }, { "background", 1 }, { "power", 2 }, { },
};

static const struct field_choice check_conditions[] = {
	{ "disabled", 1 }, { "enabled", 2 }, { },
};

static const struct field_choice report_methods[] = {
	{ "none", 0 }, { "async-event", 1 }, { "unit-attention", 2 },
	{ "conditional-recovered-error", 3 }, { "recovered-error", 4 },
	{ "no-sense", 5 }, { "request-sense", 6 }, { },
};

/* As in the module's file capabilities/loading_mechanism. */
static const struct field_choice loading_mechanisms[] = {
	{ "caddy", 0 }, { "tray", 1 }, { "pop-up", 2 }, { "changer", 4 },
	{ "cartridge-changer", 5 }, { },
};

static const struct field_choice word_lengths[] = {
	{ "32bck", 0 }, { "16bck", 1 }, { "24bck", 2 }, { "24bck-i2s", 3 },
	{ },
};

static const struct field_choice rotations[] = {
	{ "clv", 0 }, { "cav", 1 }, { },
};

/* As many as fit into the longest page there can be. */
static const struct field_group write_speeds = {
	.count_byte = 30, .stride = 4, .most = 56,
};

#define F(_page, _byte, _bit, _width, _acronym, _name, _clause, ...) \
	{ .page = _page, .byte = _byte, .bit = _bit, .width = _width, \
	  .acronym = _acronym, .name = _name, .clause = _clause, ##__VA_ARGS__ }

const struct field_entry field_table[] = {
	/* A longer one is of the drive's vendor. */
	F(0x00, 2, 7, 1, "SLM", "Set LUN mode", INF_DOM, .most = 0x02),
	F(0x00, 2, 6, 1, "SLR", "Set LUN read only", INF_DOM, .most = 0x02),
	F(0x00, 2, 5, 1, "DVW", "Disable verify for write", INF_DOM, .most = 0x02),
	F(0x00, 3, 4, 1, "DDE", "Disable deferred error", INF_DOM, .most = 0x02),

	F(0x01, 2, 7, 1, "AWRE", "Automatic write reallocation enabled", MMC5_RW),
	F(0x01, 2, 6, 1, "ARRE", "Automatic read reallocation enabled", MMC5_RW),
	F(0x01, 2, 5, 1, "TB", "Transfer block", MMC5_RW),
	F(0x01, 2, 4, 1, "RC", "Read continuous", MMC5_RW),
	F(0x01, 2, 3, 1, "EER", "Enable early recovery", SBC_RW),
	F(0x01, 2, 2, 1, "PER", "Post error", MMC5_RW),
	F(0x01, 2, 1, 1, "DTE", "Data terminate on error", MMC5_RW),
	F(0x01, 2, 0, 1, "DCR", "Disable correction", MMC5_RW),
	F(0x01, 3, 7, 8, "RRC", "Read retry count", MMC5_RW),
	F(0x01, 4, 7, 8, "COR_S", "Correction span", SBC_RW, .unit = "bits"),
	F(0x01, 5, 7, 8, "HOC", "Head offset count", SBC_RW),
	F(0x01, 6, 7, 8, "DSOC", "Data strobe offset count", SBC_RW),
	F(0x01, 7, 1, 2, "EMCDR", "Enhanced media certification and defect reporting", MMC5_RW,
	  .least = 0x0a),
	F(0x01, 8, 7, 8, "WRC", "Write retry count", MMC5_RW),
	F(0x01, 9, 7, 24, "ERWS", "Error reporting window size", MMC5_RW, .unit = "blocks"),

	F(0x03, 3, 0, 1, "LBAS", "LBA space", MMC5_MRW, .choices = lba_spaces),

	F(0x05, 2, 6, 1, "BUFE", "Buffer underrun free recording enable", MMC5_WP),
	F(0x05, 2, 5, 1, "LS_V", "Link size valid", MMC5_WP),
	F(0x05, 2, 4, 1, "TST_W", "Test write", MMC5_WP),
	F(0x05, 2, 3, 4, "WR_T", "Write type", MMC5_WP, .choices = write_types),
	F(0x05, 3, 7, 2, "MULTI_S", "Multi-session", MMC5_WP, .choices = multi_sessions),
	F(0x05, 3, 5, 1, "FP", "Fixed packet type", MMC5_WP),
	F(0x05, 3, 4, 1, "COPY", "Serial copy management system (SCMS)", MMC5_WP),
	F(0x05, 3, 3, 4, "TRACK_M", "Track mode", MMC5_WP, .choices = track_modes),
	F(0x05, 4, 3, 4, "DBT", "Data block type", MMC5_WP, .choices = block_types),
	F(0x05, 5, 7, 8, "LINK_S", "Link size", MMC5_WP, .unit = "blocks"),
	F(0x05, 7, 5, 6, "IAC", "Initiator application code", MMC5_WP),
	F(0x05, 8, 7, 8, "SESS_F", "Session format", MMC5_WP, .choices = session_formats),
	F(0x05, 10, 7, 32, "PACK_S", "Packet size", MMC5_WP, .unit = "blocks"),
	F(0x05, 14, 7, 16, "APL", "Audio pause length", MMC5_WP, .unit = "blocks"),
	F(0x05, 16, 7, 1, "MCVAL", "Media catalog number valid", MMC5_WP),
	F(0x05, 17, 7, 104, "MCN", "Media catalog number", MMC5_WP, .kind = FIELD_TEXT),
	F(0x05, 31, 7, 8, "MCAFRAME", "Frame of the media catalog number", MMC5_WP),
	F(0x05, 32, 7, 1, "TCVAL", "Track's ISRC valid", MMC5_WP),
	F(0x05, 33, 7, 96, "TISRC", "Track's international standard recording code", MMC5_WP,
	  .kind = FIELD_TEXT),
	F(0x05, 46, 7, 8, "TCAFRAME", "Frame of the track's ISRC", MMC5_WP),
	F(0x05, 48, 7, 32, "SUBHD", "Sub-header of mode 2", MMC5_WP, .kind = FIELD_HEX),
	F(0x05, 52, 7, 32, "VEND", "Vendor specific", MMC5_WP, .kind = FIELD_HEX, .least = 0x36),

	F(0x07, 2, 3, 1, "V_EER", "Enable early recovery", SBC_VE),
	F(0x07, 2, 2, 1, "V_PER", "Post error", MMC1_VE),
	F(0x07, 2, 1, 1, "V_DTE", "Data terminate on error", MMC1_VE),
	F(0x07, 2, 0, 1, "V_DCR", "Disable correction", MMC1_VE),
	F(0x07, 3, 7, 8, "V_RC", "Verify retry count", MMC1_VE),
	F(0x07, 4, 7, 8, "V_COR_S", "Verify correction span", SBC_VE, .unit = "bits"),
	F(0x07, 10, 7, 16, "V_RTL", "Verify recovery time limit", SBC_VE, .unit = "ms"),

	F(0x08, 2, 7, 1, "IC", "Initiator control", SBC_CA),
	F(0x08, 2, 6, 1, "ABPF", "Abort pre-fetch", SBC_CA),
	F(0x08, 2, 5, 1, "CAP", "Caching analysis permitted", SBC_CA),
	F(0x08, 2, 4, 1, "DISC", "Discontinuity", SBC_CA),
	F(0x08, 2, 3, 1, "SIZE", "Size enable", SBC_CA),
	F(0x08, 2, 2, 1, "WCE", "Write cache enable", MMC5_CA),
	F(0x08, 2, 1, 1, "MF", "Multiplication factor", SBC_CA),
	F(0x08, 2, 0, 1, "RCD", "Read cache disable", MMC5_CA),
	F(0x08, 3, 7, 4, "DRRP", "Demand read retention priority", SBC_CA),
	F(0x08, 3, 3, 4, "WRP", "Write retention priority", SBC_CA),
	F(0x08, 4, 7, 16, "DPTL", "Disable pre-fetch transfer length", SBC_CA, .unit = "blocks"),
	F(0x08, 6, 7, 16, "MIPF", "Minimum pre-fetch", SBC_CA, .unit = "blocks"),
	F(0x08, 8, 7, 16, "MAPF", "Maximum pre-fetch", SBC_CA, .unit = "blocks"),
	F(0x08, 10, 7, 16, "MAPFC", "Maximum pre-fetch ceiling", SBC_CA, .unit = "blocks"),
	F(0x08, 12, 7, 1, "FSW", "Force sequential write", SBC_CA, .least = 0x12),
	F(0x08, 12, 6, 1, "LBCSS", "Cache segment size is in logical blocks", SBC_CA,
	  .least = 0x12),
	F(0x08, 12, 5, 1, "DRA", "Disable read-ahead", SBC_CA, .least = 0x12),
	F(0x08, 12, 2, 2, "SYNC_PROG", "Synchronous cache progress indication", SBC_CA,
	  .least = 0x12),
	F(0x08, 12, 0, 1, "NV_DIS", "Non-volatile cache disable", SBC_CA, .least = 0x12),
	F(0x08, 13, 7, 8, "NCS", "Number of cache segments", SBC_CA, .least = 0x12),
	F(0x08, 14, 7, 16, "CSS", "Cache segment size", SBC_CA, .least = 0x12),

	F(0x0d, 3, 3, 4, "ITM", "Inactivity timer multiplier", MMC3_CDDP,
	  .choices = inactivity_times),
	F(0x0d, 4, 7, 16, "SPM", "MSF S units per M unit", MMC3_CDDP),
	F(0x0d, 6, 7, 16, "FPS", "MSF F units per S unit", MMC3_CDDP),

	F(0x0e, 2, 2, 1, "IMMED", "Immediate", MMC3_AUD),
	F(0x0e, 2, 1, 1, "SOTC", "Stop on track crossing", MMC3_AUD),
	F(0x0e, 5, 7, 1, "APRV", "Audio playback rate valid", SCSI2_AUD),
	F(0x0e, 5, 3, 4, "FLBPS", "Format of logical blocks per second", SCSI2_AUD,
	  .choices = lba_formats),
	F(0x0e, 6, 7, 16, "LBPS", "Logical blocks per second of audio", MMC3_AUD),
	F(0x0e, 8, 3, 4, "P0_CS", "Port 0 channel selection", MMC3_AUD, .choices = audio_channels),
	F(0x0e, 9, 7, 8, "P0_VOL", "Port 0 volume", MMC3_AUD),
	F(0x0e, 10, 3, 4, "P1_CS", "Port 1 channel selection", MMC3_AUD,
	  .choices = audio_channels),
	F(0x0e, 11, 7, 8, "P1_VOL", "Port 1 volume", MMC3_AUD),
	F(0x0e, 12, 3, 4, "P2_CS", "Port 2 channel selection", MMC3_AUD,
	  .choices = audio_channels),
	F(0x0e, 13, 7, 8, "P2_VOL", "Port 2 volume", MMC3_AUD),
	F(0x0e, 14, 3, 4, "P3_CS", "Port 3 channel selection", MMC3_AUD,
	  .choices = audio_channels),
	F(0x0e, 15, 7, 8, "P3_VOL", "Port 3 volume", MMC3_AUD),

	/* 0: not supported, else the version of it. */
	F(0x18, 2, 7, 16, "CDA", "CD audio", SFF_FSET),
	F(0x18, 4, 7, 16, "EC", "Embedded changer", SFF_FSET),
	F(0x18, 6, 7, 16, "SMART", "Packet SMART", SFF_FSET),
	F(0x18, 8, 7, 16, "PP", "Persistent prevent", SFF_FSET),
	F(0x18, 10, 7, 16, "ESN", "Event status notification", SFF_FSET),
	F(0x18, 12, 7, 16, "DO", "Digital output", SFF_FSET),
	F(0x18, 14, 7, 16, "CDSR", "CD sequential recordable", SFF_FSET),
	F(0x18, 16, 7, 16, "DVDSR", "DVD sequential recordable", SFF_FSET),
	F(0x18, 18, 7, 16, "RR", "Random recordable", SFF_FSET),
	F(0x18, 20, 7, 16, "KE", "Key exchange", SFF_FSET),

	F(0x1a, 2, 7, 2, "PM_BG", "Precedence of power management and background functions",
	  SPC4_PO, .choices = background_precedences, .least = 0x26),
	F(0x1a, 2, 0, 1, "STANDBY_Y", "Standby_y timer enable", SPC4_PO, .least = 0x26),
	F(0x1a, 3, 3, 1, "IDLE_C", "Idle_c timer enable", SPC4_PO, .least = 0x26),
	F(0x1a, 3, 2, 1, "IDLE_B", "Idle_b timer enable", SPC4_PO, .least = 0x26),
	F(0x1a, 3, 1, 1, "IDLE_A", "Idle timer enable", SPC3_PO, .alias = "IDLE"),
	F(0x1a, 3, 0, 1, "STANDBY_Z", "Standby timer enable", SPC3_PO, .alias = "STANDBY"),
	F(0x1a, 4, 7, 32, "IACT", "Idle timer", SPC3_PO, .alias = "ICT", .unit = "100 ms"),
	F(0x1a, 8, 7, 32, "SZCT", "Standby timer", SPC3_PO, .alias = "SCT", .unit = "100 ms"),
	F(0x1a, 12, 7, 32, "IBCT", "Idle_b timer", SPC4_PO, .unit = "100 ms", .least = 0x26),
	F(0x1a, 16, 7, 32, "ICCT", "Idle_c timer", SPC4_PO, .unit = "100 ms", .least = 0x26),
	F(0x1a, 20, 7, 32, "SYCT", "Standby_y timer", SPC4_PO, .unit = "100 ms", .least = 0x26),
	F(0x1a, 39, 7, 2, "CCF_IDLE", "Check condition on leaving idle_c", SPC4_PO,
	  .choices = check_conditions, .least = 0x26),
	F(0x1a, 39, 5, 2, "CCF_STAND", "Check condition on leaving standby", SPC4_PO,
	  .choices = check_conditions, .least = 0x26),
	F(0x1a, 39, 3, 2, "CCF_STOPP", "Check condition on leaving stopped", SPC4_PO,
	  .choices = check_conditions, .least = 0x26),

	F(0x1b, 2, 7, 1, "SFLP", "System floppy type device", INF_RBAC),
	F(0x1b, 2, 6, 1, "SRFP", "Supports reporting format progress", INF_RBAC),
	F(0x1b, 3, 7, 1, "NCD", "Non-CD optical device", INF_RBAC),
	F(0x1b, 3, 6, 1, "SML", "Single or multiple LUN supported", INF_RBAC),
	F(0x1b, 3, 2, 3, "TLUN", "Total LUNs", INF_RBAC),

	/* Two pages share this code; the length tells them apart. */
	F(0x1c, 2, 7, 1, "PERF", "Performance", MMC5_IE, .least = 0x0a),
	F(0x1c, 2, 5, 1, "EBF", "Enable background function", SPC4_IE, .least = 0x0a),
	F(0x1c, 2, 4, 1, "EWASC", "Enable warning", SPC4_IE, .least = 0x0a),
	F(0x1c, 2, 3, 1, "DEXCPT", "Disable exceptions", MMC5_IE, .least = 0x0a),
	F(0x1c, 2, 2, 1, "TEST", "Test failure", MMC5_IE, .least = 0x0a),
	F(0x1c, 2, 1, 1, "EBACKERR", "Enable background error reporting", SPC4_IE, .least = 0x0a),
	F(0x1c, 2, 0, 1, "LOGERR", "Log errors", MMC5_IE, .least = 0x0a),
	F(0x1c, 3, 3, 4, "MRIE", "Method of reporting informational exceptions", MMC5_IE,
	  .choices = report_methods, .least = 0x0a),
	F(0x1c, 3, 3, 4, "ITM", "Inactivity timer multiplier", INF_TP, .choices = inactivity_times,
	  .most = 0x06),
	F(0x1c, 4, 7, 32, "INTT", "Interval timer", MMC5_IE, .unit = "100 ms", .least = 0x0a),
	F(0x1c, 4, 1, 1, "DISP", "Disc unavailable until power cycle", INF_TP, .most = 0x06),
	F(0x1c, 4, 0, 1, "SWPP", "Software write protect until power down", INF_TP, .most = 0x06),
	F(0x1c, 8, 7, 32, "REPC", "Report count", MMC5_IE, .least = 0x0a),

	F(0x1d, 4, 3, 1, "G3E", "Group 3 time-out enable", MMC5_TP),
	F(0x1d, 4, 2, 1, "TMOE", "Time-out enable", MMC5_TP),
	F(0x1d, 4, 1, 1, "DISP", "Disc unavailable until power cycle", MMC5_TP),
	F(0x1d, 4, 0, 1, "SWPP", "Software write protect until power down", MMC5_TP),
	F(0x1d, 6, 7, 16, "G1MT", "Group 1 minimum time-out", MMC5_TP, .unit = "s"),
	F(0x1d, 8, 7, 16, "G2MT", "Group 2 minimum time-out", MMC5_TP, .unit = "s"),
	/* Seen on drives; that it is this one is a guess. */
	F(0x1d, 10, 7, 16, "G3MT", "Group 3 time-out (unconfirmed)", OF_VENDOR, .unit = "s"),

	/* Below, all but 2Ah are of vendors, who have given a code to several things. */
	F(0x20, 2, 0, 1, "TOSH_SPEED", "Speed", OF_VENDOR, .drives = "TOSHIBA CD-ROM XM"),

	F(0x21, 2, 1, 2, "TEAC_DUMMY", "Dummy write", OF_VENDOR, .drives = "TEAC CD-R5"),

	F(0x23, 2, 7, 8, "PHIL_SPEED", "Speed", OF_VENDOR, .drives = "PHILIPS CDD"),
	F(0x23, 3, 7, 8, "PHIL_DUMMY", "Dummy write", OF_VENDOR, .drives = "PHILIPS CDD"),
	F(0x23, 3, 1, 1, "CW_DUMMY", "Dummy write", OF_VENDOR, .drives = "MATSHITA CD-R   CW-7501"),
	F(0x23, 3, 0, 1, "CW_AUTO_PG", "Automatic pre-gap", OF_VENDOR,
	  .drives = "MATSHITA CD-R   CW-7501"),

	F(0x2a, 2, 5, 1, "D_RAM_R", "DVD-RAM read", MMC3_CMS),
	F(0x2a, 2, 4, 1, "D_R_R", "DVD-R read", MMC3_CMS),
	F(0x2a, 2, 3, 1, "D_ROM_R", "DVD-ROM read", MMC3_CMS),
	F(0x2a, 2, 2, 1, "METH2", "Method 2 (fixed packets) read", MMC3_CMS),
	F(0x2a, 2, 1, 1, "CD_RW_R", "CD-RW read", MMC3_CMS),
	F(0x2a, 2, 0, 1, "CD_R_R", "CD-R read", MMC3_CMS),
	F(0x2a, 3, 5, 1, "D_RAM_W", "DVD-RAM write", MMC3_CMS),
	F(0x2a, 3, 4, 1, "D_R_W", "DVD-R write", MMC3_CMS),
	F(0x2a, 3, 2, 1, "TST_WR", "Test write", MMC3_CMS),
	F(0x2a, 3, 1, 1, "CD_RW_W", "CD-RW write", MMC3_CMS),
	F(0x2a, 3, 0, 1, "CD_R_W", "CD-R write", MMC3_CMS),
	F(0x2a, 4, 7, 1, "BUF", "Buffer underrun free recording", MMC3_CMS),
	F(0x2a, 4, 6, 1, "MULT_S", "Multi-session read", MMC3_CMS),
	F(0x2a, 4, 5, 1, "M2F2", "Mode 2 form 2 read", MMC3_CMS),
	F(0x2a, 4, 4, 1, "M2F1", "Mode 2 form 1 read", MMC3_CMS),
	F(0x2a, 4, 3, 1, "DP_2", "Digital output on port 2", MMC3_CMS),
	F(0x2a, 4, 2, 1, "DP_1", "Digital output on port 1", MMC3_CMS),
	F(0x2a, 4, 1, 1, "COMP", "Composite audio and video", MMC3_CMS),
	F(0x2a, 4, 0, 1, "AUDIO_P", "Audio play", MMC3_CMS),
	F(0x2a, 5, 7, 1, "RBC", "Bar code read", MMC3_CMS),
	F(0x2a, 5, 6, 1, "UPC", "Media catalog number (UPC) read", MMC3_CMS),
	F(0x2a, 5, 5, 1, "ISRC", "ISRC read", MMC3_CMS),
	F(0x2a, 5, 4, 1, "C2PS", "C2 pointers supported", MMC3_CMS),
	F(0x2a, 5, 3, 1, "RW_DC", "R-W de-interleaved and corrected", MMC3_CMS),
	F(0x2a, 5, 2, 1, "RW_S", "R-W supported", MMC3_CMS),
	F(0x2a, 5, 1, 1, "CDDA_SA", "CD-DA stream is accurate", MMC3_CMS),
	F(0x2a, 5, 0, 1, "CDDA_CS", "CD-DA commands supported", MMC3_CMS),
	F(0x2a, 6, 7, 3, "LMT", "Loading mechanism type", MMC3_CMS, .choices = loading_mechanisms),
	F(0x2a, 6, 3, 1, "EJECT", "Eject", MMC3_CMS),
	F(0x2a, 6, 2, 1, "PJ", "Prevent jumper", MMC3_CMS),
	F(0x2a, 6, 1, 1, "LS", "Lock state", MMC3_CMS),
	F(0x2a, 6, 0, 1, "LOCK", "Lock supported", MMC3_CMS),
	F(0x2a, 7, 5, 1, "PWILI", "P-W in lead-in read", MMC3_CMS, .alias = "RWILI"),
	F(0x2a, 7, 4, 1, "SCC", "Side change capable", MMC3_CMS),
	F(0x2a, 7, 3, 1, "SSS", "Software slot selection", MMC3_CMS),
	F(0x2a, 7, 2, 1, "CSDP", "Changer supports disc present", MMC3_CMS),
	F(0x2a, 7, 1, 1, "SCM", "Separate channel mute", MMC3_CMS),
	F(0x2a, 7, 0, 1, "SVL", "Separate volume levels", MMC3_CMS),
	F(0x2a, 8, 7, 16, "MRSS", "Maximum read speed", SFF_CMS, .unit = "kB/s"),
	F(0x2a, 10, 7, 16, "NVLS", "Number of volume levels", MMC3_CMS),
	F(0x2a, 12, 7, 16, "BSS", "Buffer size", MMC3_CMS, .unit = "KiB"),
	F(0x2a, 14, 7, 16, "CRSS", "Current read speed", SFF_CMS, .unit = "kB/s"),
	F(0x2a, 17, 5, 2, "LENGTH", "Digital output word length", MMC3_CMS,
	  .choices = word_lengths),
	F(0x2a, 17, 3, 1, "LSBF", "Digital output LSB first", MMC3_CMS),
	F(0x2a, 17, 2, 1, "RCK", "Left channel on high LRCK", MMC3_CMS),
	F(0x2a, 17, 1, 1, "BCKF", "Data valid on falling edge of BCK", MMC3_CMS),
	F(0x2a, 18, 7, 16, "MWSS", "Maximum write speed", SFF_CMS, .unit = "kB/s"),
	F(0x2a, 20, 7, 16, "CWS1", "Current write speed (obsolete field)", SFF_CMS,
	  .unit = "kB/s"),
	F(0x2a, 22, 7, 16, "CMRS", "Copy management revision supported", MMC3_CMS),
	F(0x2a, 27, 1, 2, "RCS", "Rotation control selected", MMC3_CMS, .choices = rotations),
	F(0x2a, 28, 7, 16, "CWSS", "Current write speed selected", MMC3_CMS, .unit = "kB/s"),
	F(0x2a, 30, 7, 16, "NWSD", "Number of write speed descriptors", MMC3_CMS),
	F(0x2a, 33, 2, 3, "WSD#_RC", "Write speed #: rotation control", MMC3_CMS,
	  .choices = rotations, .group = &write_speeds),
	F(0x2a, 34, 7, 16, "WSD#_S", "Write speed #", MMC3_CMS, .unit = "kB/s",
	  .group = &write_speeds),

	/* Page 03h on drives from before it had a number. */
	F(0x2c, 3, 0, 1, "LBAS", "LBA space", MMC5_MRW, .choices = lba_spaces),

	/* JustLink has one length, Apple's page another. */
	F(0x30, 2, 5, 1, "AWSCS", "Automatic write speed control supported", OF_VENDOR,
	  .least = 0x0e, .most = 0x0e),
	F(0x30, 2, 4, 1, "ARSCS", "Automatic read speed control supported", OF_VENDOR,
	  .least = 0x0e, .most = 0x0e),
	F(0x30, 2, 1, 1, "TWBFS", "Test write of JustLink supported", OF_VENDOR, .least = 0x0e,
	  .most = 0x0e),
	F(0x30, 2, 0, 1, "BUEFS", "JustLink supported", OF_VENDOR, .least = 0x0e, .most = 0x0e),
	F(0x30, 3, 5, 1, "AWSCD", "Automatic write speed control disabled", OF_VENDOR,
	  .least = 0x0e, .most = 0x0e),
	F(0x30, 3, 4, 1, "ARSCE", "Automatic read speed control enabled", OF_VENDOR, .least = 0x0e,
	  .most = 0x0e),
	F(0x30, 3, 0, 1, "BUEFE", "JustLink enabled", OF_VENDOR, .least = 0x0e, .most = 0x0e),
	F(0x30, 4, 7, 16, "LINKC", "JustLink counter", OF_VENDOR, .least = 0x0e, .most = 0x0e),
	F(0x30, 10, 7, 160, "APPLE", "Apple's name of the maker", OF_VENDOR, .kind = FIELD_TEXT,
	  .least = 0x1c, .most = 0x1e),

	F(0x31, 2, 7, 8, "TEAC_SPEED", "Speed", OF_VENDOR, .drives = "TEAC CD-R5"),
	F(0x31, 2, 7, 8, "SONY_SPEED", "Speed", OF_VENDOR, .drives = "SONY CD-R   CDU92"),
	F(0x31, 3, 7, 4, "YAM_SPEED", "Speed", OF_VENDOR, .drives = "YAMAHA CDR",
	  .most = 0x07),
	F(0x31, 3, 3, 4, "YAM_DUMMY", "Dummy write", OF_VENDOR, .drives = "YAMAHA CDR",
	  .most = 0x07),
	F(0x31, 4, 7, 24, "DT_INNER", "DiscT@2 inner radius", OF_VENDOR, .drives = "YAMAHA CRW",
	  .least = 0x08),
	F(0x31, 7, 7, 24, "DT_OUTER", "DiscT@2 outer radius", OF_VENDOR, .drives = "YAMAHA CRW",
	  .least = 0x08),

	F(0x3e, 2, 7, 1, "AV", "Audio and video mode", OF_VENDOR, .drives = "FUJITSU MC"),
	F(0x3e, 2, 6, 1, "STREAM", "Stream mode", OF_VENDOR, .drives = "FUJITSU MC"),
	F(0x3e, 2, 1, 2, "VERIFY", "Verify mode", OF_VENDOR, .drives = "FUJITSU MC"),
	F(0x3e, 3, 4, 5, "DEV_TYPE", "Device type", OF_VENDOR, .drives = "FUJITSU MC"),
};

const size_t field_table_size = ARRAY_SIZE(field_table);
