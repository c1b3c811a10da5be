/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Differences between the supported kernels, each named by what it is about.
 */
#ifndef MODEPAGES_COMPAT_H
#define MODEPAGES_COMPAT_H

#include <linux/version.h>

/* is_bin_visible() takes a const bin_attribute. */
#if KERNEL_VERSION(6, 13, 0) <= LINUX_VERSION_CODE
#define compat_const_bin_visible const
#else
#define compat_const_bin_visible
#endif

/* Binary attributes are read through, and listed by, const pointers. */
#if KERNEL_VERSION(6, 16, 0) <= LINUX_VERSION_CODE
#define compat_const_bin_attribute const
#else
#define compat_const_bin_attribute
#endif

#endif /* MODEPAGES_COMPAT_H */
