# SPDX-License-Identifier: MIT
#
# The changeable values have code 0 or length 0.

[drive]
like = dvd-reader
model = CHANGEABLE EMPTY

[changeable]
01 = 01 00
0e = 00 0e 06 00 00 00 00 00 0f ff 0f ff 00 00 00 00
2a = 00 00
