# SPDX-License-Identifier: MIT
#
# Lists page 0Eh twice, and the pages out of order.

[drive]
like = dvd-reader
model = TWICE

[mode sense]
order = 2a 0e 01 08 0e 1a 0d
