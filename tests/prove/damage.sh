# G7, G15: what damage to each part of the store does: a zone, a replica, a region, each kind of file, deleted, cut short, with a bit
# flipped, with a block zeroed, unreadable, replaced by nothing, exchanged with another. An export gives the right bytes, or
# refuses and says what it cannot read; an audit sees what an export meets; a repair makes it good, or says what it cannot make
# good, and leaves alone what is right.
#
#   tests/prove/damage.sh --table      the same, all of it, printed as a grid
# shellcheck shell=sh
set -u
# shellcheck source=tests/prove/lib.sh
. "$(dirname "$0")/lib.sh"
table=
[ "${1-}" != --table ] || {
    case ${BUILD:=build} in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
    table=yes PROVE=prove SCRATCH=$(mktemp -d "${TMPDIR:-/tmp}/sig-damage.XXXXXX") || exit 2
    trap 'chmod -R u+rwX "$SCRATCH"; rm -rf "$SCRATCH"' EXIT
    trap 'exit 130' INT TERM HUP
}
PATH=$BUILD:$PATH
export PATH SIG_STORE=place/store SIG_CLOCK=2026-01-02T03:04:05Z SIG_RANDOM=1 LC_ALL=C
unset SIG_THREADS
case ${PROVE:-slice} in
slice) every=11 ;;
*) every=1 ;;
esac
cd "$SCRATCH" || exit 2
damages="deleted truncated flipped zeroed unreadable empty swapped"
regions="westus2 eastus westeurope japaneast rack"

# As a user whom permissions mean something to.
user() {
    if [ "$(id -u)" = 0 ]; then setpriv --reuid nobody --regid nogroup --clear-groups "$@"; else "$@"; fi
}

# Two versions that share blocks, in each kind of replica; the region "rack" has a directory of its own.
make_store() {
    mkdir place
    "$BUILD/tests/cli/disk" 1.raw 2 256K && "$BUILD/tests/cli/disk" other 7 256K && head -c 131072 1.raw >2.raw &&
        tail -c 131072 other >>2.raw &&
        sig gallery create prod --location westus2 --compression none &&
        sig image-definition create prod/ubuntu --publisher Contoso --offer Server --sku ubuntu --os-type Linux &&
        sig region create rack --path place/rack || return
    for version in 1 2; do
        sig image-version create "prod/ubuntu/$version.0.0" --os-disk "$version.raw" --target-regions westus2 eastus=2 \
            westeurope=1=Standard_ZRS japaneast=1=Premium_LRS rack || return
    done
}

# --- what is damaged ---

# parts: WHAT, what it is exchanged with, and the paths; with tabs between.
parts() {
    base=store/regions
    eastus=$base/eastus/standard_lrs home=$base/westus2/standard_lrs/1 zones=$base/westeurope/standard_zrs/1
    ready=$base/japaneast/premium_lrs/1/disks states=store/galleries/prod/images/ubuntu/versions/1.0.0/replication
    cat <<END
a zone	$zones/zone-3	$zones/zone-1
two zones	$zones/zone-3	$zones/zone-1 $zones/zone-2
a replica	$eastus/2	$eastus/1
a region	$base/japaneast	$base/eastus
the home region	$base/japaneast	$base/westus2
an own directory	$base/eastus	rack
its region.json	$base/rack/region.json	rack/region.json
a region's record	rack/region.json	$base/rack/region.json
a blob	$(of "$eastus/1/blobs" 2)	$(of "$eastus/1/blobs" 1)
a blob at home	$(of "$home/blobs" 2)	$(of "$home/blobs" 1)
a blob everywhere	$(of "$eastus/1/blobs" 2)	$(everywhere "$(of "$eastus/1/blobs" 1)")
a disk map	$(of "$eastus/1/disks" 2)	$(of "$eastus/1/disks" 1)
a raw file	$(of "$ready" 2 '*.raw')	$(of "$ready" 1 '*.raw')
an index	$(of "$home" 1 'index.[0-9]*')	$(of "$eastus/1" 1 'index.[0-9]*')
replica.json	$eastus/2/replica.json	$eastus/1/replica.json
a claim	store/replicas/eastus.standard_lrs.2.json	store/replicas/eastus.standard_lrs.1.json
a state	$states/westeurope.json	$states/eastus.json
END
}

# of DIRECTORY NUMBER [NAMES]: its first or second file.
of() {
    (cd sound && find "$1" -type f -name "${3-*}" | sort | sed -n "$2p")
}

# The blob of that name in every replica.
everywhere() {
    (cd sound && find . -name "${1##*/}" | sort | tr '\n' ' ')
}

