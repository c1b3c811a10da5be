# SPDX-License-Identifier: MIT
#
# Page 2Ah has 68 bytes.

[drive]
like = dvd-reader
model = 2A 68

[current]
2a = 2a 42 07 37 71 77 29 23 21 13 01 00 02 00 16 0d
  00 10 08 44 08 44 00 01 00 00 00 00 15 80 00 09
  00 00 15 80 00 00 10 20 00 00 0c 18 00 00 09 12
  00 00 06 cd 00 00 05 19 00 00 03 d2 00 00 02 dd
  00 00 02 25
