# SPDX-License-Identifier: MIT
#
# A DVD-ROM drive without peculiarities. The broken-* profiles are like it, but for
# one thing each.

[drive]
vendor = MODEPAGE
model = DVD-ROM
revision = 1.0
version = 0
medium = dvd
profiles = 0010 0008

[current]
01 = 01 0a 00 05 00*8
08 = 08 0a 04 00*9
0d = 0d 06 00 05 00 3c 00 4b
0e = 0e 0e 04 00 00 00 00 4b 01 ff 02 ff 00 00 00 00
1a = 1a 0a 00 00 00 00 02 58 00 00 12 c0
# Reads CD-R, CD-RW, DVD-ROM and DVD-R; 8467 kB/s, now 5645; 512 KiB.
2a = 2a 1e 1f 00 71 77 29 23 21 13 01 00 02 00 16 0d
  00 00 00 00 00 00 00 01 00 00 00 00 00 00 00 00

[changeable]
01 = 01 0a 37 ff 00*8
08 = 08 0a 01 00*9
0d = 0d 06 00 0f 00 00 00 00
0e = 0e 0e 06 00 00 00 00 00 0f ff 0f ff 00 00 00 00
1a = 1a 0a 00 03 ff ff ff ff ff ff ff ff
