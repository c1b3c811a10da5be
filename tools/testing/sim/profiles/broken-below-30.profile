# SPDX-License-Identifier: MIT
#
# Fails requests for less than 30 bytes (a memory stick by SanDisk).

[drive]
like = dvd-reader
model = BELOW 30

[faults]
1 = on mode-sense below=30: host 07
