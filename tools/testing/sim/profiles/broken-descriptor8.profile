# SPDX-License-Identifier: MIT
#
# Sends a block descriptor, whatever DBD says.

[drive]
like = dvd-reader
model = DESCRIPTOR8

[mode sense]
dbd = ignored
descriptor = 8
