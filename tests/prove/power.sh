#!/bin/sh
# power.sh: what was reported done survives a loss of power (G1), and what was not is absent or complete (G2).
#
# On file systems of our own, made in files and mounted through loop devices, every command of tests/fault/commands is killed at its
# disk calls, or let be, and the file system shut down at once: either all that was not flushed is lost, or names and sizes
# are kept and data is lost. It is mounted again, and what must hold after a fault must hold.
#
#   killed   before a call; power lost; sound; run again, it succeeds
#   resumed  killed there, run again to its end; power lost: what that second run reported is there
#   whole    not killed; power lost: what it reported is there
#
# And a device that has no room any more, as thin ones have it, fails writes (G4): nothing is reported done that is not there, also
# when the command is run again on the same mount after the device has recovered, and power is lost then.
set -u
LC_ALL=C
export LC_ALL
# shellcheck source=tests/prove/lib.sh
. "$(dirname "$0")/lib.sh"
here=$prove/../fault
MIB=1048576

skip() {
    result G1 "power lost on mounted file systems" 0 "skipped: $1"
    exit 0
}

[ "$(id -u)" = 0 ] || skip "needs root"
for command in mkfs.ext4 debugfs mkfs.xfs xfs_io unshare losetup; do
    command -v $command >/dev/null || skip "needs $command"
done
losetup -f >/dev/null 2>&1 || skip "needs loop devices"
# Nobody else sees what we mount, and it is gone with our last process, however that ends.
if [ "${MOUNTS-}" != private ]; then
    unshare --mount true 2>/dev/null || skip "needs the right to mount"
    MOUNTS=private exec unshare --mount sh "$0"
fi
mount -t tmpfs -o size=2g none "$SCRATCH" 2>/dev/null || skip "needs the right to mount"
top=$SCRATCH
work=$top/mounted
trap 'cd /; umount "$work" 2>/dev/null' EXIT
trap 'exit 130' INT TERM HUP
mkdir "$top/faulty" "$work"
ln -s "$BUILD/sig-fault" "$top/faulty/sig"
plain=$BUILD:$PATH
faulty=$top/faulty:$PATH
# One thread: so that the nth disk call is the same one in every run.
export SIG_THREADS=1 SIG_STORE=store SIG_CLOCK=2026-01-02T03:04:05Z SIG_RANDOM=1 SIG_FAULT_LOG="$top/log"
export PATH="$plain"

# shellcheck source=tests/fault/oracle.sh
. "$here/oracle.sh"

# --- images ---

blank() {
    case $1 in
    ext4) truncate -s $((32 * MIB)) "$top/ext4" && mkfs.ext4 -q -F -b 4096 "$top/ext4" ;;
    # The smallest that it makes.
    xfs) truncate -s $((300 * MIB)) "$top/xfs" && mkfs.xfs -q "$top/xfs" ;;
    esac >"$top/said" 2>&1 || { cat "$top/said" >&2; return 1; }
    fallocate --dig-holes "$top/$1"
}

# From here on the working directory is the file system's.
attach() {
    mount -o loop "$top/disk" "$work" 2>"$top/said" && cd "$work" || return
}

detach() {
    cd "$top" && umount "$work"
}

# What is not on the disk now never gets there.
lose_power() {
    case $1 in
    lost) xfs_io -x -c shutdown "$work" ;;
    kept) xfs_io -x -c 'shutdown -f' "$work" ;;
    esac && detach
}

# prepare FILESYSTEM SECTION: its image as `setup` leaves it, what is compared with, and the calls that `run` makes.
prepare() {
    section "$2"
    cp --sparse=always "$top/$1" "$top/disk"
    attach || return 1
    set_up || { cat "$top/err" >&2; detach; return 1; }
    rm -rf "$top/template" && mkdir "$top/template"
    find . -maxdepth 1 -type f -exec cp --sparse=always {} "$top/template" \;
    detach
    mv "$top/disk" "$top/prepared"
    cp --sparse=always "$top/prepared" "$top/disk"
    attach || return 1
    rm -f "$top/log"
    faultily 0:count || { cat "$top/err" >&2; detach; return 1; }
    detach
    calls=$(sed -n 's/^call: //p' "$top/log")
}

