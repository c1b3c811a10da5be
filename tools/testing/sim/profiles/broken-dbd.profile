# SPDX-License-Identifier: MIT
#
# Refuses a CDB with DBD set.

[drive]
like = dvd-reader
model = DBD

[mode sense]
dbd = 5/24/00 cdb=1.3
descriptor = 8
