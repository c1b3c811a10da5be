# SPDX-License-Identifier: MIT
#
# Raises unit attentions again and again.

[drive]
like = dvd-reader
model = ATTENTION

[faults]
1 = on mode-sense form=10 times=8: sense 6/29/00
