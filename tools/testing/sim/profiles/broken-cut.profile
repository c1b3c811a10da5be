# SPDX-License-Identifier: MIT
#
# Sends no more than 64 bytes of all pages, and declares them all.

[drive]
like = dvd-reader
model = CUT

[faults]
1 = on mode-sense page=3f: short 64
