#!/bin/sh
# sweep.sh NAME: fail the command NAME of the table `commands` at its disk calls, one a run, and see each time that
# nothing was lost and that a second try succeeds. Prints one TAP point.
#
# SWEEP=slice: kill at every call, and every error at some of them, other ones for each command; SWEEP=all: everything
# everywhere. POINTS_MAX: only so many points. $BUILD/sig is the plain program, $FAULTY (default $BUILD/sig-fault) the one with fault points.
set -u
LC_ALL=C
export LC_ALL
name=$1
here=$(cd "$(dirname "$0")" && pwd)
[ -x "$BUILD/sig-fault" ] || { echo "not ok - fault/$name: $BUILD/sig-fault was not built"; exit; }

# Many small stores and many flushes: in memory if there is room.
top=${SCRATCH:-${TMPDIR:-/tmp}}
if [ -d /dev/shm ] && [ -w /dev/shm ] && [ "$(df -Pk /dev/shm | awk 'END { print $4 }')" -gt 65536 ]; then top=/dev/shm; fi
top=$(mktemp -d "$top/sig-fault.XXXXXX") || exit 2
trap 'rm -rf "$top"' EXIT
trap 'exit 130' INT TERM HUP
mkdir "$top/faulty" "$top/template"
ln -s "${FAULTY:-$BUILD/sig-fault}" "$top/faulty/sig"
plain=$BUILD:$PATH
faulty=$top/faulty:$PATH
export SIG_STORE=store SIG_CLOCK=2026-01-02T03:04:05Z SIG_RANDOM=1 SIG_FAULT_LOG="$top/log"
export PATH="$plain"

disk() {
    "$BUILD/tests/cli/disk" "$@"
}

patch() {
    printf '%s' "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

# --- the table ---

lines() {
    awk -v name="[$name]" -v key="$1" '
        /^\[/ { here = $0 == name }
        here && $1 == key { sub(/^[ \t]*[a-z]+[ \t]+/, ""); print }' "${COMMANDS:-$here/commands}"
}

setup=$(lines setup)
run=$(lines run)
keep=$(lines keep)
made=$(lines made)
gone=$(lines gone)
list=$(lines list)
always=$(lines always)
after=$(lines after)
survive=" $(lines survive | tr '\n' ' ') "

# --- what must hold ---

# Exports REF FLAGS... as FILE is, byte for byte: "FILE REF FLAGS..."
exact() {
    file=$1
    ref=$2
    shift 2
    sig image-version export "$ref" - "$@" 2>"$top/said" | cmp -s - "../template/$file" ||
        { echo "$ref $*: not what was published: $(head -n 1 "$top/said")"; return 1; }
}

# Whole or not there: "FILE REF FLAGS..."
exact_or_absent() {
    sig image-version show "$2" >/dev/null 2>"$top/said"
    case $? in
    0) exact "$@" ;;
    3) ;;
    *) echo "$2: neither there nor absent: $(head -n 1 "$top/said")" && return 1 ;;
    esac
}

# each FUNCTION LINES: for every line, its words as arguments.
each() {
    [ -n "$2" ] || return 0
    while read -r line; do
        # shellcheck disable=SC2086
        [ -z "$line" ] || "$1" $line || return 1
    done <<END
$2
END
}

listed() {
    sig "$@" >/dev/null 2>"$top/said"
    case $? in
    0 | 3) ;;
    *) echo "sig $*: $(head -n 1 "$top/said")" && return 1 ;;
    esac
}

succeeds() {
    (eval "$*") >/dev/null 2>"$top/said" || { echo "$*: $(head -n 1 "$top/said")"; return 1; }
}

sound() {
    listed gallery list && each listed "$list" && each exact "$keep" && each exact_or_absent "$made
$gone" && each succeeds "$always"
}

done_well() {
    each exact "$keep" && each exact "$made" && each succeeds "$always" && each succeeds "$after"
}

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
) >/dev/null 2>"$top/err"

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
        if [ "$3" = 0 ]; then
            # A read or write that gives less goes on behind it; an interrupted one is made again.
            case $2:$1 in short:*read* | short:*write*) return 0 ;; EINTR:fsync | EINTR:syncfs) ;; EINTR:*) return 0 ;; esac
            case $survive in *" $1 "*) return 0 ;; esac
            echo "the failure went unseen: exit status 0"
            return 1
        fi
        [ "$3" -le 10 ] || { echo "ended with $3"; return 1; }
        explained || { echo "said: $(head -n 3 "$top/err" | tr '\n' '|')"; return 1; }
        ;;
    esac
}

try() {
    fresh
    faultily "$1:$2"
    status=$?
    read -r _ number call action <"$top/log" 2>/dev/null || { echo "did not fire"; return 1; }
    [ "$number $action" = "$1 $2" ] || { echo "another fault fired: $number $action"; return 1; }
    judge "$call" "$2" $status || { echo "    $call: $(cat "$top/err")"; return 1; }
    sound || { echo "    after $call failed, status $status: $(head -n 1 "$top/err")"; return 1; }
    # What was reported done is done, without another try.
    [ $status = 0 ] || (eval "$run") >/dev/null 2>"$top/err" ||
        { echo "after $call the second try failed: $(head -n 1 "$top/err")"; return 1; }
    done_well || { echo "    at the end, after $call"; return 1; }
}

# The actions for point N.
actions() {
    if [ "$SWEEP" = all ]; then
        echo kill torn EIO ENOSPC EDQUOT EROFS EMFILE ENOMEM EACCES EINTR short
        return
    fi
    echo kill
    case $((($1 + shift_by) % 12)) in 0) echo EIO ;; 3) echo ENOSPC ;; 6) echo torn ;; 9) echo short ;; esac
}

cd "$top/template" || exit 2
if [ -n "$setup" ]; then
    (set -e; eval "$setup") >"$top/err" 2>&1 ||
        { sed 's/^/# /' "$top/err"; echo "not ok - fault/$name: could not be set up"; exit; }
fi
fresh
faultily 0:count || { sed 's/^/# /' "$top/err"; echo "not ok - fault/$name: fails without a fault"; exit; }
points=$(sed -n 's/^fault: \([0-9]*\)$/\1/p' "$top/log" 2>/dev/null | tail -n 1)
[ "${points:-0}" -gt 0 ] || { echo "not ok - fault/$name: has no fault points"; exit; }
done_well >"$top/told" || { sed 's/^/# /' "$top/told"; echo "not ok - fault/$name: is wrong without a fault"; exit; }

shift_by=$(printf %s "$name" | wc -c)
runs=0
bad=0
n=0
while [ $((n += 1)) -le "$points" ] && [ $n -le "${POINTS_MAX:-1000000}" ]; do
    for action in $(actions $n); do
        runs=$((runs + 1))
        try $n "$action" >"$top/told" && continue
        bad=$((bad + 1))
        [ $bad -gt 20 ] || { echo "# point $n, $action:"; sed 's/^/#     /' "$top/told"; }
    done
done
if [ $bad = 0 ]; then
    echo "ok - fault/$name: $runs faults at $points points"
else
    echo "not ok - fault/$name: $bad of $runs faults at $points points"
fi