# The calls before which to kill: those behind one that changed what is there, or what of it is on the disk.
points() {
    n=0
    before=
    for call in $calls; do
        n=$((n + 1))
        case $before in '' | pread64 | fstat | newfstatat | getdents64 | fcntl | lseek) ;; *) echo $n ;; esac
        before=$call
    done
}

# --- one run ---

# The command, by the program with fault points, as SIG_FAULT=$1 says.
faultily() (
    SIG_FAULT=$1
    PATH=$faulty
    export SIG_FAULT
    eval "$run"
) >/dev/null 2>"$top/err"

# The command, by the plain program, on a system whose flushes are as $liar says.
plainly() (
    [ -z "$liar" ] || export PROVE_FLUSH="$liar" LD_PRELOAD="$BUILD/tests/prove/flush_shim.so"
    eval "$run"
) >/dev/null 2>"$top/err"

again() {
    (SIG_RANDOM=2 && plainly) || { echo "the second try failed: $(head -n 1 "$top/err")"; return 1; }
}

# break_off MODE N: the command, killed before call N or not.
break_off() {
    rm -f "$top/log"
    if [ "$1" = whole ]; then
        again
        return
    fi
    faultily "$2:kill"
    [ $? = 137 ] && grep -q "^fault: $2 " "$top/log" || { echo "was not killed: $(head -n 1 "$top/err")"; return 1; }
    [ "$1" != resumed ] || again
}

# What was reported done is looked at before anything else is done to the store; a store made unsound is not whole before.
judge() {
    if [ "$1" = killed ]; then
        sound && again && done_well
    else
        { [ -n "$unsound" ] || audited; } && each exact "$made" && sound && done_well
    fi
}

# try SECTION KIND MODE N, of what was prepared: quiet, or says what is wrong.
try() {
    cp --sparse=always "$top/prepared" "$top/disk"
    attach || { echo "cannot be mounted: $(cat "$top/said")"; return 1; }
    break_off "$3" "$4" || { detach; return 1; }
    lose_power "$2" || { echo "no power was lost"; return 1; }
    attach || { echo "cannot be mounted again: $(cat "$top/said")"; return 1; }
    judge "$3"
    right=$?
    detach
    return $right
}

# --- what is tried ---

tried=0
bad=0

# One run that must be right.
must() {
    tried=$((tried + 1))
    try "$@" >"$top/told" && return
    bad=$((bad + 1))
    [ $bad -gt 20 ] || echo "$filesystem, $1, $2, $3 at $4: $(cat "$top/told")" >&2
}

# try_all FILESYSTEM STEP SECTION...: each mode and kind at every STEPth point, at others for each.
try_all() {
    filesystem=$1
    step=$2
    shift 2
    for name in "$@"; do
        prepare "$filesystem" "$name" || { bad=$((bad + 1)) && echo "$filesystem, $name: cannot be set up" >&2 && continue; }
        for kind in lost kept; do
            must "$name" $kind whole 0
        done
        for n in $(points); do
            for kind in lost kept; do
                for mode in killed resumed; do
                    turn=$(((turn + 1) % step))
                    [ $turn != 0 ] || must "$name" $kind $mode "$n"
                done
            done
        done
    done
}

# Killed before its last flush and resumed: what is found done there was never flushed.
try_last() {
    filesystem=$1
    prepare "$filesystem" "$2" || { bad=$((bad + 1)) && return; }
    # shellcheck disable=SC2086
    must "$2" lost resumed "$(printf '%s\n' $calls | grep -n fsync | tail -n 1 | cut -d : -f 1)"
}

# --- a device that fails ---

# The blocks of the journal of an image are there already, so that what fails is data.
fill_journal() {
    debugfs -R 'stat <8>' "$1" 2>/dev/null | grep -o '):[0-9]*-[0-9]*' | tr -s ':)-' ' ' | while read -r from to; do
        dd if="$1" of="$1" bs=4096 skip="$from" seek="$from" count=$((to - from + 1)) conv=notrunc status=none
    done
}

# thin PAGES: what was prepared, on a device that has room for so many pages more.
thin() {
    mount -t tmpfs -o size=64m none "$top/thin" && cp --sparse=always "$top/prepared" "$top/thin/disk" &&
        fill_journal "$top/thin/disk" &&
        mount -o "remount,size=$(($(du -k "$top/thin/disk" | cut -f 1) + 4 * $1))k" "$top/thin" &&
        attach_thin
}

