/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Differences between the supported kernels, each named by what it is about.
 */
#ifndef MODEPAGES_COMPAT_H
#define MODEPAGES_COMPAT_H

#include <linux/version.h>

#include "modepages.h"

/* is_bin_visible() takes a const bin_attribute. */
#if KERNEL_VERSION(6, 13, 0) <= LINUX_VERSION_CODE
#define compat_const_bin_visible const
#else
#define compat_const_bin_visible
#endif

/* MODULE_IMPORT_NS() takes a string. */
#if KERNEL_VERSION(6, 13, 0) <= LINUX_VERSION_CODE
#define COMPAT_KUNIT_NAMESPACE "EXPORTED_FOR_KUNIT_TESTING"
#else
#define COMPAT_KUNIT_NAMESPACE EXPORTED_FOR_KUNIT_TESTING
#endif

/* Binary attributes are read through, and listed by, const pointers. */
#if KERNEL_VERSION(6, 16, 0) <= LINUX_VERSION_CODE
#define compat_const_bin_attribute const
#else
#define compat_const_bin_attribute
#endif

/*
 * How many unit attentions about a new medium, and about power on or reset, the
 * midlayer has seen, whoever's command they came with. Where it does not count,
 * always the same.
 */
static inline u64 compat_unit_attentions(struct scsi_device *sdev)
{
#ifdef scsi_get_ua_new_media_ctr
	return (u64)scsi_get_ua_new_media_ctr(sdev) << 32 |
	       (u32)scsi_get_ua_por_ctr(sdev);
#else
	return 0;
#endif
}

/* Of these, the number of those about power on or reset. */
static inline u32 compat_resets(u64 attentions)
{
	return (u32)attentions;
}

#endif /* MODEPAGES_COMPAT_H */
