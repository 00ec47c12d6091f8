#!/bin/sh
# sweep.sh NAME: fail the command NAME of the table `commands` at its disk calls, one a run, and see each time that
# nothing was lost and that a second try succeeds. Prints one TAP point.
#
# SWEEP=slice: kill it in every state that is on disk, tear every write, fail every flush, and try errors at some of the
# other calls, at other ones for each command, of a section with `thin N` only at each Nth call (2nd, if it does not say) and each flush; SWEEP=all:
# everything everywhere; SWEEP=killed: only kill it in every state and tear every write; SWEEP=killed-everywhere: at every call; SWEEP='EIO kill': these everywhere,
# or at each STEPth call, of malloc, which here only libraries use, at fewer; SWEEP=flushes: EIO at every flush. POINTS_MAX: only so many points. BAD_MAX: only until so many went wrong.
# AGAIN=N: for each state in which a kill has left the store, N times more the second try is killed too, anywhere, and a third one
# must succeed. THREADS=N: with so many threads, when the nth call is not always the same one. $BUILD/sig is the plain program, $FAULTY (default $BUILD/sig-fault) the one with fault points.
set -u
LC_ALL=C
export LC_ALL
name=$1
here=$(cd "$(dirname "$0")" && pwd)
[ -x "$BUILD/sig-fault" ] || { echo "not ok - fault/$name: $BUILD/sig-fault was not built"; exit; }

top=$(mktemp -d "${SCRATCH:-${TMPDIR:-/tmp}}/sweep.XXXXXX") || exit 2
trap 'rm -rf "$top"' EXIT
trap 'exit 130' INT TERM HUP
mkdir "$top/faulty" "$top/work"
ln -s "${FAULTY:-$BUILD/sig-fault}" "$top/faulty/sig"
plain=$BUILD:$PATH
faulty=$top/faulty:$PATH
# One thread: so that the nth disk call is the same one in every run.
export SIG_THREADS="${THREADS:-1}" SIG_STORE=store SIG_CLOCK=2026-01-02T03:04:05Z SIG_RANDOM=1 SIG_FAULT_LOG="$top/log"
export PATH="$plain"

# shellcheck source=tests/fault/oracle.sh
. "$here/oracle.sh"
section "$name"

# One message, and no more than hints and notices beside it.
explained() {
    [ "$(grep -c '^sig: ' "$top/err")" -ge 1 ] && ! grep -qv -e '^sig: ' -e '^hint: ' "$top/err"
}

# --- one run ---

# The command, by the program with fault points, as SIG_FAULT=$1 says.
faultily() (
    SIG_FAULT=$1
    PATH=$faulty
    export SIG_FAULT
    eval "$run"
) >"$top/out" 2>"$top/err"

fresh() {
    rm -rf "$top/work" "$top/log"
    cp -a "$top/template" "$top/work"
    cd "$top/work" || exit 2
}

# judge CALL ACTION STATUS: the run ended as it may.
judge() {
    case $2 in
    kill | torn) [ "$3" = 137 ] || { echo "was not killed, but ended with $3"; return 1; } ;;
    *)
        if [ "$2:$3" = starve:0 ]; then
            # Without that memory it may do its work all the same, if it does all of it.
            cmp -s "$top/out" "$top/clean" || { echo "another output, exit status 0"; return 1; }
            survived=$((survived + 1))
            return 0
        fi
        if [ "$3" = 0 ]; then
            # A read or write that gives less goes on behind it; an interrupted one is made again. POSIX says EACCES of a lock that
            # somebody else holds: then one waits.
            case $2:$1 in EACCES:fcntl) return 0 ;; short:*read* | short:*write*) return 0 ;; EINTR:fsync | EINTR:syncfs) ;; EINTR:*) return 0 ;; esac
            # What one replica does not give and another one does is told.
            grep -q '; trying another replica$' "$top/err" && return 0
            origin=$(sed -n 's/^at: //p' "$top/log" | tr ' ' '\n' | addr2line -f -i -e "$BUILD/sig-fault" | sed -n 'p;n' |
                grep -vxE '__wrap_fault_fires|note_origin|\?\?|_start')
            for function in $origin; do
                case $survive in *" $function "*) return 0 ;; esac
            done
            # shellcheck disable=SC2086
            echo "the failure went unseen, exit status 0:" $origin
            return 1
        fi
        # Without memory the loader of libraries and libarchive end the program themselves, with a line of their own.
        case $2:$3:$(cat "$top/err") in
        'starve:127:out of memory' | 'starve:1:Fatal Internal Error in libarchive: No memory') return 0 ;;
        esac
        [ "$3" -le 10 ] || { echo "ended with $3"; return 1; }
        explained || { echo "said: $(head -n 3 "$top/err" | tr '\n' '|')"; return 1; }
        ;;
    esac
}

# Whether this state of the store was never judged before. Only times may differ.
new_state() {
    state=$(tar --create --sort=name --mtime=@0 --file=- . | cksum)
    case $judged in *":$state:"*) return 1 ;; esac
}

