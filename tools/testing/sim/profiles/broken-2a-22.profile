# SPDX-License-Identifier: MIT
#
# Page 2Ah has 22 bytes.

[drive]
like = dvd-reader
model = 2A 22

[current]
2a = 2a 14 07 37 71 77 29 23 21 13 01 00 02 00 16 0d
  00 10 08 44 08 44
