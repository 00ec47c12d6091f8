#!/bin/sh
# G18: a file system without locks, names that are given once, renaming of directories, or flushes is refused when a store or a
# replica is made on it, in a sentence that names what is missing; nothing is left there, and nothing is held against it later.
# shellcheck disable=SC2317 # functions are named to others
set -u
LC_ALL=C
export LC_ALL SIG_THREADS=1 SIG_CLOCK=2026-01-02T03:04:05Z SIG_RANDOM=1
# shellcheck source=tests/prove/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 2

# What each bend of tests/prove/bent.c takes away, and how that is said.
lacks="
flush-file=EINVAL|flush files: invalid argument
flush-file=EOPNOTSUPP|flush files: operation not supported
flush-directory=EINVAL|flush directories: invalid argument
flush-directory=ENOSYS|flush directories: function not implemented
flush-all=EOPNOTSUPP|flush all that was written: operation not supported
link=EPERM|give a file a name that nobody else has given: operation not permitted
link=EOPNOTSUPP|give a file a name that nobody else has given: operation not supported
link=ENOSYS|give a file a name that nobody else has given: function not implemented
link=0|refuse a name that is taken
rename-directory=ENOSYS|rename directories: function not implemented
rename-directory=EOPNOTSUPP|rename directories: operation not supported
lock=ENOSYS|lock files: function not implemented
lock=EOPNOTSUPP|lock files: operation not supported
lock=ENOLCK|lock files: no locks available
lock=EINVAL|lock files: invalid argument
lock=0|keep a lock for one process"

# refused SENTENCE COMMAND...: status 1, that sentence, and the store is as it was, but for empty directories.
refused() {
    sentence=$1
    shift
    find store ! -type d 2>/dev/null | sort >before
    "$@" >said 2>&1
    status=$?
    find store ! -type d 2>/dev/null | sort >after
    [ "$status" = 1 ] || { echo "$BENT: status $status" >&2; return 1; }
    grep -q "the file system cannot $sentence\$" said || { echo "$BENT: it says $(head -n 1 said)" >&2; return 1; }
    grep -q '^hint: ' said || { echo "$BENT: no hint" >&2; return 1; }
    cmp -s before after || { echo "$BENT: left behind: $(diff before after | grep '^[<>]')" >&2; return 1; }
}

# Where the store is not there yet, and where its directory waits for it.
creation() {
    BENT=$1
    export BENT
    rm -rf store
    refused "$2" "$BUILD/sig-bent" gallery create prod --store store || return 1
    rm -rf store
    mkdir store
    refused "$2" "$BUILD/sig-bent" gallery create prod --store store || return 1
    [ -z "$(ls -A store)" ] || { echo "$1: $(ls -A store) in it" >&2; return 1; }
    "$BUILD/sig" gallery create prod --store store >said 2>&1 || { echo "$1: later: $(head -n 1 said)" >&2; return 1; }
}

# A good store, in which the replicas of a region lie on such a file system.
claim() {
    BENT=$1@/regions/westus2/
    export BENT
    rm -rf store
    cp -R good store
    refused "$2" "$BUILD/sig-bent" image-version create prod/ubuntu/1.0.0 --os-disk os.raw --store store || return 1
    "$BUILD/sig" image-version create prod/ubuntu/1.0.0 --os-disk os.raw --store store >said 2>&1 &&
        "$BUILD/sig" image-version export prod/ubuntu/1.0.0 - --store store 2>>said | cmp -s - os.raw ||
        { echo "$1: later: $(head -n 1 said)" >&2; return 1; }
}

each() {
    count=0
    bad=
    while IFS='|' read -r bend sentence; do
        [ -n "$bend" ] || continue
        count=$((count + 1))
        "$1" "$bend" "$sentence" || bad="$bad $bend"
    done <<END
$lacks
END
    result G18 "$2" "$count" "${bad:+FAILED: not refused as it should be:}${bad:-ok}"
}

# mount_one TYPE: a new file system of that type at mnt, for nobody but us.
mount_one() {
    mkdir -p mnt
    case $1 in
    tmpfs) mount -t tmpfs none mnt ;;
    xfs) truncate -s 320M "$1.img" && mkfs.xfs -q "$1.img" && mount -o loop "$1.img" mnt ;;
    vfat) truncate -s 64M "$1.img" && mkfs.vfat "$1.img" && mount -o loop "$1.img" mnt ;;
    *) truncate -s 64M "$1.img" && "mkfs.$1" -q "$1.img" && mount -o loop "$1.img" mnt ;;
    esac >/dev/null 2>&1
}

# What the kernel has: a store works there, or it is refused by name.
real() {
    mount_one "$1" || { result G18 "a store on $1" 0 "skipped: cannot mount one"; return; }
    unset BENT
    if "$BUILD/sig" gallery create prod --store mnt >said 2>&1; then
        outcome=
        definition mnt && "$BUILD/sig" image-version create prod/ubuntu/1.0.0 --os-disk os.raw --store mnt >said 2>&1 &&
            "$BUILD/sig" image-version export prod/ubuntu/1.0.0 - --store mnt 2>>said | cmp -s - os.raw ||
            outcome="FAILED: taken, but $(head -n 1 said)"
    elif grep -q 'the file system cannot ' said; then
        outcome=
        [ -z "$(find mnt ! -type d)" ] || outcome="FAILED: refused, and it is not as it was"
    else
        outcome="FAILED: $(head -n 1 said)"
    fi
    result G18 "a store on $1: it works, or is refused by name" 1 "${outcome:-ok}"
    umount mnt
}

definition() {
    "$BUILD/sig" image-definition create prod/ubuntu --publisher Contoso --offer Server --sku 1 --os-type Linux --store "$1" \
        >/dev/null
}

if [ "${1-}" = mounts ]; then
    for type in tmpfs ext4 ext2 xfs btrfs vfat; do real "$type"; done
    exit "$failures"
fi
"$BUILD/tests/cli/disk" os.raw 1 256K
"$BUILD/sig" gallery create prod --location westus2 --store good >/dev/null && definition good || exit 2
each creation "a store where one thing is missing: refused, by name, nothing left"
each claim "a replica directory where one thing is missing: the same"

# The check of all the above has to fail when nothing is tried; "does nothing" is what no later call notices.
planted() {
    "$@" 2>/dev/null && return 1
    return 0
}
caught=ok
planted creation blind,lock=0 'keep a lock for one process' || caught="FAILED: a program that tries nothing got through"
planted claim 'blind,flush-all=0' 'flush all that was written' || caught="FAILED: a program that tries nothing got through"
planted creation flush-file=EINVAL 'lock files' || caught="FAILED: a wrong sentence got through"
result G18 "planted: a program that tries nothing; a wrong sentence" 3 "$caught"

if [ "${PROVE:?}" = slice ]; then
    :
elif [ "$(id -u)" != 0 ] || ! unshare --mount true 2>/dev/null; then
    result G18 "stores on the kernel's file systems" 0 "skipped: needs the right to mount"
else
    unshare --mount sh "$prove/ground.sh" mounts || failures=1
fi
exit "$failures"
