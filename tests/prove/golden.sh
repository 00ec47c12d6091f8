# G17: old stores open: a store of each format that was ever released (tests/data/store-N) is listed, shown, audited, exported byte for
# byte, published to, replicated and swept; one of a newer format, or with a feature that is not known, is refused, not guessed.
# shellcheck shell=sh
set -u
PATH=$BUILD:$PATH
export PATH SIG_CLOCK=2027-03-04T05:06:07Z SIG_RANDOM=2 SIG_STORE=store
data=$(cd "$(dirname "$0")/../data" && pwd)
status=0
cd "$SCRATCH" || exit 2

# result WHAT COUNT VERDICT: "ok", or what is wrong.
result() {
    case $3 in ok) printf 'G17\t%s\t%s\tok\n' "$1" "$2" ;; *) printf 'G17\t%s\t%s\tFAILED: %s\n' "$1" "$2" "$3" && status=1 ;; esac
}

fresh() {
    rm -rf store && tar -xzof "$golden/store.tar.gz" || exit 2
}

# exports REF FILE [FLAG...]: from each region that has it.
exports() {
    ref=$1 file=$2
    shift 2
    sig image-version export "$ref" - "$@" 2>said | cmp -s - "$file" || { echo "$ref $*: other bytes: $(head -n 1 said)"; return 1; }
}

all_exported() {
    for codec in zstd zlib none; do
        for region in westus2 eastus; do
            exports "gallery.$codec/ubuntu/1.0.0" "first.$codec" --region "$region" || return
        done
        [ "$codec" != none ] || continue
        exports "gallery.$codec/ubuntu/1.1.0" "second.$codec" && exports "gallery.$codec/ubuntu/1.1.0" "data.$codec" --data-disk 3 || return
    done
}

# What was shown then is shown now; there may be more.
as_shown() {
    shown >now 2>said || { echo "cannot be shown: $(head -n 1 said)"; return 1; }
    sed 's/,$//' "$golden/shown" | sort -u >then.lines && sed 's/,$//' now | sort -u >now.lines
    comm -23 then.lines now.lines >missing
    [ ! -s missing ] || { echo "not shown as then: $(head -n 1 missing)"; return 1; }
}

sound() {
    sig audit >audited 2>said || { echo "audit: $(head -n 1 said)"; return 1; }
}

# succeeds COMMAND...
succeeds() {
    "$@" >out 2>said || { echo "$*: $(head -n 1 said)"; return 1; }
}

read_back() {
    as_shown && sound && all_exported && echo ok
}

changed() {
    for codec in zstd zlib none; do
        succeeds sig image-version create "gallery.$codec/ubuntu/2.0.0" --os-disk "second.$codec" &&
            exports "gallery.$codec/ubuntu/2.0.0" "second.$codec" &&
            succeeds sig image-version update "gallery.$codec/ubuntu/2.0.0" --target-regions westus2 eastus westeurope &&
            exports "gallery.$codec/ubuntu/2.0.0" "second.$codec" --region westeurope &&
            succeeds sig gallery update "gallery.$codec" --description new &&
            succeeds sig image-definition update "gallery.$codec/ubuntu" --description new || return
    done
    "$BUILD/tests/cli/disk" new.raw 3 100K
    succeeds sig image-version create gallery.zlib/ubuntu/3.0.0 --os-disk new.raw &&
        exports gallery.zlib/ubuntu/3.0.0 new.raw || return
    succeeds sig replicate && sound && all_exported && succeeds sig image-version delete gallery.zlib/ubuntu/3.0.0 &&
        succeeds sig sweep && grep -q '"blobs": [1-9]' out || { echo "nothing was swept, or: $(head -n 1 said)"; return; }
    sound && all_exported && exports gallery.zstd/ubuntu/2.0.0 second.zstd && echo ok
}

# --- what is newer ---

picture() {
    # That somebody tried is written down.
    find store -path store/activity -prune -o -type f -exec cksum {} + | sort
}

