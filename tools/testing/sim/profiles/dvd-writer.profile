# SPDX-License-Identifier: MIT
#
# A DVD writer of MMC-3 times: a page 2Ah of 52 bytes with five write speeds, pages
# that can be saved, retry counts and idle times that are rounded (1/37/00).

[drive]
vendor = HL-DT-ST
model = DVDRAM GSA-4163B
revision = A104
version = 0
medium = dvd
profiles = 001b 001a 0014 0013 0012 0011 0010 000a 0009 0008 0002

[mode sense]
medium-type = 41
saved = answered

[mode select]
sp = allowed
round = 01.3 multiple 4, 1a.4:4 min 50, 1a.4:4 max 36000

[current]
01 = 81 0a 80 10 00 00 00 00 10 00 00 00
05 = 05 32 60 05 08 10 00 00 00 00 00 00 00 10 00 96 00*36
08 = 08 0a 04 00*9
0d = 0d 06 00 05 00 3c 00 4b
0e = 8e 0e 04 00 00 00 00 4b 01 ff 02 ff 00 00 00 00
1a = 9a 0a 00 03 00 00 02 58 00 00 12 c0
1d = 1d 08 00 00 00 00 00 07 00 b4
2a = 2a 32 3f 37 f1 77 29 23 1b 90 01 00 08 00 1b 90
  00 10 1b 90 1b 90 00 01 00 00 00 00 15 a4 00 05
  00 00 15 a4  00 00 10 3b  00 00 0a d2  00 00 08 1e  00 00 05 69

[changeable]
01 = 01 0a c5 ff 00 00 00 03 ff 00 00 00
05 = 05 32 7f ff 0f ff 00 3f ff 00 ff ff ff ff ff ff ff*16 ff*16 ff*4
08 = 08 0a 05 00*9
0d = 0d 06 00 0f 00 00 00 00
0e = 0e 0e 06 00 00 00 00 00 0f ff 0f ff 00 00 00 00
1a = 1a 0a 00 03 ff ff ff ff ff ff ff ff
1d = 1d 08 00 00 07 00 ff ff ff ff

[default]
01 = 01 0a 80 20 00 00 00 00 20 00 00 00

[saved]
01 = 81 0a 80 10 00 00 00 00 10 00 00 00
05 = absent
08 = absent
0d = absent
1d = absent
2a = absent
