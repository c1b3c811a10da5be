# SPDX-License-Identifier: MIT
#
# Refuses nothing: a page that it does not have comes as zeros.

[drive]
like = dvd-reader
model = ZERO 1C

[faults]
1 = on mode-sense page=1c: data 00*20