# refused COMMAND...: with a message that names the reason, and nothing is changed.
refused() {
    picture >before
    "$@" >out 2>said && { echo "not refused: $*"; return 1; }
    grep -q "$reason" said || { echo "$*: does not say why: $(head -n 1 said)"; return 1; }
    picture | cmp -s - before || { echo "$* changed the store"; return 1; }
}

changes_refused() {
    refused sig gallery create other && refused sig gallery update gallery.zstd --description new &&
        refused sig image-definition update gallery.zstd/ubuntu --description new &&
        refused sig image-version create gallery.zstd/ubuntu/2.0.0 --os-disk first.zstd &&
        refused sig image-version update gallery.zstd/ubuntu/1.0.0 --tags a=b &&
        refused sig image-version delete gallery.zstd/ubuntu/1.0.0 && refused sig replicate && refused sig sweep &&
        refused sig image-definition delete gallery.zstd/ubuntu && refused sig gallery delete gallery.zstd
}

newer() {
    fresh && sed -i -e /checksum/d -e 's/"format": [0-9]*/"format": 999/' store/store.json
    reason='has format 999'
    changes_refused && refused sig gallery list && refused sig audit && echo ok
}

unknown_feature() {
    fresh && sed -i -e /checksum/d -e 's/"format": [0-9]*,/& "requiredFeatures": ["unheard-of"],/' store/store.json
    reason="feature 'unheard-of'"
    changes_refused && all_exported && as_shown && echo ok
}

newer_manifest() {
    fresh && find store/galleries -name version.json -exec sed -i -e /checksum/d -e 's/"format": [0-9]*/"format": 999/' {} +
    reason='has format 999'
    refused sig image-version update gallery.zstd/ubuntu/1.0.0 --tags a=b && refused sig image-version show gallery.zstd/ubuntu/1.0.0 &&
        refused sig image-version export gallery.zstd/ubuntu/1.0.0 - && refused sig sweep && echo ok
}

# A blob and a map say their format behind eight letters.
newer_files() {
    fresh && find store/regions -name "*.$1" -exec sh -c 'printf "\347\003" | dd of="$1" bs=1 seek=8 conv=notrunc status=none' - {} \;
    sig image-version export gallery.zstd/ubuntu/1.0.0 - >out 2>said && echo "read all the same" && return
    [ ! -s out ] && echo ok || echo "bytes were given"
}

# planted WHAT CHECK: with that script in place of the program, CHECK is not content.
planted() {
    mkdir bin && { echo '#!/bin/sh'; cat; } >bin/sig && chmod 755 bin/sig
    fresh
    found=$(PATH=$PWD/bin:$PATH && "$2")
    rm -r bin
    if [ "$found" != ok ]; then result "planted: $1" 1 ok; else result "planted: $1" 1 "not caught"; fi
}

for golden in "$data"/store-*; do
    format=${golden##*-}
    # shellcheck source=/dev/null
    . "$golden/disks.sh"
    fresh
    result "a store of format $format: listed, shown, audited, exported" 1 "$(read_back)"
    result "a store of format $format: published to, changed, replicated, swept" 1 "$(changed)"
done
result "a store of a newer format is refused" 12 "$(newer)"
result "a store with an unknown feature is read, and not changed" 10 "$(unknown_feature)"
result "manifests of a newer format are refused" 4 "$(newer_manifest)"
result "blobs of a newer format are refused" 1 "$(newer_files blob)"
result "disk maps of a newer format are refused" 1 "$(newer_files disk)"
planted "a release that reads old disks as something else" read_back <<'END'
[ "$2" != export ] || { head -c 12288 /dev/zero; exit; }
exec "$BUILD/sig" "$@"
END
planted "a release that shows less" read_back <<'END'
"$BUILD/sig" "$@" | grep -v diskDigest
END
planted "a release that minds no feature" unknown_feature <<'END'
sed -i 's/"requiredFeatures".*//' store/store.json
exec "$BUILD/sig" "$@"
END
planted "a release that minds no format" newer <<'END'
sed -i 's/"format": 999/"format": 1/' store/store.json
exec "$BUILD/sig" "$@"
END
exit $status
