# SPDX-License-Identifier: MIT
#
# Says that all is well, and sends zeros, as Hyper-V does for some pages.

[drive]
like = dvd-reader
model = ZERO

[faults]
1 = on mode-sense form=10: zero
