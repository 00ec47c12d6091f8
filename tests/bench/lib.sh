# What run, replicate and memory.sh share: a scratch directory that is removed at the end, also when interrupted; steps that are
# measured. Sourced by bash; $1 of it: MiB that must be free.
# shellcheck shell=bash
set -u
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
case ${BUILD:=build} in /*) ;; *) BUILD=$root/$BUILD ;; esac
sig=$BUILD/sig tools=$BUILD/tests/bench

die() {
    printf 'bench: %s\n' "$*" >&2
    exit 1
}

say() {
    printf '%s\n' "$*" >&2
}

[ -x "$sig" ] && [ -x "$tools/meter" ] || die "'$BUILD' holds no program: use 'make bench'"

# --- the scratch directory ---

base=${BENCH_DIR:-${TMPDIR:-/var/tmp}}
[ -d "$base" ] || die "'$base' is no directory"
free=$(df -Pk "$base" | awk 'NR == 2 { print int($4 / 1024) }')
[ "$free" -ge "$1" ] || die "needs $1 MiB in '$base', of which $free are free; BENCH_DIR names another place, BENCH_MIB a smaller input"
child=
dir=$(mktemp -d "$base/sig-bench.XXXXXX") || exit 2

finish() {
    local status=$?
    trap '' INT TERM HUP
    [ -z "$child" ] || { kill -- "-$child"; wait "$child"; } 2>/dev/null
    if [ -n "${KEEP-}" ]; then
        say "kept: $dir"
    else
        rm -rf "$dir"
    fi
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

results=$dir/results run=0
store=$dir/store
export SIG_STORE=$store
# Settings of who runs this are not to be measured.
unset SIG_THREADS SIG_CLOCK SIG_RANDOM

# --- work ---

# A command or function that a signal to this script ends too, with all that it has started.
work() {
    local status
    set -m
    "$@" </dev/null &
    child=$!
    set +m
    wait "$child"
    status=$?
    child=
    return $status
}

# note WORD...: a line of results, its words separated by tabs.
note() {
    local IFS=$'\t'
    printf '%s\n' "$*" >>"$results"
}

# prepare FILE...: nothing waits to be written, and what is going to be read is in the page cache, without holes.
prepare() {
    work sync -f "$dir" && work "$tools/warm" "$@" >"$dir/warmed"
}

# measure KIND KEY COMMAND...: run it and note "KIND KEY RUN SECONDS KIB", with the bytes of the file $made, if it is set.
# Its standard output goes to $dir/out unless $to is set.
measure() {
    local kind=$1 key=$2
    shift 2
    if work "$tools/meter" "$dir/report" "$@" >"${to:-$dir/out}" 2>"$dir/said"; then
        read -r seconds kib <"$dir/report"
        note "$kind" "$key" "$run" "$seconds" "$kib" ${made:+"$(stat -c %s "$made")"}
    else
        note failed "$kind $key" "$run" "$(head -n 1 "$dir/said")"
        say "  $kind $key failed: $(head -n 1 "$dir/said")"
        return 1
    fi
}

# Bytes of the files of a region, which need not be there yet.
stored() {
    find "$store/regions" -path "$store/regions/$1/*" -type f -printf '%s\n' | awk '{ sum += $1 } END { printf "%d\n", sum }'
}

new_store() {
    rm -rf "$store"
    "$sig" gallery create bench --location westus2 >"$dir/out" &&
        "$sig" image-definition create bench/disk --publisher bench --offer disk --sku a --os-type Linux >"$dir/out" ||
        die "cannot make a store"
}

blobs() {
    find "$store/regions" -path "$store/regions/$1/*.blob" | sort
}

# --- about the machine ---

# version_of TOOL WORD: the version that a tool names when it is asked with WORD.
version_of() {
    command -v "$1" >/dev/null || return
    "$1" "$2" 2>&1 | awk '
        match($0, /[0-9]+\.[0-9.]*[0-9]/) { print substr($0, RSTART, RLENGTH); found = 1; exit }
        NR == 1 { last = $NF }
        END { if (!found) print last }'
}

describe_machine() {
    printf 'machine    %s cores (%s), %s MiB of memory, %s, Linux %s; load at the start %s\n' "$(nproc)" \
        "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
        "$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)" \
        "$(df -PT "$dir" | awk 'NR == 2 { print $2 }')" "$(uname -r)" "$load"
    printf 'versions   sig %s' "$(version_of "$sig" --version)"
    found=$(version_of mke2fs -V) && printf ', mke2fs %s' "$found"
    found=$(version_of restic version) && printf ', restic %s' "$found"
    for tool in cp zstd qemu-img rsync xxhsum borg casync desync; do
        found=$(version_of $tool --version) && printf ', %s %s' $tool "$found"
    done
    echo
}
load=$(cut -d ' ' -f 1-3 /proc/loadavg)
