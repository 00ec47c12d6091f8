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
    chown -R nobody .
    nobody sh -c 'cd "$HOME" && [ -x "$BUILD/sig" ]' 2>/dev/null || skip "needs paths that anybody may walk"
    nobody "$@"
}

# The same, with files that remain whose they are.
nobody() {
    setpriv --reuid nobody --regid nogroup --clear-groups "$@"
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

# definition [GALLERY/NAME]: an image definition and its gallery, in westus2, to publish to; prod/ubuntu. Not compressed, so
# that sizes and names of blobs are the same with every release of zstd.
definition() {
    set -- "${1:-prod/ubuntu}"
    sig gallery create "${1%/*}" --location westus2 --compression none >/dev/null &&
        sig image-definition create "$1" --publisher Contoso --offer Server --sku "${1#*/}" --os-type Linux >/dev/null
}

# targets REF, replication REF: what JSON says of the target regions, of the replication status.
targets() {
    sig image-version show "$1" | sed -n '/"targetRegions"/,/\]/p'
}

replication() {
    sig image-version show "$1" --expand ReplicationStatus | sed -n '/"replicationStatus"/,/^  }/p'
}

# walk CONDITION COMMAND...: start a command of the fault build beside us and leave it stopped before the first disk call at which the
# shell condition holds. Its process is $walker; go_on lets it run to its end and gives its status.
walk() {
    condition=$1
    shift
    SIG_FAULT=1:stop "$BUILD/sig-fault" "$@" &
    walker=$!
    while at_a_call; do
        ! eval "$condition" || return 0
        kill -CONT "$walker"
    done
    echo "ended before: $condition"
    return 1
}

go_on() {
    while at_a_call; do
        kill -CONT "$walker"
    done
    wait "$walker"
}

# Wait for the next stop; false when there is none any more.
at_a_call() {
    while { read -r _ _ state _ <"/proc/$walker/stat"; } 2>/dev/null; do
        case $state in
        T) return 0 ;;
        Z) return 1 ;;
        esac
    done
    return 1
}

# shellcheck source=/dev/null
. "$CASE"
