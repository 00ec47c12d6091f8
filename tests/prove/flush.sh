#!/bin/sh
# flush.sh: a flush that failed is final (G4). Each flush of every changing command fails in turn, and what it was to flush is
# lost at once. It is never asked for again, nothing that it concerned is used, and the command run again succeeds. A directory
# may be flushed again by who undoes what was done in it and fails, or does something else there; that a failure of it is told,
# unless it was the index's, is what tests/fault tries.
set -u
LC_ALL=C
export LC_ALL
# shellcheck source=tests/prove/lib.sh
. "$(dirname "$0")/lib.sh"
here=$prove/../fault
top=$SCRATCH
PATH=$BUILD:$PATH
# One thread: so that the nth flush is the same one in every run.
export SIG_THREADS=1 SIG_STORE=store SIG_CLOCK=2026-01-02T03:04:05Z SIG_RANDOM=1 PROVE_FLUSH_LOG="$top/log" TMPDIR="$top"

# shellcheck source=tests/fault/oracle.sh
. "$here/oracle.sh"

prepare() {
    section "$1"
    # Where it is run: a region's manifest names its directory in full.
    rm -rf "$top/template" "$top/work"
    mkdir "$top/work"
    cd "$top/work" || return 1
    set_up && cp -a "$top/work" "$top/template"
}

# flushing PLAN: the command, with flushes as PROVE_FLUSH=PLAN says.
flushing() {
    rm -rf "$top/work" "$top/log"
    cp -a "$top/template" "$top/work"
    cd "$top/work" || return 1
    : >"$top/log"
    (
        export PROVE_FLUSH="$1" LD_PRELOAD="$BUILD/tests/prove/flush_shim.so"
        eval "$run"
    ) >/dev/null 2>"$top/err"
}

# try N: quiet, or says what is wrong.
try() {
    flushing "fail:$1"
    status=$?
    grep -q ' failed$' "$top/log" || { echo "did not fail"; return 1; }
    ! grep -e ' file again$' "$top/log" || { echo "was asked for again"; return 1; }
    [ -n "$retries" ] || ! grep -e ' syncfs .* again$' "$top/log" || { echo "was asked for again"; return 1; }
    ! grep '^named' "$top/log" || { echo "got its name all the same"; return 1; }
    sound || { echo "    status $status: $(head -n 1 "$top/err")"; return 1; }
    # What may fail unseen matters to nobody: all is there already.
    [ $status = 0 ] || once_more 2 >/dev/null 2>"$top/err" ||
        { echo "the second try failed: $(head -n 1 "$top/err")"; return 1; }
    done_well || { echo "    at the end, after status $status"; return 1; }
}

# each_flush STEP SECTION...: every STEPth flush of these, counted through.
each_flush() {
    step=$1
    shift
    for name in "$@"; do
        prepare "$name" && flushing count || { bad=$((bad + 1)) && echo "$name: cannot be set up" >&2 && continue; }
        flushes=$(grep -c '^flush' "$top/log")
        for n in $(seq "$flushes"); do
            seen=$((seen + 1))
            [ $((seen % step)) = 0 ] || continue
            tried=$((tried + 1))
            try "$n" >"$top/told" && continue
            bad=$((bad + 1))
            [ $bad -gt 20 ] || echo "$name, flush $n: $(cat "$top/told")" >&2
        done
    done
}

# planted MISTAKE WHAT TEXT: a system on which the program makes it is found out with that text.
planted() {
    export "$1=yes"
    verdict="FAILED: was not caught"
    ! try "$first" >"$top/told" && grep -q "$3" "$top/told" && verdict=ok
    result G4 "planted: $2" 1 "$verdict"
    unset "$1"
}

seen=0
tried=0
bad=0
# shellcheck disable=SC2046
case ${PROVE:-prove} in
slice) each_flush 7 publish-second ;;
prove) each_flush 3 $(sections) ;;
*) each_flush 1 $(sections) ;;
esac
verdict=ok
[ $bad = 0 ] || verdict="FAILED: $bad of $tried"
result G4 "flushes that fail, and lose what they were to flush" "$tried" "$verdict"

prepare update-version && flushing count
first=$(sed -n 's/^flush \([0-9]*\) .* file done$/\1/p' "$top/log" | head -n 1)
planted PROVE_AGAIN "a flush that is asked for again" 'was asked for again'
planted PROVE_DEAF "a flush whose failure is not heard" 'got its name all the same'
exit $failures
