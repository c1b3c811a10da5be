# SPDX-License-Identifier: MIT
#
# The mode data length is smaller by 6 than what is sent (some drives by SANYO).

[drive]
like = dvd-reader
model = DECLARED LESS

[faults]
1 = on mode-sense: declare -6