try() {
    fresh
    faultily "$1:$2"
    status=$?
    read -r _ number _ action <"$top/log" 2>/dev/null ||
        { [ "${THREADS:-1}" -gt 1 ] && [ $status = 0 ] && return; echo "did not fire"; return 1; }
    [ "$number $action" = "$1 $2" ] || { echo "another fault fired: $number $action"; return 1; }
    judge "$call" "$2" $status || { echo "    $call: $(cat "$top/err")"; return 1; }
    new_state || return 0
    sound || { echo "    after $call failed, status $status: $(head -n 1 "$top/err")"; return 1; }
    states=$((states + 1))
    # What was reported done is done, without another try.
    [ $status = 0 ] || once_more 2 >/dev/null 2>"$top/err" ||
        { echo "after $call the second try failed: $(head -n 1 "$top/err")"; return 1; }
    done_well || { echo "    at the end, after $call"; return 1; }
    judged=$judged:$state:
    case $2 in kill | torn) killed_again "$1:$2" || { echo "    after $call"; return 1; } ;; esac
}

# A number below $1, the same ones in every run.
any_below() {
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    any=$((seed / 65536 % $1))
}

# Killed as $1 says, then once more on the way to putting that right. That may need more calls, or end before its time has come:
# then it is killed earlier.
killed_again() {
    rounds=${AGAIN:-0}
    calls_left=$(((points - first_change) * 5 / 4 + 2))
    while [ $((rounds -= 1)) -ge 0 ]; do
        fresh
        faultily "$1"
        any_below $calls_left
        at=$((first_change + any))
        rm -f "$top/log"
        faultily "$at:kill"
        case $?:$(cat "$top/log" 2>/dev/null) in
        137:*" kill") again=$((again + 1)) ;;
        0:) [ $any = 0 ] || { calls_left=$any && rounds=$((rounds + 1)); } ;;
        *) echo "a second try, to be killed at $at, went wrong: $(head -n 1 "$top/err")" && return 1 ;;
        esac
        sound || { echo "    killed again at $at"; return 1; }
        once_more 3 >/dev/null 2>"$top/err" || { echo "killed again at $at, the third try failed: $(head -n 1 "$top/err")"; return 1; }
        done_well || { echo "    at the end, killed again at $at"; return 1; }
    done
}

# The actions for point $1, where $call is made and $before was made before it.
actions() {
    step=${STEP:=1}
    case $SWEEP in
    slice) case $((($1 + shift_by) % ${thin:-2})):$call in 0:* | *:fsync | *:syncfs) ;; *) return ;; esac ;;
    all) echo kill torn EIO ENOSPC EDQUOT EROFS EMFILE ENOMEM EACCES EINTR short && return ;;
    killed) ;;
    killed-everywhere) echo kill ;;
    flushes) ;;
    *)
        [ "$call" != malloc ] || step=$((STEP > 1 ? STEP * 16 : 1))
        [ $((($1 + shift_by) % step)) != 0 ] || echo "$SWEEP"
        return
        ;;
    esac
    case $SWEEP:$call in
    flushes:fsync | flushes:syncfs) echo EIO && return ;;
    flushes:*) return ;;
    esac
    # Between two changing calls the state on disk is the same: to be killed once is enough.
    case $SWEEP:$before in
    killed-everywhere:* | *:pread64 | *:fstat | *:newfstatat | *:getdents64 | *:fcntl | *:lseek | *:fsync | *:syncfs) ;;
    *) echo kill ;;
    esac
    case $call in write | pwrite64) echo torn ;; esac
    case $SWEEP in killed*) return ;; esac
    case $call in
    fsync | syncfs) echo EIO ;;
    esac
    case $((($1 + shift_by) % 24)) in 0) echo EIO ;; 6) echo EACCES ;; 12) echo ENOSPC ;; 18) echo short ;; esac
}

# Where it will be run: a region's manifest names its directory in full.
cd "$top/work" || exit 2
set_up || { sed 's/^/# /' "$top/err"; echo "not ok - fault/$name: could not be set up"; exit; }
cp -a "$top/work" "$top/template"
fresh
faultily 0:count || {
    sed 's/^/# /' "$top/err"
    echo "not ok - fault/$name: fails without a fault"
    exit
}
mv "$top/out" "$top/clean"
calls=$(sed -n 's/^call: //p' "$top/log" 2>/dev/null)
points=$(sed -n 's/^fault: \([0-9]*\)$/\1/p' "$top/log" 2>/dev/null | tail -n 1)
# shellcheck disable=SC2086
set -- $calls
[ $# = "${points:-0}" ] || { echo "not ok - fault/$name: $# calls were seen at $points points"; exit; }
[ "${points:-0}" -gt 0 ] || { echo "not ok - fault/$name: has no fault points"; exit; }
done_well >"$top/told" || { sed 's/^/# /' "$top/told"; echo "not ok - fault/$name: is wrong without a fault"; exit; }

judged=
states=0
again=0
survived=0
seed=1
first_change=1
for call in $calls; do
    [ "$call" = fstat ] || break
    first_change=$((first_change + 1))
done
shift_by=$(printf %s "$name" | wc -c)
runs=0
bad=0
n=0
before=
for call in $calls; do
    [ $((n += 1)) -le "${POINTS_MAX:-1000000}" ] && [ $bad -lt "${BAD_MAX:-1000000}" ] || break
    for action in $(actions $n); do
        runs=$((runs + 1))
        try $n "$action" >"$top/told" && continue
        bad=$((bad + 1))
        [ $bad -gt 20 ] || { echo "# point $n, $action:"; sed 's/^/#     /' "$top/told"; }
    done
    before=$call
done
if [ $bad = 0 ]; then
    echo "ok - fault/$name: $runs faults at $points points, $states states of the store${AGAIN:+, killed again $again}"
else
    echo "not ok - fault/$name: $bad of $runs faults at $points points"
fi
