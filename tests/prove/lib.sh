# What scripts of tests/prove may use. Read with `.` by sh; $failures is 1 when something fell short.
# shellcheck shell=sh disable=SC2034
prove=$(cd "$(dirname "$0")" && pwd)
failures=0

# result PROMISE WHAT COUNT VERDICT: a row of the table.
result() {
    printf '%s\t%s\t%s\t%s\n' "$@"
    case $4 in FAILED*) failures=1 ;; esac
}

# The changing commands of the fault sweep, each in its state.
sections() {
    sed -n 's|^\[\([^*]*\)\]$|\1|p' "$prove/../fault/commands"
}

# through_sweep PROMISE WHAT SECTION...: the fault sweep of these, as SWEEP, FAULTY, AGAIN and THREADS say; a row for all of them.
through_sweep() {
    promise=$1 what=$2
    shift 2
    for section; do
        "$prove/../fault/sweep.sh" "$section" </dev/null
    done >"$SCRATCH/points"
    grep -v '^ok' "$SCRATCH/points" >&2
    result "$promise" "$what" "$(awk '
        / faults at / { for (i = 1; i < NF; i++) if ($(i + 1) == "faults" || $(i + 1) == "of" && $(i + 3) == "faults") runs += $i }
        / states of / { for (i = 1; i < NF; i++) if ($(i + 1) == "states") states += $i }
        / killed again / { again += $NF }
        END { print runs + again " runs, " states + 0 " states" }' "$SCRATCH/points")" "$(awk -v wanted=$# '
        /^ok/ { fine++ }
        /^not ok/ { sub(/^not ok - fault\//, ""); bad = bad " " $0 }
        END { print bad ? "FAILED:" bad : fine != wanted ? "FAILED: " fine + 0 " of " wanted " commands" : "ok" }' "$SCRATCH/points")"
}

# caught PROMISE WHAT TEXT SECTION: the same finds a mistake that was made for it, and says TEXT of it.
caught() {
    BAD_MAX=1 "$prove/../fault/sweep.sh" "$4" >"$SCRATCH/points" </dev/null
    if grep -q '^not ok' "$SCRATCH/points" && grep -q "$3" "$SCRATCH/points"; then
        result "$1" "planted: $2" 1 ok
    else
        cat "$SCRATCH/points" >&2
        result "$1" "planted: $2" 1 "FAILED: was not caught"
    fi
}
