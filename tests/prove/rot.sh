# G7: rot is found before it reaches the user: every byte of a small store flipped, its files cut, zeroed, exchanged and removed, a
# bigger one damaged at random; an audit says so or no harm is done, and what is read is right or refused.
# shellcheck shell=sh
set -u
PATH=$BUILD:$PATH
export PATH SIG_THREADS=1 SIG_CLOCK=2026-01-02T03:04:05Z SIG_RANDOM=1
case ${PROVE:-slice} in
slice) flip=flip step=97 cuts=431 publish=631 random=100 planted=211 ;;
prove) flip=flip step=1 cuts=23 publish=61 random=3000 planted=31 ;;
long) flip=flips step=1 cuts=1 publish=1 random=100000 planted=7 ;;
esac
status=0
cd "$SCRATCH" || exit 2

# store NAME SIZE SEED SEED CODEC: two versions that share blocks, in two regions; $disks names them.
store() {
    mkdir "$1" && cd "$1" || exit 2
    disk=$BUILD/tests/cli/disk
    "$disk" first "$3" "$2" && "$disk" other "$4" "$2" && head -c $(($(wc -c <first) / 2)) first >second &&
        tail -c +$(($(wc -c <first) / 2 + 1)) other >>second || exit 2
    export SIG_STORE="$PWD/store"
    {
        sig gallery create prod --location westus2 --compression "$5" --description "what may rot" &&
            sig image-definition create prod/ubuntu --publisher Contoso --offer Server --sku ubuntu --os-type Linux &&
            sig image-version create prod/ubuntu/1.0.0 --os-disk first --target-regions westus2 eastus &&
            sig image-version create prod/ubuntu/1.1.0 --os-disk second --target-regions westus2 eastus
    } >/dev/null || exit 2
    set -- "prod/ubuntu/1.0.0=$PWD/first" "prod/ubuntu/1.1.0=$PWD/second"
    disks="$*"
    cd .. || exit 2
}

# rot STORE WHAT DAMAGE COUNT: damage it, and say in a line what came of it.
rot() {
    # shellcheck disable=SC2086
    "$BUILD/tests/prove/rot" "$1/store" "$3" "$4" westus2,eastus $disks >counts
    code=$?
    awk -F '\t' -v what="$2" -v code="$code" '
        { tried += $2; found += $3; harmless += $4; bad += $5 }
        END {
            printf "G7\t%s (%d found, %d harmless)\t%d\t%s\n", what, found, harmless, tried,
                (code > 1 ? "FAILED: ended with status " code : bad ? "FAILED: " bad " are neither" : tried ? "ok" : "FAILED: nothing was tried")
            exit bad || !tried || code > 1
        }' counts || status=1
    sed "s/^/$1, $3: /; s/\t/, /g" counts >&2
}

# planted WHAT PLANT DAMAGE COUNT: rot is to find fault with it.
planted() {
    # shellcheck disable=SC2086
    "$BUILD/tests/prove/rot" --plant="$2" small/store "$3" "$4" westus2,eastus $disks >counts 2>said
    if [ $? = 1 ]; then
        printf 'G7\tplanted: %s\t%d\tok\n' "$1" "$(awk -F '\t' '{ bad += $5 } END { print bad + 0 }' counts)"
    else
        printf 'G7\tplanted: %s\t0\tFAILED: not caught\n' "$1"
        cat said >&2
        status=1
    fi
}

store small 12K 2 7 zstd
rot small "a bit of the bytes of a small store flipped" "$flip" "$step"
rot small "its files cut short" cut "$cuts"
rot small "512 bytes of them zeroed" zero 1
rot small "one removed" remove 1
rot small "two of a kind exchanged" swap 1
rot small "a bit flipped, then published again" publish "$publish"
planted "an audit that looks at nothing" blind flip "$planted"
planted "an export without checks" unchecked flip "$planted"
planted "an export that asks no other replica" alone flip "$planted"
planted "what cannot be read is shown as nothing" guess flip "$planted"
store large 256K 3 4 none
rot large "files of a larger one damaged at random, up to three at once" random "$random"
exit $status
