# SPDX-License-Identifier: MIT
#
# An ATAPI CD-ROM drive of MMC-1 times: no 6-byte commands, no page 3Fh, and a page
# 2Ah of 22 bytes. Its sense data say nothing about where the error is.

[drive]
vendor = MATSHITA
model = CD-ROM CR-585
revision = ZU0F
version = 0
vpd =
refuses = 46 51

[mode sense]
forms = 10
medium-type = 01
all = 5/24/00
unknown-page = 5/24/00
subpage = ignored
saved = 5/39/00

[mode select]
unknown-page = 5/26/00
page-length = 5/26/00
unchangeable = 5/26/00

[current]
01 = 01 06 00 05 00 00 00 00
0d = 0d 06 00 05 00 3c 00 4b
0e = 0e 0e 04 00 00 00 00 4b 01 ff 02 ff 00 00 00 00
2a = 2a 14 00 00 71 67 29 03 10 89 01 00 00 80 10 89
  00 00 00 00 00 00

[changeable]
01 = 01 06 37 ff 00 00 00 00
0d = 0d 06 00 0f 00 00 00 00
0e = 0e 0e 06 00 00 00 00 00 0f ff 0f ff 00 00 00 00
