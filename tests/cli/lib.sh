# What every case of tests/cli may use. Run by tests/run as `sh lib.sh` in the case's scratch directory; reads the case
# $CASE at its end, so that the case's last command gives the status.
# shellcheck shell=sh

umask 022

# Leave: this case cannot run here.
skip() {
    echo "$*" >"$SKIPPED"
    exit 0
}

need_root() {
    [ "$(id -u)" = 0 ] || skip "needs root"
}

need_command() {
    command -v "$1" >/dev/null || skip "needs $1"
}

# From here on the case may mount what it likes: nobody else sees it, and it is gone with the case.
need_mounts() {
    [ -z "${MOUNTS-}" ] || return 0
    need_root
    unshare --mount mount -t tmpfs none "$PWD" 2>/dev/null || skip "needs the right to mount"
    MOUNTS=private exec unshare --mount sh "$ROOT/tests/cli/lib.sh"
}

# Run a command as a user who may not do everything: the files are the case's own.
as_nobody() {
    chown -R nobody . && setpriv --reuid nobody --regid nogroup --clear-groups "$@"
}

# disk NAME SEED SIZE[K|M|G]: a sparse disk image, data and holes, the same for the same seed and size.
disk() {
    "$BUILD/tests/cli/disk" "$@"
}

# patch NAME OFFSET TEXT: overwrite bytes in place.
patch() {
    printf '%s' "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

# same LEFT RIGHT: whether two files hold the same bytes; quiet when they do.
same() {
    cmp "$1" "$2"
}

# shellcheck source=/dev/null
. "$CASE"
