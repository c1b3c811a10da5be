# SPDX-License-Identifier: MIT
#
# The mode data length is larger by 10 than what is sent.

[drive]
like = dvd-reader
model = DECLARED MORE

[faults]
1 = on mode-sense: declare +10
