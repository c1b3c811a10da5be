# SPDX-License-Identifier: MIT
#
# A CD-RW writer of MMC-2 times: page 05h, a page 2Ah of 26 bytes, and MODE SELECT
# only with the length of exactly one page.

[drive]
vendor = PLEXTOR
model = CD-R   PX-W1210A
revision = 1.10
version = 0
profiles = 000a 0009 0008

[mode sense]
medium-type = 01
unknown-page = 5/24/00 cdb=2

[mode select]
list-length = exact
descriptor = refused
unchangeable = 5/26/00 field=offender

[current]
01 = 01 0a 00 08 00 00 00 00 01 00 00 00
05 = 05 32 41 c4 08 00 00 00 00 00 00 00 00 10 00 96 00*36
08 = 08 0a 04 00*9
0d = 0d 06 00 05 00 3c 00 4b
0e = 0e 0e 04 00 00 00 00 4b 01 ff 02 ff 00 00 00 00
1a = 1a 0a 00 00 00*8
2a = 2a 18 07 07 f1 7f 29 03 16 0d 01 00 08 00 16 0d
  00 10 08 44 08 44 00 01 00 00

[changeable]
01 = 01 0a 37 ff 00 00 00 00 ff 00 00 00
05 = 05 32 5f ff 0f 00 00 3f ff 00 ff ff ff ff ff ff ff*16 ff*16 ff*4
08 = 08 0a 05 00*9
0d = 0d 06 00 0f 00 00 00 00
0e = 0e 0e 06 00 00 00 00 00 0f ff 0f ff 00 00 00 00
1a = 1a 0a 00 03 ff ff ff ff ff ff ff ff
