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

# The case runs commands as users who are told from each other, on files that are theirs or not.
need_users() {
    need_root
    nobody sh -c 'cd "$HOME" && [ -x "$BUILD/sig" ]' 2>/dev/null || skip "needs paths that anybody may walk"
    grep -q '^ *0 *0 *4294967295$' /proc/self/uid_map || skip "needs users who are told from each other"
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

# named_store: galleries, an image definition and two versions, for whoever completes their names.
named_store() {
    sig gallery create Prod --location westus2 >/dev/null
    sig gallery create stage -g team >/dev/null
    sig image-definition create Prod/Ubuntu --publisher a --offer b --sku c --os-type Linux >/dev/null
    disk os.raw 1 1M
    sig image-version create Prod/Ubuntu/1.10.0 --os-disk os.raw --target-regions westus2 northeurope >/dev/null
    sig image-version create Prod/Ubuntu/1.9.0 --os-disk os.raw >/dev/null
}

# definition [GALLERY/NAME]: an image definition and its gallery, in westus2, to publish to; prod/ubuntu. Not compressed, so
# that sizes and names of blobs are the same with every release of zstd.
definition() {
    set -- "${1:-prod/ubuntu}"
    sig gallery create "${1%/*}" --location westus2 --compression none >/dev/null &&
        sig image-definition create "$1" --publisher Contoso --offer Server --sku "${1#*/}" --os-type Linux >/dev/null
}

# keeping [FLAG...]: the same in a gallery that keeps what is deleted, and os.raw in it as 1.0.0.
keeping() {
    definition && sig gallery update prod --soft-delete true "$@" -o none && disk os.raw 1 300K &&
        sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw -o none
}

# at DAY COMMAND...: run it so many days later.
at() {
    later=$(date -u -d "2026-01-02T03:04:05Z + $1 days" +%Y-%m-%dT%H:%M:%SZ)
    shift
    SIG_CLOCK=$later "$@"
}

# targets REF, replication REF: what JSON says of the target regions, of the replication status.
targets() {
    sig image-version show "$1" | sed -n '/"targetRegions"/,/\]/p'
}

replication() {
    sig image-version show "$1" --expand ReplicationStatus | sed -n '/"replicationStatus"/,/^  }/p'
}

# digest REF: what the bytes of the OS disk give.
digest() {
    sig image-version show "$1" | sed -n '/"osDiskImage"/,/}/s/.*"diskDigest": "\(.*\)".*/\1/p'
}

# try_disk: os.raw, 12 MiB of data and holes, and a definition to publish it to; done once.
try_disk() {
    need_command qemu-img
    [ ! -e os.raw ] || return 0
    disk os.raw 1 12M && definition &&
        sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
}

# imported FORMAT [OPTIONS [FLAG...]]: os.raw, made into FORMAT by `qemu-img convert -o OPTIONS FLAG...`, is published with the
# digest of os.raw, stores no new block, and comes back identical, holes included. Says so in one line.
imported() {
    try_disk
    format=$1 options=${2-}
    shift $(($# < 2 ? $# : 2))
    qemu-img convert -f raw -O "$format" ${options:+-o "$options"} "$@" os.raw os.image || return
    before=$(cat store/regions/*/*/1/blobs/* | wc -c)
    sig image-version create prod/ubuntu/2.0.0 --os-disk os.image >/dev/null || return
    [ "$(digest prod/ubuntu/2.0.0)" = "$(digest prod/ubuntu/1.0.0)" ] || { echo "another digest"; return 1; }
    [ "$(cat store/regions/*/*/1/blobs/* | wc -c)" = "$before" ] || { echo "new blocks were stored"; return 1; }
    sig image-version export prod/ubuntu/2.0.0 back.raw --force &&
        qemu-img compare -q -s -f raw -F raw os.raw back.raw &&
        qemu-img compare -q -f "$format" -F raw os.image back.raw || return
    sig image-version delete prod/ubuntu/2.0.0
    echo "in: $format${options:+ $options}${*:+ $*}: identical"
}

# taken WHAT FILE [FLAG...]: FILE, which holds os.raw in some way, is published with the digest of os.raw and stores no new block.
# Says so in one line.
taken() {
    what=$1 file=$2
    shift 2
    before=$(cat store/regions/*/*/1/blobs/* | wc -c)
    sig image-version create prod/ubuntu/2.0.0 --os-disk "$file" "$@" >/dev/null || return
    [ "$(digest prod/ubuntu/2.0.0)" = "$(digest prod/ubuntu/1.0.0)" ] || { echo "$what: another digest"; return 1; }
    [ "$(cat store/regions/*/*/1/blobs/* | wc -c)" = "$before" ] || { echo "$what: new blocks were stored"; return 1; }
    sig image-version delete prod/ubuntu/2.0.0
    echo "in: $what: identical"
}

# refused FILE [FLAG...]: FILE is not published, and there is nothing afterwards. Shows why, and the status.
refused() {
    sig image-version create prod/ubuntu/1.0.0 --os-disk "$@"
    echo "status $?"
    [ "$(sig image-version list prod/ubuntu)" = "[]" ] || echo "a version is there"
}

# exported FORMAT READER [FLAG...]: os.raw, exported as FORMAT with FLAG..., is for `qemu-img -f READER` an image without a
# complaint and the same disk, twice the same bytes, and comes in again with the same digest. Says so in one line.
exported() {
    try_disk
    format=$1 reader=$2
    shift 2
    rm -f out.image again.image
    sig image-version export prod/ubuntu/1.0.0 out.image --format "$format" "$@" &&
        sig image-version export prod/ubuntu/1.0.0 again.image --format "$format" "$@" --threads 1 &&
        cmp out.image again.image || return
    case $reader in
    qcow2 | vhdx | vmdk) qemu-img check -q -f "$reader" out.image || return ;;
    esac
    qemu-img compare -q -f raw -F "$reader" os.raw out.image || return
    sig image-version create prod/ubuntu/2.0.0 --os-disk out.image >/dev/null || return
    [ "$(digest prod/ubuntu/2.0.0)" = "$(digest prod/ubuntu/1.0.0)" ] || { echo "another digest"; return 1; }
    sig image-version delete prod/ubuntu/2.0.0
    echo "out: $format${*:+ $*}: identical"
}

# walk CONDITION COMMAND...: start a command of the fault build beside us and leave it stopped before the first disk call at which the
# shell condition holds. Its process is $walker; go_on lets it run to its end and gives its status.
walk() {
    condition=$1
    shift
    SIG_THREADS=1 SIG_FAULT=1:stop "$BUILD/sig-fault" "$@" &
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

# accepted WORDS...: a command with --no-wait, of which the process that shall do the work is killed before its first disk
# call: the same command, counted in a copy of the store, says which one that is.
accepted() {
    cp -a store .counted
    SIG_STORE=.counted SIG_FAULT=0:count SIG_FAULT_LOG=.calls "$BUILD/sig-fault" "$@" --no-wait || return
    workers_end
    SIG_FAULT=$(($(sed -n 's/^fault: //p' .calls) + 1)):kill "$BUILD/sig-fault" "$@" --no-wait || return
    workers_end
    rm -rf .counted .calls
}

# Until no process of the case works by itself any more.
workers_end() {
    for process in /proc/[0-9]*; do
        while tr '\0' ' ' 2>/dev/null <"$process/cmdline" | grep -q -e --no-wait &&
            [ "$(readlink "$process/cwd")" = "$PWD" ]; do
            sleep 0.05
        done
    done
}

# held_back: from here on whoever publishes in westus2 waits, until go_on: a sweep that was stopped has all to itself.
held_back() {
    disk .swept 99 64K
    sig image-version create prod/ubuntu/0.0.1 --os-disk .swept >/dev/null
    sig image-version delete prod/ubuntu/0.0.1
    walk '[ -z "$(ls store/regions/westus2/standard_lrs/1/disks)" ]' sweep --force >.sweep
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
