# SPDX-License-Identifier: MIT
#
# Answers the 10-byte command with a header and no page.

[drive]
like = dvd-reader
model = HEADER ONLY

[faults]
1 = on mode-sense form=10: data 00 06 00 00 00 00 00 00
