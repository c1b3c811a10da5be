# SPDX-License-Identifier: MIT
#
# Has a page of zeros in the middle of its list of all pages.

[drive]
like = dvd-reader
model = GAP

[mode sense]
order = 01 08 gap 0d 0e 1a 2a

[current]
gap = 00*12