# Page by page: the kernel takes a write that the file behind the device cut short for a whole one.
attach_thin() {
    mount -o loop "$top/thin/disk" "$work" 2>"$top/said" || return 1
    device=$(losetup -n -O NAME -j "$top/thin/disk" | tr -d ' ')
    echo 4 >"/sys/block/${device#/dev/}/queue/max_sectors_kb" && cd "$work" || return
}

thick() {
    mount -o remount,size=64m "$top/thin"
}

unthin() {
    detach 2>/dev/null
    umount "$top/thin"
}

# As try, on such a device; $ran and $reran are the statuses.
try_thin() {
    thin "$1" || { echo "cannot be mounted"; return 1; }
    plainly
    ran=$?
    thick
    reran=$ran
    # A flush of the whole file system tells of failures before it, once.
    for _ in 1 2 3; do
        [ "$reran" = 0 ] || { plainly; reran=$?; }
    done
    lose_power lost 2>/dev/null || cd "$top" || return
    attach_thin || { echo "cannot be mounted again: $(cat "$top/said")"; return 1; }
    if [ "$reran" != 0 ]; then
        sound && again && done_well
    else
        judge whole
    fi
}

# try_device STEP SECTION...: from no room to all that it takes.
try_device() {
    step=$1
    recovered=0
    mkdir -p "$top/thin"
    shift
    for name in "$@"; do
        prepare ext4 "$name" || { bad=$((bad + 1)) && continue; }
        for pages in $(seq 1 "$step" 400); do
            tried=$((tried + 1))
            try_thin "$pages" >"$top/told" || { bad=$((bad + 1)) && echo "$name, room for $pages pages: $(cat "$top/told")" >&2; }
            unthin
            [ "$ran" != 0 ] || break
            [ "$reran" != 0 ] || recovered=$((recovered + 1))
        done
    done
    verdict=ok
    [ $recovered -gt 0 ] || verdict="FAILED: never recovered"
    [ $bad = 0 ] || verdict="FAILED: $bad of $tried"
    result G4 "writes that the device fails, $recovered times mended on the same mount" $tried "$verdict"
    tried=0
    bad=0
}

deaf_device() {
    prepare ext4 publish-second || return
    liar=deaf
    verdict=ok
    ! try_thin 20 >"$top/told" || verdict="FAILED: was not caught"
    unthin
    liar=
    result G4 "planted: failures of the device that are not heard" 1 "$verdict"
}

# Programs whose flushes lie are found out: planted WHAT; says where, by kind.
planted() {
    liar=lie:$1
    found=
    runs=0
    for filesystem in ext4 xfs; do
        [ $filesystem != xfs ] || [ "$PROVE" != slice ] || continue
        prepare "$filesystem" publish-second || continue
        for kind in lost kept; do
            runs=$((runs + 1))
            try publish-second $kind whole 0 >"$top/told" || found="$found, $filesystem $kind"
        done
    done
    if [ -n "$found" ]; then
        result G1 "planted: $1 not flushed, found on${found#,}" $runs ok
    else
        result G1 "planted: $1 not flushed" $runs "FAILED: was not found"
    fi
    liar=
}

# tell WHAT: the outcome of the runs since it was told last.
tell() {
    if [ $bad = 0 ]; then
        result G1 "$1" $tried ok
    else
        result G1 "$1" $tried "FAILED: $bad of $tried lost something"
    fi
    tried=0
    bad=0
}

turn=0
liar=
blank ext4 && blank xfs || exit 1
case ${PROVE:=prove} in
slice)
    try_all ext4 331 publish-second
    try_all xfs 331 publish-second
    try_last xfs publish-second
    tell "power lost on ext4 and xfs"
    try_device 16 publish-second
    planted all
    ;;
*)
    # Odd, so that every kind and mode gets its turn.
    step=23
    stride=4
    [ "$PROVE" != long ] || { step=1 && stride=1; }
    for filesystem in ext4 xfs; do
        # The largest disk does not fit.
        # shellcheck disable=SC2046
        try_all $filesystem "$step" $(sections | grep -v past-the-page-cache)
        tell "power lost on $filesystem in every command, unflushed gone or data gone"
    done
    try_device $stride publish-first publish-second replicate-to-new-region replicate-lost-replica
    deaf_device
    # Each flush that syncfs makes, another makes too on file systems that keep one log of everything.
    for what in all directories files; do
        planted $what
    done
    ;;
esac
exit $failures
