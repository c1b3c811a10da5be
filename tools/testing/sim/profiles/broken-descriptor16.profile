# SPDX-License-Identifier: MIT
#
# Sends a long block descriptor, unasked, whatever DBD says.

[drive]
like = dvd-reader
model = DESCRIPTOR16

[mode sense]
dbd = ignored
descriptor = 16
