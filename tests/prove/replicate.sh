# G2, G6: replicating is killed at random points, also while it makes good for a kill before: what was reported done is there, the
# next one goes on behind the last finished blob, and what is exported in any region is what was published. Several replicators
# at once share the work: together they copy what one alone copies.
# shellcheck shell=sh
set -u
# shellcheck source=tests/prove/lib.sh
. "$(dirname "$0")/lib.sh"
PATH=$BUILD:$PATH
export PATH SIG_STORE=store SIG_CLOCK=2026-01-02T03:04:05Z LC_ALL=C
unset SIG_THREADS SIG_RANDOM
case ${PROVE:-slice} in
slice) kills=4 rounds=1 killed=3 ;;
prove) kills=200 rounds=5 killed=6 ;;
long) kills=5000 rounds=100 killed=6 ;;
esac
versions=12 # that several replicate at once
slack=65536 # bytes, less than a blob: maps, indexes and states that are written again
cd "$SCRATCH" || exit 2
regions="eastus westeurope japaneast"
seed=1

# Up to $1 - 1, in $random; the same ones in every run.
below() {
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    random=$((seed / 65536 % $1))
}

# pending VERSIONS: a store in which so many wait to be copied to three regions, since something was in the way; their disks share
# a part. In $SCRATCH/pending, and beside it what it is after one replicator, and the bytes that this one wrote.
pending() {
    rm -rf pending alone store
    {
        sig gallery create prod --location westus2 --compression none &&
            sig image-definition create prod/ubuntu --publisher Contoso --offer Server --sku ubuntu --os-type Linux
    } >/dev/null || return
    mkdir -p store/regions
    for region in $regions; do : >"store/regions/$region"; done
    for version in $(seq "$1"); do
        "$BUILD/tests/cli/disk" "$version.raw" "$version" 384K
        sig image-version create "prod/ubuntu/1.0.$version" --os-disk "$version.raw" --target-regions westus2 eastus=2 \
            westeurope=1=Standard_ZRS japaneast >/dev/null 2>said
        [ $? = 10 ] || return
    done
    for region in $regions; do rm "store/regions/$region"; done
    cp -a store pending
    written sig replicate >whole || return
    completed "$1" && mv store alone
}

# What a command and its children write, in bytes.
written() {
    # shellcheck disable=SC2016
    sh -c '"$@" >/dev/null 2>said; status=$?; sed -n "s/^wchar: //p" "/proc/$$/io"; exit $status' - "$@"
}

# Nothing waits and nothing has failed.
completed() {
    [ "$(sig image-version list prod/ubuntu --expand ReplicationStatus 2>&1 |
        grep -c '"aggregatedState": "Completed"')" = "$1" ] || { echo "not all are completed"; return 1; }
}

# The blobs that are there, each with the number of its file.
blobs() {
    find store/regions -name '*.blob' -printf '%i %s %p\n' | sort
}

total() {
    awk '{ sum += $2 } END { printf "%d\n", sum }'
}

# Every version as it was published, wherever it is read.
exact() {
    for version in $(seq "$1"); do
        for region in westus2 $regions; do
            sig image-version export "prod/ubuntu/1.0.$version" - --region "$region" 2>said | cmp -s - "$version.raw" && [ ! -s said ] ||
                { echo "1.0.$version in $region is not what was published: $(head -n 1 said)"; return 1; }
        done
    done
}

audited() {
    sig audit >audited 2>said || { echo "$1: audit: $(head -n 1 said)"; return 1; }
}

# Killed at one of its disk calls, one time in four with half of a write made; a replicator that had less to do may end before that.
killed() {
    rm -f log
    below 4
    action=$([ "$random" = 0 ] && echo torn || echo kill)
    below "$points"
    SIG_FAULT=$((random + 1)):$action SIG_FAULT_LOG=log "${FAULTY:-sig-fault}" replicate >/dev/null 2>said
    status=$?
    [ $status = 137 ] && [ -s log ] && killings=$((killings + 1)) && return
    [ $status = 0 ] && [ ! -s log ] || { echo "at call $((random + 1)) it ended with $status: $(head -n 1 said)"; return 1; }
}

# One that is killed, half of the time once more, and then goes on.
kill_round() {
    rm -rf store && cp -a pending store
    killed && audited "behind a kill" || return
    below 2
    [ "$random" = 0 ] || { killed && audited "behind a second kill"; } || return
    blobs >finished
    wrote=$(written "${RESUMER:-sig}" replicate) || { echo "to go on failed: $(head -n 1 said)"; return 1; }
    blobs >now
    comm -23 finished now | grep -q . && { echo "was finished, and is another file now: $(comm -23 finished now | head -n 1)"; return 1; }
    # Beside the blobs there are maps, indexes and states; a copy that was not finished begins anew.
    most=$(($(cat whole) - $(total <finished) + $(total <home) + slack))
    [ "$wrote" -le "$most" ] || { echo "wrote $wrote bytes to go on, of which at most $most were missing"; return 1; }
    completed "$killed" && audited "at the end" && exact "$killed" || return
    sig sweep >/dev/null 2>said && audited "behind a sweep" && grep -q '"findings": \[\]' audited ||
        { echo "a sweep leaves something: $(head -n 1 said)"; return 1; }
}

