# SPDX-License-Identifier: MIT
#
# A DVD writer that insists on all that may be insisted on: a block descriptor, the
# exact length, a mode data length of zero, no PS bit. It sends long block
# descriptors when asked for, and says so when its parameters have changed.

[drive]
like = dvd-writer
vendor = MODEPAGE
model = STRICT WRITER

[mode sense]
descriptor = by-llbaa

[mode select]
sp = 5/24/00 cdb=1.0
data-length = 5/26/00 field=0
ps = 5/26/00 field=page.7
list-length = exact
descriptor = required
attention = 2a/01
