# SPDX-License-Identifier: MIT
#
# Page 2Ah has 16 bytes.

[drive]
like = dvd-reader
model = 2A 16

[current]
2a = 2a 0e 07 37 71 77 29 23 21 13 01 00 02 00 16 0d
