# SPDX-License-Identifier: MIT
#
# A CD-ROM drive from before MMC: knows the 6-byte commands only, sends a block
# descriptor whatever DBD says, and refuses what was reserved in SCSI-2.

[drive]
vendor = PIONEER
model = CD-ROM DR-U03S
revision = 1.00
version = 2
vpd =
profiles =
refuses = 46 4a 51 a0 a8 bb bd

[mode sense]
forms = 6
dbd = ignored
descriptor = 8
medium-type = 01
unknown-page = 5/24/00 cdb=2.5

[mode select]
descriptor = any
ps = 5/26/00 field=page.7

[current]
01 = 01 06 00 05 00 00 00 00
02 = 02 0e 00*14
0d = 0d 06 00 02 00 3c 00 4b
0e = 0e 0e 04 00 00 00 00 4b 01 ff 02 ff 00 00 00 00

[changeable]
01 = 01 06 37 ff 00 00 00 00
0d = 0d 06 00 0f 00 00 00 00
0e = 0e 0e 06 00 00 00 00 00 0f ff 0f ff 00 00 00 00