kills() {
    killings=0 tries=0 verdict=ok
    while [ $killings -lt "$1" ]; do
        tries=$((tries + 1))
        kill_round >why || { verdict="FAILED: round $tries: $(tail -n 1 why)"; break; }
        [ $tries -lt $((2 * $1 + 10)) ] || { verdict="FAILED: is hardly ever killed"; break; }
    done
}

# --- several at once ---

together_once() {
    rm -rf store && cp -a pending store
    for one in $(seq "$1"); do
        { written "${RESUMER:-sig}" replicate >"wrote.$one"; echo $? >"status.$one"; } &
    done
    wait
    for one in $(seq "$1"); do
        [ "$(cat "status.$one")" = 0 ] || { echo "one ended with $(cat "status.$one"): $(head -n 1 said)"; return 1; }
    done
    completed "$versions" && audited "at the end" && exact "$versions" || return
    wrote=$(cat wrote.* | awk '{ sum += $1 } END { printf "%d\n", sum }')
    rm -f wrote.* status.*
    [ "$wrote" -le $(($(cat whole) + $1 * slack)) ] || { echo "wrote $wrote bytes together, and one alone $(cat whole)"; return 1; }
}

# Four are killed somewhere, four are not: those do it all.
four_of_eight() {
    rm -rf store && cp -a pending store
    for one in 1 2 3 4 5 6 7 8; do
        if [ $((one % 2)) = 0 ]; then
            { sig replicate >/dev/null 2>"said.$one"; echo $? >"status.$one"; } &
        else
            below "$points"
            { SIG_FAULT=$((random / 4 + 1)):kill sig-fault replicate >/dev/null 2>&1; echo $? >"status.$one"; } &
        fi
    done
    wait
    for one in 2 4 6 8; do
        [ "$(cat "status.$one")" = 0 ] || { echo "one ended with $(cat "status.$one"): $(head -n 1 "said.$one")"; return 1; }
    done
    killings=$((killings + $(cat status.* | grep -c 137)))
    rm -f status.*
    # One that was killed may have said of a region that it is at it, when the others were done with that.
    wrote=$(written sig replicate) || { echo "to go on failed: $(head -n 1 said)"; return 1; }
    [ "$wrote" -le $slack ] || { echo "$wrote bytes were left to be written"; return 1; }
    completed "$versions" && audited "at the end" && exact "$versions"
}

killed_together() {
    verdict=ok killings=0
    for round in $(seq "$1"); do
        four_of_eight >why || { verdict="FAILED: round $round: $(tail -n 1 why)"; break; }
    done
}

# together REPLICATORS ROUNDS
together() {
    verdict=ok
    for round in $(seq "$2"); do
        together_once "$1" >why || { verdict="FAILED: round $round: $(tail -n 1 why)"; break; }
    done
}

# --- what is tried ---

# stand_in NAME: a program of that name here, on standard input.
stand_in() {
    { echo '#!/bin/sh'; cat; } >"$1"
    chmod +x "$1"
}

# planted PROMISE WHAT TEXT: the last trial has found that.
planted() {
    case $verdict in
    *"$3"*) result "$1" "planted: $2" 1 ok ;;
    *) result "$1" "planted: $2" 1 "FAILED: was not caught: $verdict" ;;
    esac
}

pending "$killed" >why 2>&1 || { cat why said >&2; exit 2; }
rm -rf store && cp -a pending store
blobs >home
SIG_FAULT=0:count SIG_FAULT_LOG=log sig-fault replicate >/dev/null || exit 2
points=$(sed -n 's/^fault: //p' log)
kills "$kills"
result G2 "replicating $killed versions to 3 regions, killed at random, and resumed" "$killings kills of $points calls" "$verdict"

stand_in again <<'END'
find store/regions -path 'store/regions/[!w]*' -name '*.blob' -delete
exec sig "$@"
END
RESUMER=./again kills 6
planted G2 'what is finished is copied again' 'is another file now'
stand_in early <<'END'
sig-fault "$@"
status=$?
[ $status = 0 ] || for version in alone/galleries/prod/images/ubuntu/versions/*; do
    cp "$version"/replication/*.json "store/${version#*/}/replication/"
done
exit $status
END
FAULTY=./early kills 6
planted G2 'done is said before it is' 'audit: '

pending "$versions" >why 2>&1 || { cat why said >&2; exit 2; }
for count in 2 8; do
    together $count "$rounds"
    result G6 "$count replicators share $versions versions x 3 regions" "$rounds rounds" "$verdict"
done
killed_together "$rounds"
result G2 "8 replicators of which 4 are killed, $versions versions x 3 regions" "$rounds rounds, $killings kills" "$verdict"
stand_in own <<'END'
cp -a store "own.$$" && SIG_STORE=own.$$ sig "$@" && rm -rf "own.$$" && exec sig "$@"
END
RESUMER=./own together 2 1
planted G6 'each copies everything' 'bytes together'
exit "$failures"
