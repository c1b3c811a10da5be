/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What the core needs from its surroundings, in the kernel and in user space.
 */
#ifndef MODEPAGES_CORE_PORT_H
#define MODEPAGES_CORE_PORT_H

#include <linux/modepages.h>

#ifdef __KERNEL__

#include <kunit/visibility.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/types.h>
#include <linux/unaligned.h>

#else

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;

/* The library has a list of what it exports, libmodepages.map. */
#define EXPORT_SYMBOL_IF_KUNIT(...)

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define min(a, b)				\
	({					\
		__typeof__(a) _a = (a);		\
		__typeof__(b) _b = (b);		\
		_a < _b ? _a : _b;		\
	})

static inline u16 get_unaligned_be16(const u8 *p)
{
	return (u16)(p[0] << 8 | p[1]);
}

static inline void put_unaligned_be16(u16 value, u8 *p)
{
	p[0] = (u8)(value >> 8);
	p[1] = (u8)value;
}

#endif /* __KERNEL__ */

#endif /* MODEPAGES_CORE_PORT_H */
