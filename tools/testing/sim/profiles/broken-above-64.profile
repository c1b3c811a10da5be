# SPDX-License-Identifier: MIT
#
# Fails requests for all pages above 64 bytes (a bridge by ACARD).

[drive]
like = dvd-reader
model = ABOVE 64

[faults]
1 = on mode-sense page=3f above=64: sense 5/24/00