# files PATH: it, or what is in it.
files() {
    find "$1" -type f -size +0
}

# In the middle of a file.
flip() {
    at=$(($(wc -c <"$1") / 2))
    byte=$(od -An -tu1 -j "$at" -N 1 "$1")
    # shellcheck disable=SC2059
    printf "\\$(printf %03o $((byte ^ 16)))" | dd of="$1" bs=1 seek="$at" conv=notrunc status=none
}

zero() {
    size=$(wc -c <"$1")
    dd if=/dev/zero of="$1" bs=1 seek=$((size / 2)) count=$((size - size / 2 < 512 ? size - size / 2 : 512)) conv=notrunc status=none
}

swap() {
    mv "$1" aside && mv "$2" "$1" && mv aside "$2"
}

# damage HOW PATH OTHER
damage() {
    [ -n "$(files "$2")" ] || return
    case $1 in
    deleted) rm -rf "$2" ;;
    truncated) files "$2" | while read -r file; do truncate -s $(($(wc -c <"$file") / 2)) "$file"; done ;;
    flipped) files "$2" | while read -r file; do flip "$file"; done ;;
    zeroed) files "$2" | while read -r file; do zero "$file"; done ;;
    unreadable) chmod 000 "$2" ;;
    empty) if [ -d "$2" ]; then rm -rf "$2" && mkdir "$2"; else : >"$2"; fi ;;
    swapped) swap "$2" "$3" ;;
    esac
}

# --- what is done ---

# What an export of every version in every region gives: there, elsewhere or refused, the worst of them; 1 when bytes are wrong.
read_all() {
    how=there
    for version in 1 2; do
        for region in $regions; do
            user sig image-version export "prod/ubuntu/$version.0.0" - --region "$region" >got 2>said
            status=$?
            if [ $status = 0 ]; then
                cmp -s got "$version.raw" || { echo "$version.0.0 in $region is read as something else"; return 1; }
                [ ! -s said ] || [ $how = refused ] || how=elsewhere
            else
                grep -q "^sig: .*'" said || { echo "$version.0.0 in $region: refused without a name: $(head -n 1 said)"; return 1; }
                how=refused
            fi
        done
    done
}

# The worst that an audit says: error, warning, note or nothing.
audit() {
    user sig audit >audited 2>said
    status=$?
    case $status in
    0 | 6 | 7) ;;
    *) echo "audit: $(head -n 1 said)" && return 1 ;;
    esac
    says=nothing
    for level in note warning error; do
        ! grep -q "\"level\": \"$level\"" audited || says=$level
    done
    [ $status = 0 ] || [ $says = error ] || { echo "audit: ended with $status, and has no error"; return 1; }
}

# Everything is where it was and as it was; of regions that were exchanged some of what does not belong there may be left.
sound() {
    audit && case $says:$how_damaged in nothing:* | note:* | warning:swapped) ;; *) false ;; esac || { echo "$1: audit: $(head -n 1 said)$(grep '"text"' audited | head -n 1)"; return 1; }
    read_all && [ $how = there ] || { echo "$1: $how: $(head -n 1 said)"; return 1; }
}

# try HOW WHAT OTHER PATH...: sets $cell, or says in a line what is wrong.
try() {
    case $1:$2 in
    flipped:* | zeroed:* | truncated:*) ;;
    swapped:two\ zones | swapped:*everywhere) cell=- && return ;;
    esac
    chmod -R u+rwX place 2>/dev/null
    rm -rf place && cp -a sound place || return
    how_damaged=$1 what=$2 other=$3
    shift 3
    for path; do
        damage "$how_damaged" "place/$path" "place/$other" || { echo "no damage was done to $path"; return 1; }
    done
    read_all || return
    was=$how
    # Without its record a region is none.
    case $was:$what:$how_damaged in
    refused:a\ blob\ everywhere:* | refused:*\ record:deleted) ;;
    refused:*) echo "an export is refused: $(head -n 1 said)" && return 1 ;;
    esac
    audit || return
    told=$says
    [ $was = there ] || [ "$told" != nothing ] || { echo "an export meets it, and the audit is content"; return 1; }
    mend "$@" || return
    cell="$was, $told, $mended"
}

