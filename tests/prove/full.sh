#!/bin/sh
# G3: a full file system, in earnest. Each changing command runs with so little left that it does not get through, then with a bit
# more, until it does: bytes and inodes of a tmpfs, blocks and inodes of an ext4 of 6 MiB, the size that a file may have.
# Each time it says that there is no space, the store is sound, and with room again a second try succeeds.
#
# slice: publishing, a few amounts; prove: every command, amounts that double; long: every amount.
set -u
LC_ALL=C
export LC_ALL
# shellcheck source=tests/prove/lib.sh
. "$(dirname "$0")/lib.sh"
here=$(cd "$(dirname "$0")/../fault" && pwd)
SECTIONS=${SECTIONS:-$(case ${PROVE:?} in slice) echo publish-first ;; *) sections ;; esac)}

# Nobody else sees what we mount, and it is gone with our last process, however that ends.
if [ "${MOUNTS-}" = '' ]; then
    if [ "$(id -u)" != 0 ]; then MOUNTS='needs root'
    elif ! unshare --mount mount -t tmpfs none "$SCRATCH" 2>/dev/null; then MOUNTS='needs the right to mount'
    fi
    export MOUNTS="${MOUNTS:-private}"
    [ "$MOUNTS" != private ] || exec unshare --mount sh "$0"
fi

top=$SCRATCH
plain=$BUILD:$PATH
faulty=$plain
export SIG_THREADS=1 SIG_STORE=store SIG_CLOCK=2026-01-02T03:04:05Z SIG_RANDOM=1 PATH="$plain"
trap 'cd /; umount "$top/work" 2>/dev/null' EXIT
trap 'exit 130' INT TERM HUP
mkdir "$top/work"

# shellcheck source=tests/fault/oracle.sh
. "$here/oracle.sh"

# --- what is short ---

# attach KIND: an empty file system that can be made tight, at $top/work; from here on the working directory.
attach() {
    case $1 in
    tmpfs-*) mount -t tmpfs -o size=256m,nr_inodes=99999 none "$top/work" ;;
    ext4-*)
        truncate -s 6M "$top/ext4" && mkfs.ext4 -q -F -b 1024 -m 0 -N 256 "$top/ext4" && mount -o loop "$top/ext4" "$top/work"
        ;;
    file-size) ;;
    esac >"$top/said" 2>&1 && cd "$top/work" || return
}

detach() {
    cd "$top" || exit 2
    case $1 in file-size) rm -rf work && mkdir work ;; *) umount work ;; esac
    rm -f ext4
}

# all_but COUNT: the free blocks of the file system become a file, but for these; to note where it lies may take one.
all_but() {
    n=$(($(stat -f -c %a .) - $1))
    for spare in 0 1 2 3 4; do
        [ $((n - spare)) -gt 0 ] || return 0
        fallocate -l $((n - spare))K filler 2>"$top/said" && return
        rm -f filler
    done
    cat "$top/said"
    return 1
}

# tighten KIND LEFT: KiB, or inodes. A tmpfs of size 0 has no limit.
tighten() {
    case $1 in
    tmpfs-bytes)
        n=$((($(stat -f -c '%b - %f' .)) * 4 + $2))
        mount -o remount,size=$((n > 0 ? n : 4))k .
        ;;
    tmpfs-inodes) mount -o remount,nr_inodes=$(($(stat -f -c '%c - %d' .) + $2)) . ;;
    ext4-bytes) all_but "$2" ;;
    ext4-inodes)
        mkdir filler
        n=$(($(stat -f -c %d .) - $2))
        while [ $((n -= 1)) -ge 0 ]; do
            : >filler/$n
        done
        ;;
    esac
}

loosen() {
    case $1 in
    tmpfs-*) mount -o remount,size=256m,nr_inodes=99999 . ;;
    ext4-*) rm -rf filler ;;
    esac
}

# With so many KiB in one file at most; what is past that is refused, with a signal that the program ignores.
tightly() (
    [ "$1" != file-size ] || ulimit -f $(($2 * 2)) || exit 125
    PATH=$faulty
    eval "$run"
)

# --- one run ---

# What is kept as the template is set up where it is run: a region's manifest names its directory in full.
prepare() {
    rm -rf "$top/template" && mkdir "$top/template"
    loosen "$1" && fresh && set_up &&
        find . -mindepth 1 -maxdepth 1 ! -name lost+found -exec cp -a {} "$top/template" \;
}

fresh() {
    find . -mindepth 1 -maxdepth 1 ! -name lost+found -exec rm -rf {} + && cp -a "$top/template/." . && sync -f .
}

