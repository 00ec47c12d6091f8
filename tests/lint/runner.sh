#!/bin/bash
# runner.sh [TREE]: tests/run tells what passed, failed and was skipped, in a tree of tests planted for it.
set -u
cd "${1:-.}" || exit 2
scratch=$(mktemp -d "${TMPDIR:-/tmp}/sig-runner.XXXXXX") || exit 2
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch"/tests/{cli/noun,unit,fuzz,lint,fault,data} "$scratch"/examples "$scratch"/build/tests/{unit,fuzz}
cp tests/run "$scratch/tests/"
cp tests/cli/lib.sh "$scratch/tests/cli/"
cd "$scratch" || exit 2
export BUILD=build SAN='' JOBS=1 TMPDIR=$scratch
: >tests/fault/commands

# program PATH: standard input as a script that can be run.
program() {
    { echo '#!/bin/sh'; cat; } >"$1"
    chmod +x "$1"
}

program build/sig <<<'echo "sig $*"; echo "$PWD" >&2; exit 3'
for name in right wrong-out wrong-err wrong-code skipped; do
    echo "sig $name" >"tests/cli/noun/$name.sh"
    echo "sig $name" >"tests/cli/noun/$name.out"
    # shellcheck disable=SC2016
    echo '$SCRATCH' >"tests/cli/noun/$name.err"
    echo 3 >"tests/cli/noun/$name.code"
done
echo other >tests/cli/noun/wrong-out.out
rm tests/cli/noun/wrong-err.err tests/cli/noun/wrong-code.code
echo 'skip "no moon"' >tests/cli/noun/skipped.sh

touch tests/unit/{whole,fails,dies,short,absent}.c
program build/tests/unit/whole <<'END'
echo '# SKIP second_fn: no sun'
echo 'ok 1 - a.c:room/whole:first: Passed'
echo 'ok 2 - a.c:room/whole:second: Passed'
echo '1..2'
END
program build/tests/unit/fails <<'END'
echo 'not ok 1 - a.c:room/fails:first: a.c:9: 1 is not 2'
echo '1..1'
exit 1
END
program build/tests/unit/dies <<<'kill -SEGV $$'
program build/tests/unit/short <<'END'
echo 'ok 1 - a.c:room/short:first: Passed'
echo '1..2'
END
touch tests/fuzz/{calm,crash}.c
program build/tests/fuzz/calm <<<'echo 12 inputs'
program build/tests/fuzz/crash <<<'exit 9'
program tests/lint/clean.sh <<<'exit 0'
program tests/lint/dirty.sh <<<'echo dirt; exit 1'
program examples/none.sh <<<'echo "needs a disk"; exit 77'

tests/run cli unit fuzz lint examples >said 2>&1
status=$?
grep -E '^(not )?ok|^1\.\.|passed' said | sort >points
sort >wanted <<'END'
ok - cli/noun/right
not ok - cli/noun/wrong-out
not ok - cli/noun/wrong-err
not ok - cli/noun/wrong-code
ok - cli/noun/skipped # SKIP no moon
ok - unit/whole: first
ok - unit/whole: second # SKIP no sun
not ok - unit/fails: first: a.c:9: 1 is not 2
not ok - unit/dies: ended with status 139
ok - unit/short: first
not ok - unit/short: 1 points of 2
not ok - unit/absent: ended with status 127
ok - fuzz/calm: 12 inputs
not ok - fuzz/crash: ended with status 9
ok - lint/clean
not ok - lint/dirty: ended with status 1
ok - examples/none # SKIP needs a disk
1..17
5 passed, 9 failed, 3 skipped
END
diff -u wanted points || { cat said; exit 1; }
[ $status != 0 ] || { echo "failures, but status 0"; exit 1; }
[ "$(tail -n 1 said)" = '5 passed, 9 failed, 3 skipped' ] || { echo "the last line is: $(tail -n 1 said)"; exit 1; }
grep -q '^# +sig wrong-out' said || { echo "no difference is shown"; exit 1; }
left=$(find . -maxdepth 1 -name 'sig-test.*')
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }

# What was blessed passes, and the difference was shown.
tests/run --bless cli/noun/wrong >said 2>&1
grep -q '^+sig wrong-out' said || { echo "blessing shows no difference"; exit 1; }
tests/run cli/noun/wrong >said 2>&1 || { cat said; exit 1; }
