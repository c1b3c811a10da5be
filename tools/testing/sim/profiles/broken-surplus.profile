# SPDX-License-Identifier: MIT
#
# Sends 54 zeros after the data.

[drive]
like = dvd-reader
model = SURPLUS

[faults]
1 = on mode-sense: long 54
