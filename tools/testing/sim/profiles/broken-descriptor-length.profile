# SPDX-License-Identifier: MIT
#
# Declares a block descriptor of 16576 bytes, and sends none.

[drive]
like = dvd-reader
model = DESCRIPTOR LENGTH

[faults]
1 = on mode-sense form=10: descriptor 16576