# One message, and no more than hints and notices beside it.
explained() {
    [ "$(grep -c '^sig: ' "$top/err")" -ge 1 ] && ! grep -qv -e '^sig: ' -e '^hint: ' "$top/err"
}

# try KIND LEFT
try() {
    loosen "$1" && fresh && tighten "$1" "$2" || { echo "could not be made tight"; return 1; }
    # Through a pipe: a file for messages could not grow either.
    status=$({ { tightly "$1" "$2" 2>&1 >/dev/null; echo $? >&3; } | cat >"$top/err"; } 3>&1)
    case $status in
    0) enough=$((enough + 1)) ;;
    8) short=$((short + 1)) enough=0 ;;
    10) short=$((short + 1)) enough=0 ;;
    6) # what could not be repaired is damaged still
        short=$((short + 1)) enough=0
        case $run in *'sig repair'*) ;; *) echo "ended with 6: $(head -n 1 "$top/err")" && return 1 ;; esac
        ;;
    *) echo "ended with $status: $(head -n 1 "$top/err")" && return 1 ;;
    esac
    [ "$status" = 0 ] || explained || { echo "said: $(head -n 3 "$top/err" | tr '\n' '|')"; return 1; }
    # Reading needs no room.
    sound || { echo "    while it was full"; return 1; }
    loosen "$1"
    [ "$status" = 0 ] || once_more 2 >/dev/null 2>"$top/err" || { echo "the second try failed: $(head -n 1 "$top/err")"; return 1; }
    done_well || { echo "    at the end, after status $status"; return 1; }
}

# What to try of a kind, in growing amounts.
amounts() {
    case $PROVE:$1 in
    slice:*) echo 0 4 16 ;;
    prove:*-inodes) echo 0 1 2 4 8 16 32 ;;
    prove:*) echo 0 4 8 16 32 64 128 256 512 ;;
    long:tmpfs-bytes) seq 0 4 1024 ;;
    long:ext4-bytes) seq 0 1024 ;;
    long:*) seq 0 512 ;;
    esac
}

# through KIND WHAT: every command, with ever more room until it has had enough of it three times.
through() {
    runs=0 short=0 bad=
    attach "$1" || { result G3 "$2" 0 "skipped: $(head -n 1 "$top/said")"; cd "$top" || exit 2; return; }
    for name in $SECTIONS; do
        section "$name"
        # What does not fit there before it begins.
        case $1:$name in ext4*:export-past-the-page-cache) continue ;; esac
        prepare "$1" || { cat "$top/err" >&2; bad="$bad $name: could not be set up;"; continue; }
        [ ${#bad} -lt 200 ] || break
        enough=0
        for left in $(amounts "$1"); do
            [ $enough -lt 3 ] || break
            runs=$((runs + 1))
            try "$1" "$left" >"$top/told" 2>&1 || { echo "$name, $1, $left left:" >&2; cat "$top/told" >&2; bad="$bad $name with $left;"; }
        done
    done
    loosen "$1"
    detach "$1"
    [ $short -gt 0 ] || bad="$bad nothing ever ran out"
    result G3 "$2" "$runs runs, $short fell short" "${bad:+FAILED:}${bad:-ok}"
}

# --- what is tried ---

everything() {
    through file-size 'no file may grow past a size'
    for kind in tmpfs-bytes tmpfs-inodes ext4-bytes ext4-inodes; do
        what="no ${kind#*-} left in ${kind%-*}"
        if [ "$MOUNTS" = private ]; then
            through $kind "$what"
        else
            result G3 "$what" 0 "skipped: $MOUNTS"
        fi
    done
}

# planted WHAT TEXT: what was wrong is found, with TEXT.
planted() {
    { echo '#!/bin/sh'; cat; } >"$top/wrong/sig"
    chmod +x "$top/wrong/sig"
    if (faulty=$top/wrong:$plain PROVE=slice SECTIONS=publish-second && through file-size planted) 2>&1 | grep -q "$2"; then
        result G3 "planted: $1" 1 ok
    else
        result G3 "planted: $1" 1 'FAILED: was not caught'
    fi
}

everything
mkdir "$top/wrong"
planted 'tells no space as done' '    at the end, after status 0' <<END
"$BUILD/sig" "\$@" || exit 0
END
planted 'damages a blob when space ends' 'audit: ' <<END
"$BUILD/sig" "\$@" && exit
find store -name '*.blob' -exec truncate -s 100 {} +
exit 8
END
exit "$failures"
