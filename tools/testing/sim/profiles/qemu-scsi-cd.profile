# SPDX-License-Identifier: MIT
#
# The drive scsi-cd of QEMU. It accepts a change of page 01h and forgets it; its
# default values are the current ones.

[drive]
vendor = QEMU
model = QEMU CD-ROM
revision = 2.5+
lock-bit = yes
profiles = 0010 0008

[mode sense]
default = current
subpage = ignored
unknown-page = 5/24/00

[mode select]
pf = 5/24/00
sp = 5/24/00
unknown-page = 5/26/00
page-length = 5/26/00
unchangeable = 5/26/00
bad-descriptor = 5/26/00
ignored = 01

[current]
01 = 01 0a 80 20 00*8
08 = 08 12 04 00*17
0e = 0e 0e 00*14
2a = 2a 14 3b 00 7f ff 2d 00 22 60 00 02 08 00 0b 00 00 00 0b 00 0b 00

[changeable]
01 = 01 0a 80 00*9
08 = 08 12 04 00*17
