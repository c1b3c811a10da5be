# SPDX-License-Identifier: MIT
#
# Page 2Ah has 48 bytes.

[drive]
like = dvd-reader
model = 2A 48

[current]
2a = 2a 2e 07 37 71 77 29 23 21 13 01 00 02 00 16 0d
  00 10 08 44 08 44 00 01 00 00 00 00 15 80 00 04
  00 00 15 80 00 00 10 20 00 00 0c 18 00 00 09 12
