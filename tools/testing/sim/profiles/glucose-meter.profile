# SPDX-License-Identifier: MIT
#
# What a device shows that is none: no command but those of sr is to be sent to it.

[drive]
like = dvd-reader
vendor = Beurer
model = Gluco Memory
