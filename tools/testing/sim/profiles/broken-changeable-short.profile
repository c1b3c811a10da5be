# SPDX-License-Identifier: MIT
#
# The changeable values of page 2Ah are shorter than the current ones.

[drive]
like = dvd-reader
model = CHANGEABLE SHORT

[changeable]
2a = 2a 0e 00*14
