# G8: nobody substitutes content through a hash: blocks, frames and blobs that XXH3 does not tell from those of a victim are
# published first, and the victim is exported byte for byte.
# shellcheck shell=sh
set -u
PATH=$BUILD:$PATH
export PATH SIG_CLOCK=2026-01-02T03:04:05Z SIG_RANDOM=1
case ${PROVE:-slice} in
slice) size=512K pairs=1600 seeds=1 ;;
prove) size=8M pairs=100000 seeds="1 2 3" ;;
long) size=32M pairs=10000000 seeds="1 2 3 4 5 6 7 8 9 10" ;;
esac
status=0
cd "$SCRATCH" || exit 2
evil=$BUILD/tests/prove/preimage
disk=$BUILD/tests/cli/disk

# result WHAT COUNT WORD: WORD is "ok", or what is wrong.
result() {
    case $3 in ok) printf 'G8\t%s\t%s\tok\n' "$1" "$2" ;; *) printf 'G8\t%s\t%s\tFAILED: %s\n' "$1" "$2" "$3" && status=1 ;; esac
}

# store CODEC: an empty one, with a definition.
store() {
    rm -rf store
    export SIG_STORE="$PWD/store"
    sig gallery create prod --location westus2 --compression "$1" >/dev/null &&
        sig image-definition create prod/ubuntu --publisher Contoso --offer Server --sku ubuntu --os-type Linux >/dev/null
}

publish() {
    sig image-version create "prod/ubuntu/$1" --os-disk "$2" --target-regions westus2 eastus >/dev/null
}

# exact VERSION FILE: from both regions.
exact() {
    for region in westus2 eastus; do
        sig image-version export "prod/ubuntu/$1" - --region "$region" | cmp - "$2" || return 1
    done
}

# substituted CODEC FIRST SECOND: FIRST is published, then SECOND, whose hashes are the same, then both in one disk.
substituted() {
    store "$1" && publish 1.0.0 "$2" && publish 2.0.0 "$3" && cat "$2" "$3" >both && publish 3.0.0 both || { echo "cannot be published"; return; }
    exact 1.0.0 "$2" && exact 2.0.0 "$3" && exact 3.0.0 both || { echo "not what was published"; return; }
    store "$1" && publish 1.0.0 both && publish 2.0.0 "$3" && exact 1.0.0 both && exact 2.0.0 "$3" ||
        { echo "not what was published, both in one disk first"; return; }
    sig audit >/dev/null || { echo "the audit found something"; return; }
    echo ok
}

# substitutes WHAT UNIT CODEC
substitutes() {
    total=0 verdict=ok
    for seed in $seeds; do
        "$disk" victim "$seed" "$size" && total=$((total + $("$evil" disk "$2" victim evil))) || verdict="no evil disk"
        ! cmp -s victim evil || verdict="the evil disk is the victim"
        [ "$verdict" != ok ] || verdict=$(substituted "$3" evil victim)
        [ "$verdict" != ok ] || verdict=$(substituted "$3" victim evil)
    done
    result "$1, compression $3, evil first, victim first, both at once" "$total pairs" "$verdict"
}

# --- blobs: an evil twin under the name of an honest one, as only who may write the store's files can leave it ---

# A version that was made beside the twin is never read as something else: it gives what was published, or an error.
not_wrong() {
    for region in westus2 eastus; do
        if sig image-version export "prod/ubuntu/$1" back --region "$region" --force >/dev/null 2>said; then
            cmp back "$2" >&2 || return 1
        fi
    done
}

planted_first() {
    store none && publish 1.0.0 other && cp twin.blob "store/regions/westus2/standard_lrs/1/blobs/$name" || { echo "no store"; return; }
    publish 2.0.0 honest 2>said
    not_wrong 2.0.0 honest && exact 1.0.0 other && echo ok || echo "wrong bytes"
}

planted_later() {
    store none && publish 1.0.0 honest && cp twin.blob "store/regions/$1/standard_lrs/1/blobs/$name" || { echo "no store"; return; }
    exact 1.0.0 honest || { echo "not what was published, though the other region has it"; return; }
    cp twin.blob "store/regions/eastus/standard_lrs/1/blobs/$name" && cp twin.blob "store/regions/westus2/standard_lrs/1/blobs/$name"
    not_wrong 1.0.0 honest && ! sig image-version export prod/ubuntu/1.0.0 back --force 2>said && echo ok || echo "wrong bytes"
}

copied() {
    store none && sig image-version create prod/ubuntu/1.0.0 --os-disk honest --target-regions westus2 >/dev/null &&
        cp twin.blob "store/regions/westus2/standard_lrs/1/blobs/$name" || { echo "no store"; return; }
    sig image-version update prod/ubuntu/1.0.0 --target-regions westus2 eastus >/dev/null 2>said
    not_wrong 1.0.0 honest && echo ok || echo "wrong bytes"
}

twins() {
    "$evil" honest honest && "$disk" other 9 100K && store none && publish 1.0.0 honest || return
    name=$(ls store/regions/westus2/standard_lrs/1/blobs)
    "$evil" twin "store/regions/westus2/standard_lrs/1/blobs/$name" twin.blob && ! cmp -s "store/regions/westus2/standard_lrs/1/blobs/$name" twin.blob
}

if found=$("$evil" pairs "$pairs"); then verdict=ok; else verdict="no pairs, or nobody is fooled"; fi
result "blocks and frames given an evil one of the same XXH3-64 and XXH3-128" "$(echo "$found" | cut -f 2) pairs" "$verdict"
result "planted: a store that tells blocks apart by XXH3 alone" "$(echo "$found" | cut -f 3)" "$verdict"
substitutes "blocks of the same XXH3" 4096 none
substitutes "blocks of the same XXH3" 4096 zstd
substitutes "frames of the same XXH3" 131072 none
if twins; then verdict=ok; else verdict="no twin"; fi
result "a blob given an evil one of the same name" 1 "$verdict"
result "it lay there before the honest disk was published: no other bytes are read" 1 "$(planted_first)"
result "it came later, in one region, then in all: the same, or an error" 1 "$(planted_later westus2)"
result "it is copied to another region: the same" 1 "$(copied)"
exit $status
