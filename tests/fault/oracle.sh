# oracle.sh: what must hold of a store after a command of the table `commands` was made to fail. Read with `.` by sh, with $here
# (this directory), $top (a directory of our own, with what `setup` made in template/) and $BUILD; the working directory holds the
# store. Every check is quiet and 0, or says in a line what is wrong.
# shellcheck shell=sh
: "${here:?}" "${top:?}"

disk() {
    "$BUILD/tests/cli/disk" "$@"
}

patch() {
    printf '%s' "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

# --- the table ---

# lines KEY SECTION
lines() {
    awk -v name="[$2]" -v key="$1" '
        /^\[/ { here = $0 == name }
        here && $1 == key { sub(/^[ \t]*[a-z]+[ \t]+/, ""); print }' "${COMMANDS:-$here/commands}"
}

# section NAME: what the lines of that section say, in variables named as they begin.
# shellcheck disable=SC2034
section() {
    setup=$(lines setup "$1")
    run=$(lines run "$1")
    keep=$(lines keep "$1")
    made=$(lines made "$1")
    gone=$(lines gone "$1")
    list=$(lines list "$1")
    always=$(lines always "$1")
    after=$(lines after "$1")
    once=$(lines once "$1")
    unsound=$(lines unsound "$1")
    untidy=$(lines untidy "$1")
    retries=$(lines retries "$1")
    thin=$(lines thin "$1")
    survive=" $( (lines survive "$1" && lines survive "*") | tr '\n' ' ') "
}

# Run `setup` here, to its end or until a line of it fails. Not by `set -e`, which sh minds nowhere within a condition.
set_up() {
    each_line_of_setup && each count_logged "$once" >"$top/logged"
}

each_line_of_setup() (
    # Each line has randomness of its own, as commands have.
    [ -z "$setup" ] || eval "$(printf '%s\n' "$setup" | awk '{ printf "SIG_RANDOM=setup-%d; { %s\n} || exit 1\n", NR, $0 }')"
) >"$top/err" 2>&1

# once_more TRY: the command, as another process is, with randomness of its own.
once_more() (
    export SIG_RANDOM="$1"
    eval "$run"
)

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

made_it="length([?status.value == 'Succeeded' || status.value == 'Partial'])"

# How often the activity log says that it was done, in front: "FILTER..."
count_logged() {
    printf '%s %s\n' "$(sig activity-log list "$@" --query "$made_it" 2>/dev/null)" "$*"
}

# The activity log has one entry more that says that it was done: "FILTER..."
logged_once() {
    count=$(count_logged "$@")
    before=$(grep -F " $*" "$top/logged" | cut -d ' ' -f 1)
    [ "${count%% *}" = $((before + 1)) ] || { echo "$*: ${count%% *} times in the log, $before before"; return 1; }
}

succeeds() {
    (eval "$*") >/dev/null 2>"$top/said" || { echo "$*: $(head -n 1 "$top/said")"; return 1; }
}

# Nothing that was reported done is damaged or missing. Before there is a store nothing was.
audited() {
    [ -n "$keep" ] || [ -e store/store.json ] || return 0
    sig audit >"$top/audit" 2>"$top/said" || { echo "audit: $(head -n 1 "$top/said")"; return 1; }
}

# What is left of the failure is what a sweep removes, and it removes all of that.
swept() {
    sig sweep >/dev/null 2>"$top/said" || { echo "sweep: $(head -n 1 "$top/said")"; return 1; }
    audited || return 1
    grep -q -e '"findings": \[\]' "$top/audit" || { echo "after a sweep: $(grep '"text"' "$top/audit" | head -n 1)"; return 1; }
    grep -q '"bytesUnused": 0' "$top/audit" || { echo "after a sweep something is left that nobody needs"; return 1; }
}

sound() {
    { [ -n "$unsound" ] || audited; } && listed gallery list && each listed "$list" && each exact "$keep" && each exact_or_absent "$made
$gone" && each succeeds "$always"
}

done_well() {
    { [ -n "$untidy" ] || swept; } && each exact "$keep" && each exact "$made" && each succeeds "$always" && each succeeds "$after" && each logged_once "$once"
}
