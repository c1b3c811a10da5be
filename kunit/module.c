// SPDX-License-Identifier: GPL-2.0-only
/*
 * The suites beside this file as one module. KUnit finds and runs them.
 */
#include <linux/module.h>

#include "../drivers/compat.h"

MODULE_DESCRIPTION("KUnit tests of modepages");
MODULE_AUTHOR("The modepages developers");
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(COMPAT_KUNIT_NAMESPACE);
