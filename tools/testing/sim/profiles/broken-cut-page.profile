# SPDX-License-Identifier: MIT
#
# Sends only the first half of page 2Ah.

[drive]
like = dvd-reader
model = CUT PAGE

[faults]
1 = on mode-sense page=2a: short 24
