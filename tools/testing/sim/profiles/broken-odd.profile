# SPDX-License-Identifier: MIT
#
# Fails requests with an odd allocation length.

[drive]
like = dvd-reader
model = ODD

[faults]
1 = on mode-sense odd=1: host 07
