# SPDX-License-Identifier: MIT
#
# A BD writer like the LG BU40N: page 1Ch has the PS bit, 1Dh has 10 bytes, 20h is
# the vendor's, 2Ah has room for nine write speed descriptors.

[drive]
vendor = HL-DT-ST
model = BD-RE BU40N
revision = 1.03
version = 0
medium = bd
profiles = 0043 0042 0041 0040 0014 0013 0011 0010 000a 0009 0008

[mode sense]
medium-type = 41
saved = answered

[mode select]
sp = allowed
many = yes

[current]
01 = 01 0a 80 20 00 00 00 00 20 00 00 00
05 = 05 32 61 c5 08 10 00 00 00 00 00 00 00 10 00 96 00*36
08 = 08 0a 04 00*9
0d = 0d 06 00 05 00 3c 00 4b
0e = 0e 0e 04 00 00 00 00 4b 01 ff 02 ff 00 00 00 00
1a = 1a 0a 00 03 00 00 00 c8 00 00 12 c0
1c = 9c 0a 00 04 00 00 02 58 00 00 00 00
1d = 1d 0a 00 00 00 00 00 09 2a 30 00 09
20 = 20 0a 01 00 00 64 00 03 00 00 00 00
2a = 2a 42 3f 37 f1 77 29 23 1b 90 01 00 10 00 1b 90
  00 00 1b 90 1b 90 00 01 00 00 00 00 1b 90 00 03
  00 00 1b 90  00 00 15 7c  00 00 0d bc  00*24

[changeable]
01 = 01 0a c5 ff 00 00 00 03 ff 00 00 00
05 = 05 32 7f ff 0f ff 00 3f ff 00 ff ff ff ff ff ff 00*36
08 = 08 0a 05 00*9
0d = 0d 06 00 0f 00 00 00 00
0e = 0e 0e 06 00*5 0f ff 0f ff 00 00 00 00
1a = 1a 0a 00 03 ff ff ff ff ff ff ff ff
1c = 1c 0a 8d 0f ff ff ff ff ff ff ff ff
1d = 1d 0a 00 00 0f 00 ff ff ff ff ff ff

[saved]
01 = absent
05 = absent
08 = absent
0d = absent
0e = absent
1a = absent
1d = absent
20 = absent
2a = absent
