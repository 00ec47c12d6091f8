#!/bin/sh
# race.sh: many processes at once lose nothing of what was reported done (G5) and contradict each other in nothing (G6).
set -u
LC_ALL=C
export LC_ALL
# shellcheck source=tests/prove/lib.sh
. "$(dirname "$0")/lib.sh"
export SIG_STORE=store
PATH=$BUILD:$PATH
shim=$BUILD/tests/prove/lock_shim.so

fresh() {
    chmod -R u+rwX "$SCRATCH"
    rm -rf "$SCRATCH/race"
    mkdir "$SCRATCH/race"
    cd "$SCRATCH/race" || exit 1
}

# race PROMISE WHAT THEME RACERS ROUNDS [SEED]
race() {
    fresh
    if "$BUILD/tests/prove/race" "$3" "$4" "$5" "${6:-1}" >"$SCRATCH/said" 2>"$SCRATCH/why"; then
        read -r races killed stopped <"$SCRATCH/said"
        result "$1" "$2: $4 at once, $5 rounds" "$races processes, $killed killed, $stopped suspended" ok
    else
        cat "$SCRATCH/why" >&2
        result "$1" "$2: $4 at once" "$5 rounds" "FAILED: $(tail -n 1 "$SCRATCH/why")"
    fi
}

# caught PROMISE WHAT TEXT THEME ROUNDS: with RACE_PRELOAD or RACE_SIG as set, the race says TEXT of it.
caught() {
    # What races does so with some luck: other seeds, other luck.
    for seed in 1 2 3 4 5 6 7 8 9 10; do
        fresh
        "$BUILD/tests/prove/race" "$4" 48 "$5" $seed >/dev/null 2>"$SCRATCH/why"
        [ $? = 1 ] && grep -q "$3" "$SCRATCH/why" && result "$1" "planted: $2" "$seed" ok && return
    done
    cat "$SCRATCH/why" >&2
    result "$1" "planted: $2" "$seed" "FAILED: was not caught"
}

# stand_in: a program that the racers run in place of $BUILD/sig, on standard input.
stand_in() {
    { echo '#!/bin/sh'; cat; } >"$SCRATCH/sig"
    chmod +x "$SCRATCH/sig"
    RACE_SIG=$SCRATCH/sig
    export RACE_SIG
}

plant_locks() {
    RACE_PRELOAD=$shim
    export RACE_PRELOAD
    PROVE_LOCK=/galleries/ caught G6 "galleries that nobody locks" 'nothing done one after the other' updaters 5
    [ "$PROVE" = slice ] ||
        PROVE_LOCK=/regions/ caught G5 "replicas that nobody locks" 'does not come back\|no intact replica\|no such file' creators 10
    unset RACE_PRELOAD
}

plant_liars() {
    stand_in <<'END'
[ "$2" != create ] || exit 0
exec "$BUILD/sig" "$@"
END
    caught G6 "a publish that only says so" 'nothing done one after the other' creators 1
    stand_in <<'END'
[ "$1" != sweep ] || exec sleep 100
exec "$BUILD/sig" "$@"
END
    RACE_LIMIT=4 caught G6 "a sweep that never ends" '^hangs: sig sweep' creators 1
    unset RACE_SIG
}

# --- numbers that are given ---

# next_one NUMBER: publish that disk as the next version: itself, left to another process, or copied; of three processes one is
# killed at one of its disk calls, in the second case often the one that it was left to.
next_one() {
    program=${RACE_SIG:-$BUILD/sig-fault}
    case $(($1 % 4)) in
    0 | 1) set -- "$1" --os-disk "$1.raw" ;;
    2) set -- "$1" --os-disk "$1.raw" --no-wait ;;
    3) set -- "$1" --image-version "dev/made/$1.0.0" ;;
    esac
    one=$1
    shift
    [ $((one % 3)) != 0 ] || export SIG_FAULT=$((one * 29 % 140 + 1)):kill
    "$program" image-version create prod/ubuntu/next "$@" >/dev/null 2>"said.$one"
    echo $? >"status.$one"
}

# told NUMBER: the version that disk was said to be, if it was; what was killed has said nothing, or all the same.
told() {
    [ "$(cat "status.$1")" = 0 ] && sed -n "s|^sig: note: .* image version 'prod/ubuntu/\\(.*\\)'$|\\1|p" "said.$1"
}

