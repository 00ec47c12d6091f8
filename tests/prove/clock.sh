# G5, G7: a clock that went backwards, by twenty years: what was published, replicated and read back in 2036 is, in 2016, published
# beside, replicated, audited, repaired and swept as ever; and in 2036 again. No time that lies ahead keeps anything from being
# done.
# shellcheck shell=sh
set -u
# shellcheck source=tests/prove/lib.sh
. "$(dirname "$0")/lib.sh"
PATH=$BUILD:$PATH
export PATH SIG_STORE=store SIG_CLOCK LC_ALL=C
unset SIG_THREADS SIG_RANDOM
case ${PROVE:-slice} in
slice) clocks='2036 2016' ;;
*) clocks='2036 2016 2036 1971 2016 2100 2000' ;;
esac
cd "$SCRATCH" || exit 2

# From here on it is that year; files have the times that they were given.
in_year() {
    year=$1 minute=10
    tick
}

# A minute later.
tick() {
    minute=$((minute + 1)) SIG_CLOCK=$year-01-02T03:$minute:05Z
}

make_store() {
    in_year 2036
    "$BUILD/tests/cli/disk" shared 9 128K && "$BUILD/tests/cli/disk" gone.raw 8 256K &&
        sig gallery create prod --location westus2 &&
        sig image-definition create prod/ubuntu --publisher a --offer b --sku c --os-type Linux &&
        sig image-version create prod/ubuntu/0.0.1 --os-disk gone.raw --target-regions westus2 eastus
}

# done_as COMMAND...: succeeds.
done_as() {
    tick
    "$@" >out 2>said || { echo "$year: $*: $(head -n 1 said)"; return 1; }
}

# Version NUMBER with something in the way of eastus, and then not.
publish_late() {
    "$BUILD/tests/cli/disk" own "$1" 128K && cat own shared >"$1.raw"
    mv store/regions/eastus aside && : >store/regions/eastus
    sig image-version create "prod/ubuntu/$1.0.0" --os-disk "$1.raw" --target-regions westus2 eastus >out 2>said
    status=$?
    rm store/regions/eastus && mv aside store/regions/eastus
    [ $status = 10 ] || { echo "$year: a publish with a region missing ended with $status: $(head -n 1 said)"; return 1; }
}

# Version NUMBER is complete, the highest, and what was published; the others are, too.
there() {
    sig image-version list prod/ubuntu --expand ReplicationStatus >out 2>said
    [ "$(grep -c '"aggregatedState": "Completed"' out)" = "$1" ] || { echo "$year: not all is completed"; return 1; }
    sig image-version show prod/ubuntu/latest | grep -q "\"name\": \"$1.0.0\"" || { echo "$year: latest is not $1.0.0"; return 1; }
    for number in $(seq "$1"); do
        for region in westus2 eastus; do
            sig image-version export "prod/ubuntu/$number.0.0" - --region "$region" 2>said | cmp -s - "$number.raw" && [ ! -s said ] ||
                { echo "$year: $number.0.0 in $region: $(head -n 1 said)"; return 1; }
        done
    done
}

# A bit of version NUMBER's blob in eastus is found, though all was read back in a year to come: oldest first, half of it each time.
found_in_turn() {
    blob=$(find store/regions/eastus -name '*.blob' -size +8k | sort | sed -n "$1p")
    printf x | dd of="$blob" bs=1 seek=5000 conv=notrunc status=none
    for turn in 1 2 3; do
        tick
        "${AUDITOR:-sig}" audit --sample 50% >out 2>said && continue
        grep -q "${blob##*/}" out || { echo "$year: an audit says something else: $(head -n 1 said)"; return 1; }
        done_as sig repair && done_as sig audit
        return
    done
    echo "$year: damage is not found by $turn audits of a half"
    return 1
}

# One goes, and takes with it what nobody else needs.
gone() {
    done_as sig sweep && find store/regions -name '*.blob' | sort >before &&
        "$BUILD/tests/cli/disk" gone.raw "$((100 + $1))" 256K &&
        done_as sig image-version create prod/ubuntu/0.0.2 --os-disk gone.raw --target-regions westus2 eastus &&
        done_as sig image-version delete prod/ubuntu/0.0.2 && done_as sig sweep || return
    find store/regions -name '*.blob' | sort | cmp -s - before || { echo "$year: a sweep leaves something, or takes too much"; return 1; }
}

# Through all the years; $years of them.
through() {
    rm -rf store && years=0
    make_store >why 2>&1 && done_as sig image-version delete prod/ubuntu/0.0.1 || { cat why; return 1; }
    for clock in $clocks; do
        in_year "$clock"
        years=$((years + 1))
        publish_late "$years" && done_as "${REPLICATOR:-sig}" replicate && there "$years" && done_as sig audit && gone "$years" &&
            found_in_turn 1 && there "$years" || return
    done
}

# stand_in NAME: a program of that name here, on standard input.
stand_in() {
    { echo '#!/bin/sh'; cat; } >"$1"
    chmod +x "$1"
}

# planted WHAT TEXT
planted() {
    if through >told; then verdict="FAILED: was not caught"; elif grep -q "$2" told; then verdict=ok; else verdict="FAILED: $(tail -n 1 told)"; fi
    result G7 "planted: $1" 1 "$verdict"
}

if through >told; then verdict=ok; else verdict="FAILED: $(tail -n 1 told)"; fi
result G7 'clocks that go backwards: publish, replicate, audit, repair, sweep' "$years years" "$verdict"
stand_in late <<'END'
case $SIG_CLOCK in 2036*) ;; *) [ "$1" != replicate ] || exit 0 ;; esac
exec sig "$@"
END
REPLICATOR=./late
planted 'what failed in a year to come is left alone' 'not all is completed'
REPLICATOR=sig
stand_in late <<'END'
case $SIG_CLOCK in 2036*) ;; *) exit 0 ;; esac
exec sig "$@"
END
AUDITOR=./late
planted 'what was verified in a year to come is not read' 'is not found'
exit "$failures"
