# SPDX-License-Identifier: MIT
#
# The default values of page 2Ah are all zero (a drive by Matsushita).

[drive]
like = dvd-reader
model = DEFAULT ZERO

[default]
2a = 2a 1e 00*30
