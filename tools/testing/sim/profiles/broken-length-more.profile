# SPDX-License-Identifier: MIT
#
# The length byte of page 0Eh says more than there is.

[drive]
like = dvd-reader
model = LENGTH MORE

[current]
0e = 0e 18 04 00 00 00 00 4b 01 ff 02 ff 00 00 00 00