# Repairs what $how_damaged has done to PATH...; sets $mended, or says what is wrong.
mend() {
    user sig repair >repaired 2>said
    status=$?
    mended=healed
    [ "$told" != nothing ] || mended=-
    [ $status != 0 ] || { sound "behind the repair"; return; }
    grep -q "^sig: .*'" said || { echo "repair: refused without a name: $(head -n 1 said)"; return 1; }
    if grep -q '"losses": \[$' repaired; then
        from_source
        return
    fi
    mended=refused
    read_all || return
    # Put back by hand, all is as it was.
    for path; do
        chmod -R u+rwX "place/$path" 2>/dev/null
        [ "$how_damaged" = unreadable ] || { rm -rf "place/$path" && cp -a "sound/$path" "place/$path"; } || return
    done
    [ "$how_damaged" != swapped ] || { rm -rf "place/$other" && cp -a "sound/$other" "place/$other"; } || return
    user sig repair >repaired 2>said || { echo "repair, when it was put back: $(head -n 1 said)"; return 1; }
    sound "when it was put back"
}

# What is lost cannot be read, and comes back from what was published.
from_source() {
    mended=source
    read_all || return
    [ $how = refused ] || { echo "is called lost, and can be read: $(grep '^sig: not all' said)"; return 1; }
    for version in 1 2; do
        user sig repair "prod/ubuntu/$version.0.0" --from "$version.raw" >repaired 2>said
    done
    user sig repair >repaired 2>said || { echo "repair, from the source: $(head -n 1 said)"; return 1; }
    sound "from the source"
}

# --- what is tried ---

# Each part damaged in each way; $faults, $tried, and in `grid` the cells.
matrix() {
    number=0 tried=0 faults=
    : >grid
    while IFS='	' read -r what other paths; do
        for damage in $damages; do
            number=$((number + 1))
            [ $((number % every)) = 0 ] || continue
            tried=$((tried + 1))
            # shellcheck disable=SC2086
            try "$damage" "$what" "$other" $paths >why 2>&1 </dev/null ||
                { cell="FAILED" && echo "$what, $damage: $(tail -n 1 why)" >&2 && faults="$faults $what $damage;"; }
            printf '%s\t%s\t%s\n' "$what" "$damage" "$cell" >>grid
        done
    done <rows
}

print_grid() {
    awk -F '\t' -v damages="$damages" '
        BEGIN { n = split(damages, column, " ") }
        !($1 in seen) { seen[$1]; row[++rows] = $1 }
        { cell[$1, $2] = $3; if (length($3) > wide[$2]) wide[$2] = length($3) }
        END {
            printf "%-18s", ""
            for (j = 1; j <= n; j++) printf "%s%-" wide[column[j]] "s", "  ", column[j]
            for (i = 1; i <= rows; i++) {
                printf "\n%-18s", row[i]
                for (j = 1; j <= n; j++) printf "  %-" wide[column[j]] "s", cell[row[i], column[j]]
            }
            print "\n\nof each: where exports in any region find the bytes (there; elsewhere: in another replica, with a notice; refused); what"
            print "an audit says, what a repair does (-: nothing to do; refused: says what to do first, then it is right; source: says what is"
            print "lost, and is given what was published)"
        }' grid
}

verdict() {
    if [ -n "$faults" ]; then echo "FAILED:$faults"; elif [ $tried = 0 ]; then echo "FAILED: nothing was tried"; else echo ok; fi
}

# planted WHAT TEXT: with that script in place of the program, what is said is that.
planted() {
    mkdir -p bin
    { echo '#!/bin/sh'; cat; } >bin/sig && chmod 755 bin bin/sig
    PATH=$PWD/bin:$PATH
    # shellcheck disable=SC2046
    if ! try flipped "a blob" "" $(of store/regions/eastus/standard_lrs/1/blobs 1) >why 2>&1 && grep -q "$2" why; then
        result G7 "planted: $1" 1 ok
    else
        result G7 "planted: $1" 1 "FAILED: was not caught: $(tail -n 1 why)"
    fi
    PATH=${PATH#*:}
    rm -rf bin
}

make_store >why 2>&1 || { cat why >&2; exit 2; }
[ "$(id -u)" != 0 ] || { chmod 755 . && chown -R nobody .; }
mv place sound
user test -x "$BUILD/sig" || { result G7 'each part of a store damaged in each way' 0 'skipped: needs paths that anybody may walk'; exit 0; }
parts >rows
matrix
[ -z "$table" ] || { print_grid; exit; }
result G7 'each part of a store damaged in each way: exports, audit, repair' $tried "$(verdict)"
planted "an export without checks" "read as something else" <<'END'
[ "$1 $2" != "image-version export" ] || { head -c 262144 /dev/zero; exit 0; }
exec "$BUILD/sig" "$@"
END
planted "an audit that looks at nothing" "the audit is content" <<'END'
[ "$1" != audit ] || exit 0
exec "$BUILD/sig" "$@"
END
planted "a repair that only says so" "behind the repair" <<'END'
[ "$1" != repair ] || exit 0
exec "$BUILD/sig" "$@"
END
exit "$failures"
