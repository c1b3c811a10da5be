# SPDX-License-Identifier: MIT
#
# A write-once drive (peripheral device type 4), with block descriptors.

[drive]
vendor = MODEPAGE
model = WORM
type = 4
version = 2
medium = none
refuses = 43 46 4a 51

[mode sense]
descriptor = 8

[current]
01 = 01 0a 80 08 00*8
02 = 02 0e 00*14
08 = 08 0a 04 00*9
1c = 9c 0a 00 06 00*8

[changeable]
01 = 01 0a c0 ff 00*8
08 = 08 0a 05 00*9
