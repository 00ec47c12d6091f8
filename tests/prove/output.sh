#!/bin/sh
# G13: output is inert. Every byte from 1 to 255, C1 and bidirectional controls, what is no UTF-8 and what terminals obey, in every
# place where a text can be given (properties, tags, names, file names, members of archives, manifests edited by hand, files put
# into the store) and in every format: nothing of it reaches standard output or an error unescaped, JSON stays JSON and comes
# back as it was, a row stays a row, and no line of an error is forged.
set -u
export LC_ALL=C SIG_CLOCK=2026-01-02T03:04:05Z SIG_RANDOM=1 SIG_THREADS=1
# shellcheck source=tests/prove/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 2
export SIG_STORE="$SCRATCH/store"
texts_known=327

{
    "$BUILD/tests/cli/disk" os.raw 1 64K &&
        "$BUILD/sig" gallery create prod --location westus2 --description PLACEHOLDER &&
        "$BUILD/sig" image-definition create prod/ubuntu --publisher Contoso --offer Server --sku 1 --os-type Linux \
            --description PLACEHOLDER &&
        "$BUILD/sig" image-version create prod/ubuntu/1.0.0 --os-disk os.raw --tags word=PLACEHOLDER
} >/dev/null || exit 2

# inert FIRST COUNT: these texts, from a store as it was.
inert() {
    cp -a store store.kept
    "$BUILD/tests/prove/output" "$BUILD/sig" "$1" "$2" >counts || { result G13 "hostile texts" 0 "FAILED: it ended early"; return; }
    read -r texts runs bad _ <counts
    why=ok
    [ "$bad" = 0 ] || why="FAILED: $bad texts came out"
    result G13 "hostile texts in every place and format, $runs commands" "$texts" "$why"
    rm -rf store && mv store.kept store
}

case ${PROVE:?} in
slice) inert 0 2 ;; # all of a kind at once
prove) # others each day
    inert 0 3
    inert $(($(date +%j) * 89 % (texts_known - 30))) 30
    ;;
*) inert 0 1000 ;;
esac

# What prints a field as it is.
cat >raw <<'END'
#!/bin/sh
printf '%s\n' "$@"
printf 'sig: %s\n' "$@" >&2
END
chmod +x raw
first=0 count=2
[ "$PROVE" = slice ] || count=30
"$BUILD/tests/prove/output" "$SCRATCH/raw" "$first" "$count" >counts 2>/dev/null
read -r texts runs bad harmful <counts
why=ok
[ "$harmful" -gt $((count / 2)) ] && [ "$bad" -ge "$harmful" ] || why="FAILED: caught $bad of $harmful"
result G13 "planted: a program that prints fields as they are" "$texts" "$why"
exit "$failures"
