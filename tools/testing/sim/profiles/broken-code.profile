# SPDX-License-Identifier: MIT
#
# Sends page 0Eh under the code 2Ah, and the other way round.

[drive]
like = dvd-reader
model = CODE

[faults]
1 = on mode-sense page=2a: code 0e
2 = on mode-sense page=0e: code 2a
