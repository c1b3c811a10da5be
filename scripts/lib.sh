# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# What the scripts share: messages, missing packages, the cache.
# All text for the user goes to stderr, stdout belongs to a script's result.

shopt -s inherit_errexit
umask 022
# shellcheck disable=SC2034 # used by the scripts that source this file
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache_dir=${XDG_CACHE_HOME:-$HOME/.cache}/modepages

say() {
	printf '%s\n' "$@" >&2
}

die() {
	say "${0##*/}: $*"
	exit 1
}

# usage: print the comment at the top of the running script.
usage() {
	sed -n '4,/^[^#]*$/s/^# \{0,1\}//p' "$0"
}

as_root() {
	if [[ $EUID -eq 0 ]]; then
		"$@"
	else
		sudo "$@"
	fi
}

# timed LOG CMD...: run something that takes a while, its output to LOG. Shows how
# far it is. Sets took to the seconds and status to the exit status.
timed() {
	local log=$1 start=$SECONDS ticker
	shift
	while sleep 20 &>/dev/null && kill -0 $$ 2>/dev/null; do
		say "   ... $((SECONDS - start)) s: $(tail -n 1 "$log" | tr -cd '[:print:]' | cut -c 1-65)"
	done &
	ticker=$!
	set +e
	(set -e && "$@") >"$log" 2>&1 </dev/null
	status=$?
	set -e
	kill "$ticker"
	took=$((SECONDS - start))
}

# step TEXT CMD...: the same for a command whose output is of interest only when it
# fails; ends the script then.
step() {
	local log status took
	say "-- $1"
	shift
	log=$(mktemp)
	timed "$log" "$@"
	[[ $status -eq 0 ]] || tail -n 60 "$log" >&2
	rm -f "$log"
	[[ $status -eq 0 ]] || die "that failed after $took s"
	say "   done, $took s"
}

# need_packages COMMAND:PACKAGE...: install the packages whose command is missing.
need_packages() {
	local pair missing=() PATH=$PATH:/usr/sbin:/sbin
	for pair; do
		command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
	done
	[[ ${#missing[@]} -gt 0 ]] || return 0
	say "Not installed on this machine but needed, so apt installs it: ${missing[*]}"
	step "apt-get update" as_root apt-get -q update
	step "apt-get install ${missing[*]}" as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get -qy install --no-install-recommends "${missing[@]}"
}

# need_host_packages: all that the scripts use on this machine, in one go.
need_host_packages() {
	need_packages mmdebstrap:mmdebstrap mke2fs:e2fsprogs qemu-system-x86_64:qemu-system-x86 cpio:cpio
}

# key_of TEXT...: a short name for what goes into a cache entry.
key_of() {
	printf '%s\n' "$@" | sha256sum | cut -c 1-16
}

# cached KIND KEY CMD...: print the directory of a cache entry. If there is none,
# "CMD... DIR" fills it under another name first, so that an entry is complete
# or not there. Two runs at once do not make the same kind twice.
cached() {
	local kind=$1 dir=$cache_dir/$1-$2 lock
	shift 2
	mkdir -p "$cache_dir"
	if [[ ! -d $dir ]]; then
		exec {lock}>"$cache_dir/$kind.lock"
		flock -n "$lock" || { say "-- waiting: another run makes $kind" && flock "$lock"; }
		[[ -d $dir ]] || make_entry "$kind" "$dir" "$@"
		flock -u "$lock"
		exec {lock}>&-
	fi
	touch "$dir"
	printf '%s\n' "$dir"
}

# Old entries of the kind go, but not those that another run may be using.
make_entry() {
	local kind=$1 dir=$2
	shift 2
	find "$cache_dir" -maxdepth 1 -name "$kind-*" -mmin +120 -exec rm -rf {} +
	rm -rf "$dir.part"
	mkdir "$dir.part"
	"$@" "$dir.part" >&2
	mv "$dir.part" "$dir"
}

# kernel_release ROOTFS VERSION: the release in ROOTFS that begins with VERSION.
kernel_release() {
	local found=("$1/root/usr/lib/modules/$2".*)
	[[ -d ${found[0]} ]] || die "there is no kernel $2 in $1"
	basename "${found[0]}"
}

# kernel_trouble LOG: what the kernel complains of. It stops at an oops and at a
# warning; this finds what it only prints, too. Error -12 is of a test that has had an
# allocation fail; verify_failed is the name of a status, of a drive that is to fail.
kernel_trouble() {
	grep -aE 'WARNING:|BUG:|Oops|Call Trace|stall|possible.*deadlock|hung|blocked for more|UBSAN:|refcount_t:|corruption|Kernel panic|lockdep is turned off|new suspected memory leak|modepages.*(error|failed)' "$1" |
		grep -vE 'module verification failed|kobject_add_internal failed for modepages \(error: -12 |mode pages [0-9a-f ]*: verify_failed '
}

# source_tar: the source tree without what builds leave in it, the same bytes for
# the same files. Needs no git, an unpacked release will do.
source_tar() {
	tar -C "$source_dir" -c --sort=name --owner=0 --group=0 --mtime=@0 --exclude-vcs \
		--exclude='*.o' --exclude='*.ko' --exclude='*.mod' --exclude='*.mod.c' \
		--exclude='*.a' --exclude='*.so' --exclude='*.so.*' --exclude='.*.cmd' \
		--exclude=Module.symvers --exclude=modules.order --exclude=./build --exclude=./tools/build \
		--exclude=__pycache__ --exclude=.pytest_cache .
}
