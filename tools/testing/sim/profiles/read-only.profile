# SPDX-License-Identifier: MIT
#
# A drive without MODE SELECT, changeable or default values, like QEMU's ATAPI one.

[drive]
like = dvd-reader
model = READ ONLY

[mode sense]
changeable = 5/24/00 cdb=2
default = 5/24/00 cdb=2

[mode select]
supported = no
