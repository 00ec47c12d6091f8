#!/bin/bash
# runner.sh [TREE]: tests/run tells what passed, failed and was skipped, in a tree of tests planted for it.
set -u
cd "${1:-.}" || exit 2
scratch=$(mktemp -d "${TMPDIR:-/tmp}/sig-runner.XXXXXX") || exit 2
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch"/tests/{cli/noun,prove,unit,fuzz,lint,fault,data} "$scratch"/examples "$scratch"/build/tests/{unit,fuzz}
cp tests/run "$scratch/tests/"
cp tests/prove/run "$scratch/tests/prove/"
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
cat >tests/prove/keeps.sh <<'END'
printf 'G1\tkeeps what %s\t7 crashes\tok\n' "$PROVE"
printf 'G2\tneeds a disk\t0\tskipped: no loop\n'
END
printf '%s\n' "printf 'G3\\tall lost\\t9\\tFAILED: nothing left\\n'; exit 1" >tests/prove/loses.sh
echo 'echo why >&2' >tests/prove/silent.sh
printf '%s\n' "printf 'G4\\tdies\\t2\\tok\\n'; exit 3" >tests/prove/dies.sh
echo 'echo G5 chatter' >tests/prove/chatters.sh

tests/run cli prove unit fuzz lint examples >said 2>&1
status=$?
grep -E '^(not )?ok|^1\.\.|passed' said | sort >points
sort >wanted <<'END'
ok - cli/noun/right
not ok - cli/noun/wrong-out
not ok - cli/noun/wrong-err
not ok - cli/noun/wrong-code
ok - cli/noun/skipped # SKIP no moon
ok - prove/keeps: G1, keeps what slice, 7 crashes
ok - prove/keeps: G2, needs a disk # SKIP no loop
not ok - prove/loses: G3, all lost, 9: FAILED: nothing left
not ok - prove/silent: made no point
ok - prove/dies: G4, dies, 2
not ok - prove/dies: ended with status 3
not ok - prove/chatters: no result line
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
1..24
7 passed, 13 failed, 4 skipped
END
diff -u wanted points || { cat said; exit 1; }
[ $status != 0 ] || { echo "failures, but status 0"; exit 1; }
[ "$(tail -n 1 said)" = '7 passed, 13 failed, 4 skipped' ] || { echo "the last line is: $(tail -n 1 said)"; exit 1; }
grep -q '^# +sig wrong-out' said || { echo "no difference is shown"; exit 1; }
left=$(find . -maxdepth 1 -name 'sig-test.*')
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }

# The table of the proofs says the same, by promise, and passes only what is kept.
tests/prove/run long >table 2>said && { echo "promises fall short, but status 0"; exit 1; }
sed 's/  */ /g; s/ [0-9]*\.[0-9] / S /; s/ in [0-9]* s$/ in S/' table >points
cat >wanted <<'END'
promise what was run count seconds result
G1 keeps what long 7 crashes S ok
G2 needs a disk 0 S skipped: no loop
G3 all lost 9 S FAILED: nothing left
G4 dies 2 S ok
- G5 chatter 0 S FAILED: no result line
- dies 0 S FAILED: ended with status 3
- silent 0 S FAILED: said nothing
2 kept, 4 fell short, 1 skipped, in S
END
diff -u wanted points || { cat said; exit 1; }
tests/prove/run keeps >table 2>said || { echo "a promise kept, but status not 0"; cat table said; exit 1; }

# What was blessed passes, and the difference was shown.
tests/run --bless cli/noun/wrong >said 2>&1
grep -q '^+sig wrong-out' said || { echo "blessing shows no difference"; exit 1; }
tests/run cli/noun/wrong >said 2>&1 || { cat said; exit 1; }
