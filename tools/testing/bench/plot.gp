# SPDX-License-Identifier: MIT
#
# gnuplot plot.gp, in the directory with the data of report.py: what a drive and a
# read cost, by how many there are. Where the lines are flat, nothing grows with them.

set terminal svg size 720,400 background "white"
set style data linespoints
set pointsize 0.7
set yrange [0:*]
set grid y
set key bottom right
set logscale x

set output "drives.svg"
set title "A drive, beside others"
set xlabel "drives"
set ylabel "from its scan to our add, us"
set y2label "kernel memory, KiB"
set ytics nomirror
set y2tics
set y2range [0:*]
set xtics (1, 10, 50, 200)
plot "drives.dat" using 1:2 title "time", \
	"memory.dat" using 1:2 axes x1y2 title "memory", \
	"memory.dat" using 1:3 axes x1y2 title "memory of sg"

set output "readers.svg"
set title "A read of a page's file, beside others"
set xlabel "readers at the same time"
set ylabel "us"
unset y2label
unset y2tics
set ytics mirror
set xtics (1, 8, 64)
plot for [column = 2:5] "readers.dat" using 1:column \
	title word("1 10 50 200", column - 1)." drives"
