# SPDX-License-Identifier: MIT
"""
Simulated optical drives.

sense    sense data: text, bytes, and the exception that carries it
profile  what a drive is, from a text file
pages    the mode pages of a drive, and the answers to MODE SENSE
select   MODE SELECT
medium   the disc, and the commands about it
commands the other commands
faults   rules that spoil an answer
drive    a drive: a CDB in, an outcome out, a log of both
vhba     how the kernel gets to see a drive
server   the process: drives, commands from stdin
"""
