# SPDX-License-Identifier: MIT
#
# The mode data length is 0.

[drive]
like = dvd-reader
model = DECLARED ZERO

[faults]
1 = on mode-sense: declare 0