# next_round PUBLISHERS
next_round() {
    fresh
    {
        sig gallery create prod && sig image-definition create prod/ubuntu --publisher a --offer b --sku c --os-type Linux &&
            sig gallery create dev && sig image-definition create dev/made --publisher a --offer b --sku c --os-type Linux
    } >/dev/null || return 1
    for one in $(seq "$1"); do
        "$BUILD/tests/cli/disk" "$one.raw" "$one" 256K
        [ $((one % 4)) != 3 ] || sig image-version create "dev/made/$one.0.0" --os-disk "$one.raw" >/dev/null || return 1
    done
    for one in $(seq "$1"); do
        next_one "$one" &
    done
    sig sweep >/dev/null 2>&1 &
    sig replicate prod >/dev/null 2>&1 &
    wait
    # What somebody is at is waited for, and what nobody is at any more is done.
    sig replicate prod >/dev/null 2>"$SCRATCH/why" || { echo "what was accepted is not done: $(head -n 1 "$SCRATCH/why")"; return 1; }
    [ -z "$(ls store/work 2>/dev/null)" ] || { echo "a record is left: $(ls store/work)"; return 1; }
    sig audit >/dev/null 2>"$SCRATCH/why" || { echo "audit: $(head -n 1 "$SCRATCH/why")"; return 1; }
    for one in $(seq "$1"); do
        grep -qx '0\|137' "status.$one" || { echo "publisher $one ended with $(cat "status.$one"): $(cat "said.$one")"; return 1; }
        version=$(told "$one") || continue
        [ -n "$version" ] || { echo "publisher $one says no number"; return 1; }
        sig image-version export "prod/ubuntu/$version" - 2>/dev/null | cmp -s - "$one.raw" ||
            { echo "$version is not the disk of publisher $one"; return 1; }
        echo "$version" >>given
    done
    [ -z "$(sort given | uniq -d)" ] || { echo "given twice: $(sort given | uniq -d)"; return 1; }
}

# prove_next PUBLISHERS ROUNDS
prove_next() {
    what="publishers of the next version, copies and accepted work, some killed: $1 at once, $2 rounds"
    verdict=ok
    given=0
    for round in $(seq "$2"); do
        next_round "$1" >"$SCRATCH/said" || { verdict="FAILED: $(tail -n 1 "$SCRATCH/said")"; break; }
        given=$((given + $(wc -l <given)))
    done
    result G6 "$what" "$given numbers given" "$verdict"
}

plant_next() {
    stand_in <<'END'
PROVE_LOCK=/galleries/ LD_PRELOAD=$BUILD/tests/prove/lock_shim.so exec "$BUILD/sig-fault" "$@"
END
    verdict="FAILED: was not caught"
    # Whether they come together is luck.
    for round in 1 2 3 4 5; do
        next_round 24 >"$SCRATCH/said" || { verdict=ok; break; }
    done
    unset RACE_SIG
    result G6 "planted: numbers that nobody locks" "$round" "$verdict"
}

# --- what cannot be read, and clocks that are wrong ---

# As somebody who may not do everything.
user() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid nobody --regid nogroup --clear-groups "$@"
    else
        "$@"
    fi
}

# Two versions that share most, one of them gone: a sweep has something to remove and something to keep.
small_store() {
    fresh
    "$BUILD/tests/cli/disk" one.raw 1 512K
    cp one.raw two.raw && printf changed | dd of=two.raw bs=1 seek=9000 conv=notrunc status=none
    {
        sig gallery create prod && sig image-definition create prod/ubuntu --publisher a --offer b --sku c --os-type Linux &&
            sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw --target-regions local westus2 &&
            sig image-version create prod/ubuntu/2.0.0 --os-disk two.raw --target-regions local westus2 &&
            sig image-version delete prod/ubuntu/2.0.0
    } >/dev/null || return 1
    mkdir -p store/galleries/prod/images/.old/versions
    [ "$(id -u)" != 0 ] || chown -R nobody .
    mv store whole
}

# What a sweep may think of removing.
removable() {
    find store -path '*/blobs/*' -o -path '*/disks/*' -o -name '.old' | sort
}

# swept: a sweep of a copy of the store, after the commands given; $status, and what it removed in $SCRATCH/gone.
swept() {
    chmod -R u+rwX store 2>/dev/null
    rm -rf store
    cp -a whole store
    removable >"$SCRATCH/before"
    "$@"
    user "${SWEEPER:-sig}" sweep >"$SCRATCH/said" 2>"$SCRATCH/why"
    status=$?
    chmod -R u+rwX store
    removable | comm -23 "$SCRATCH/before" - >"$SCRATCH/gone"
}

