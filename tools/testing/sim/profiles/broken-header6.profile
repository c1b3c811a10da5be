# SPDX-License-Identifier: MIT
#
# Puts the header of the 6-byte command into answers to the 10-byte one.

[drive]
like = dvd-reader
model = HEADER6

[faults]
1 = on mode-sense form=10: header6
