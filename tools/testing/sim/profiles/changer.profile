# SPDX-License-Identifier: MIT
#
# A CD changer with six slots.

[drive]
vendor = NEC
model = CD-ROM DRIVE:251
revision = 4.04
version = 0
slots = 6

[mode sense]
medium-type = 01

[current]
01 = 01 06 00 05 00 00 00 00
0d = 0d 06 00 05 00 3c 00 4b
0e = 0e 0e 04 00 00 00 00 4b 01 ff 02 ff 00 00 00 00
18 = 18 16 00 01 00 01 00*18
2a = 2a 14 00 00 71 67 89 0f 05 83 01 00 00 80 05 83
  00 00 00 00 00 00

[changeable]
01 = 01 06 37 ff 00 00 00 00
0e = 0e 0e 06 00 00 00 00 00 0f ff 0f ff 00 00 00 00
