# SPDX-License-Identifier: MIT
#
# Has a page of code 0 and length 0 in the middle of its list.

[drive]
like = dvd-reader
model = SHORT GAP

[mode sense]
order = 01 08 gap 0d 0e 1a 2a

[current]
gap = 00 00