# unreadable PATH: a sweep of a store in which that cannot be read says so, and removes nothing that may be needed for it: nothing
# at all when it belongs to a gallery, nothing of the replica when it belongs to one. What no sweep reads may be unread.
unreadable() {
    swept chmod 000 "$1"
    grep -vxFf "$SCRATCH/garbage" "$SCRATCH/gone" && { echo "$1: what is needed was removed"; return 1; }
    case $1 in
    */replication | */replication/* | */index.* | *.blob | */readers | store/replicas*) return 0 ;;
    store/regions*) part=$(echo "$1" | cut -d / -f 1-5) ;;
    # What is needed can be told without them.
    store/lock | store/galleries/prod/lock | store/activity*) part=$1 ;;
    *) part=store ;;
    esac
    [ $status != 0 ] || { echo "$1: the sweep says nothing"; return 1; }
    ! grep "^$part" "$SCRATCH/gone" || { echo "$1: was removed all the same"; return 1; }
}

each_unreadable() {
    count=0
    bad=0
    for path in $(cd whole && find . -not -path '*/.old*' | sed 's|^\.|store|' | sort); do
        grep -qxF "$path" "$SCRATCH/garbage" && continue
        count=$((count + 1))
        [ $((count % $1)) = 0 ] || continue
        tried=$((tried + 1))
        unreadable "$path" >&2 || bad=$((bad + 1))
    done
}

# The time of everything in the store, and the program's.
# shellcheck disable=SC2317
aged() {
    find store -exec touch -h -d "$1" {} +
    SIG_CLOCK=$2
    export SIG_CLOCK
}

prove_sweep() {
    what="what a sweep cannot read keeps it from removing"
    small_store || { result G5 "$what" 0 "FAILED: could not be set up"; return; }
    user sig --help >/dev/null 2>&1 || { result G5 "$what" 0 "skipped: needs paths that anybody may walk"; return; }
    swept true
    cp "$SCRATCH/gone" "$SCRATCH/garbage"
    [ $status = 0 ] && [ "$(wc -l <"$SCRATCH/garbage")" = 5 ] || { result G5 "$what" 0 "FAILED: the plain sweep is wrong"; return; }
    tried=0
    each_unreadable "$1"
    verdict=ok
    [ $bad = 0 ] || verdict="FAILED: $bad of $tried"
    result G5 "$what" "$tried files and directories" "$verdict"
    cp "$SCRATCH/said" "$SCRATCH/plain"
    prove_clocks
    # One that calls everything done.
    printf '#!/bin/sh\nsig "$@"\nexit 0\n' >sweeper
    chmod 755 sweeper
    SWEEPER=./sweeper
    ! unreadable store/galleries/prod/gallery.json >/dev/null && verdict=ok || verdict="FAILED: was not caught"
    unset SWEEPER
    result G5 "planted: a sweep that hides what it cannot read" 1 "$verdict"
}

prove_clocks() {
    tried=0
    verdict=ok
    for times in '2016-01-01 2036-01-01' '2036-01-01 2016-01-01' '2016-01-01 2016-01-01' '2036-01-01 2036-01-01'; do
        # shellcheck disable=SC2086
        set -- $times
        tried=$((tried + 1))
        swept aged "$1" "$2T00:00:00Z"
        unset SIG_CLOCK
        [ $status = 0 ] && cmp -s "$SCRATCH/garbage" "$SCRATCH/gone" || verdict="FAILED: files of $1, clock at $2"
    done
    result G5 "clocks ten years off change nothing in a sweep" $tried "$verdict"
}

# --- what is tried ---

case ${PROVE:=prove} in
slice) creators='24 1' updaters='32 1' mixed='24 2' nexts='16 1' each=4 ;;
prove) creators='64 30' updaters='48 30' mixed='64 50' nexts='48 5' each=1 ;;
*) creators='64 1000' updaters='64 1000' mixed='64 1000' nexts='64 100' each=1 ;;
esac
# shellcheck disable=SC2086
{
    race G6 "publishers of the same and of other content, sweeps" creators $creators
    race G6 "updaters of each property of each version" updaters $updaters
    race G5 "publishers, updaters, deleters, replicators, exporters, sweeps" mixed $mixed
    prove_next $nexts
}
plant_locks
plant_next
[ "$PROVE" = slice ] || plant_liars
prove_sweep $each
fresh
exit $failures
