# SPDX-License-Identifier: MIT
#
# The length byte of page 2Ah is zero.

[drive]
like = dvd-reader
model = LENGTH ZERO

[current]
2a = 2a 00 1f 00 71 77 29 23 21 13 01 00 02 00 16 0d
  00 00 00 00 00 00 00 01 00 00 00 00 00 00 00 00
