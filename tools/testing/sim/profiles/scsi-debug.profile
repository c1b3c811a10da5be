# SPDX-License-Identifier: MIT
#
# Linux's scsi_debug with ptype=5. It compares nothing with the changeable bits,
# looks at the first page of a list only, and answers page 00h with a header.

[drive]
vendor = Linux
model = scsi_debug
revision = 0191
removable = no
version = 7

[mode sense]
order = 01 02 0a 0a.05 19 19.01 19.02 1c
subpage = 5/24/00 cdb=3

[mode select]
pf = 5/24/00 cdb=length
sp = 5/24/00 cdb=length
data-length = 5/26/00 field=0
ps = 5/26/00 field=page.7
pages = 0a 1c
unknown-page = 5/26/00 field=page.5
page-length = 5/26/00 field=page.5
unchangeable = accepted
many = no
short-list = accepted
bad-descriptor = accepted
attention = 2a/01

[current]
00 =
01 = 01 0a c0 0b f0 00 00 00 05 00 ff ff
02 = 02 0e 80 80 00 0a 00*10
0a = 0a 0a 02 00 00 80 00 00 00 00 02 4b
0a.05 = 4a 05 00 6c 00*12
  04 00*15 04 00*15 04 00*15 04 00*15 04 00*15 00*16
19 = 19 06 06 00 07 d0 00 00
19.01 = 59 01 00 64 00 06 00 02
  00 00 00 00 10 09 08 00
  32 22 22 20 00 00 00 00  31 11 11 10 00 00 00 01
  02 00 00 00 00 00 00 00
  88 99 00 00 00 00 00 00  00 00 00 00 00 00 00 00
  00 01 00 00 10 09 08 00
  32 22 22 20 00 00 00 00  31 11 11 10 00 00 00 01
  03 00 00 00 00 00 00 00
  88 99 00 00 00 00 00 00  00 00 00 00 00 00 00 00
19.02 = 59 02 00 0c 00 06 10 00 00*8
1c = 1c 0a 08 00*9

[changeable]
00 = absent
0a = 0a 0a 06 00*9
1c = 1c 0a 04 0f 00*8

[default]
00 = absent
0a = 0a 0a 02 00 00 00 00 00 00 00 02 4b
1c = 1c 0a 08 00*9
