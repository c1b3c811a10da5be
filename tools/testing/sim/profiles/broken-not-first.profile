# SPDX-License-Identifier: MIT
#
# Sends page 01h before any other page that it is asked for.

[drive]
like = dvd-reader
model = NOT FIRST

[mode sense]
order = 01 08 0d audio 1a capabilities

[current]
audio = 0e 0e 04 00 00 00 00 4b 01 ff 02 ff 00 00 00 00
0e = 01 0a 00 05 00*8
  0e 0e 04 00 00 00 00 4b 01 ff 02 ff 00 00 00 00
capabilities = 2a 1e 1f 00 71 77 29 23 21 13 01 00 02 00 16 0d
  00 00 00 00 00 00 00 01 00 00 00 00 00 00 00 00
2a = 01 0a 00 05 00*8
  2a 1e 1f 00 71 77 29 23 21 13 01 00 02 00 16 0d
  00 00 00 00 00 00 00 01 00 00 00 00 00 00 00 00
