#!/bin/bash
# selftest.sh: every lint finds what was planted for it, and nothing in a tree where all is well.
set -u
cd "$(dirname "$0")/../.." || exit 2
lints=$PWD/tests/lint
scratch=$(mktemp -d "${TMPDIR:-/tmp}/sig-lint.XXXXXX") || exit 2
trap 'rm -rf "$scratch"' EXIT
status=0
tree=

# A tree in which no lint has anything to say.
clean_tree() {
    rm -rf "$scratch/tree" && mkdir -p "$scratch/tree" && cd "$scratch/tree" || exit 2
    tree=$PWD
    mkdir -p cmd lib/base lib/os man tests/cli/gallery examples .ci
    cp "$lints/../../.clang-format" .
    printf 'all:\n' >Makefile
    printf 'See [the map](#the-map) and [licence](COPYING).\n\n## The map\n' >README.md
    : >COPYING
    printf '#!/bin/sh\ntrue\n' >.ci/run
    chmod +x .ci/run
    plant lib/base/good.h <<'END'
/* good.h: a header that is well. */
#ifndef BASE_GOOD_H
#define BASE_GOOD_H

#include <stddef.h>

enum { GOOD_SIZE = 16 };

/* One more than `n`. */
size_t good_next(size_t n);

#endif
END
    plant lib/base/good.c <<'END'
#include "base/good.h"

size_t good_next(size_t n)
{
    return n + 1; /* strcpy() in a comment is no call */
}
END
    plant cmd/main.c <<'END'
#include <stdio.h>

#include "base/good.h"

int main(void)
{
    printf("%zu %s\n", good_next(0), "typedef strcpy(");
    return 0;
}
END
    printf 'sig gallery list\n' >tests/cli/gallery/list.sh
}

plant() {
    mkdir -p "$(dirname "$1")"
    cat >"$1"
}

compile() {
    local file
    for file in lib/*/*.c cmd/*.c; do
        mkdir -p "build/$(dirname "$file")"
        ${CC:-cc} -Ilib -I. -fPIE -c -o "build/${file%.c}.o" "$file" 2>/dev/null || echo "$file does not compile"
    done
}

# finds LINT TEXT: the lint refuses the tree as it is now, and says TEXT (a fixed string).
finds() {
    local output
    output=$(BUILD=$tree/build SAN='' "$lints/$1.sh" "$tree" 2>&1)
    case $? in
    0) echo "$1 did not find: $2"; status=1 ;;
    77) echo "$1 was skipped: $output" ;;
    *) grep -qF -- "$2" <<<"$output" || { printf '%s did not say: %s\nbut: %s\n' "$1" "$2" "$output"; status=1; } ;;
    esac
    clean_tree
}

clean_tree
compile
for lint in banned docs exports format headers names readme shell size stairs tree words; do
    BUILD=$tree/build SAN='' "$lints/$lint.sh" "$tree" >"$scratch/said" 2>&1
    case $? in
    0 | 77) ;;
    *) echo "$lint complains about a tree that is well: $(cat "$scratch/said")"; status=1 ;;
    esac
done
clean_tree

plant lib/base/bad.c <<<'#include "os/file.h"'
finds stairs "lib/base/bad.c:1: room 'base' may not include 'os/file.h'"
plant lib/base/bad.c <<<'#include <unistd.h>'
finds stairs "lib/base/bad.c:1: <unistd.h> belongs to os only"
plant lib/base/bad.c <<<'#include <libpq.h>'
finds stairs "<libpq.h> is in no room's list"
plant lib/base/bad.c <<<'#include "good.h"'
finds stairs "'good.h' does not name its room"
plant lib/os/bad.c <<<'#include "gallery.h"'
finds stairs "room 'os' may not include 'gallery.h'"
plant cmd/bad.c <<<'#include "store/store.h"'
finds stairs "room 'cmd' may not include 'store/store.h'"
plant cmd/bad.c <<<'#include "base/room.h"'
finds stairs "'base/room.h' is private to its room"
plant lib/attic/bad.c <<<'int x;'
finds stairs "no such room: 'attic'"
plant lib/base/good.c <<<$'#include <stddef.h>\n#include "base/good.h"'
finds stairs "own header 'base/good.h' is not the first include"

plant lib/base/bad.h <<<$'/* bad.h: x. */\n#ifndef BASE_BAD_H\n#define BASE_BAD_H\nsize_t bad_next(void);\n#endif'
finds headers 'lib/base/bad.h: does not compile alone'
plant lib/base/bad.h <<<$'/* bad.h: x. */\n#ifndef BAD_H\n#define BAD_H\n#endif'
finds headers 'its guard is not BASE_BAD_H'

plant lib/base/bad.c <<<'    strcpy(a, b);'
finds banned 'lib/base/bad.c:1: call of strcpy'
plant cmd/bad.c <<<'    when = gmtime(&now);'
finds banned 'call of gmtime'
plant lib/base/bad.c <<<'    printf("x");'
finds banned 'only cmd prints'
plant lib/base/bad.c <<<'    exit(1);'
finds banned 'only cmd ends the program'
plant lib/base/bad.c <<<'    x = getenv("HOME");'
finds banned 'the environment is read in cmd/main.c'
plant cmd/bad.c <<<'    f = fopen("x", "r");'
finds banned 'only lib/os opens'
plant lib/base/bad.c <<<'    p = malloc(3);'
finds banned 'memory comes from base/mem.h'

{ echo 'void bad(void)'; echo '{'; yes '    x();' | head -61; echo '}'; } | plant lib/base/bad.c
finds size 'a function of 61 lines'
yes '/* x */' | head -601 | plant lib/base/bad.c
finds size 'longer than 600 lines'
plant lib/base/bad.c <<<$'void bad(void)\n{\n                if (x) {\n                }\n}'
finds size 'nests deeper than 3'
printf '/* %0100d */\n' 1 | plant lib/base/bad.c
finds size 'beyond column 100'

plant lib/base/bad.h <<<'#define EBAD 1'
finds names "'EBAD' is reserved for errno values"
plant lib/base/bad.h <<<'enum bad { GOOD_ONE, SIGBAD = 3 };'
finds names "'SIGBAD' is reserved for signals"
plant lib/base/bad.c <<<$'int string_x(void)\n{\n}\nint strbad(void)\n{\n}'
finds names "'strbad' is reserved"
plant lib/base/bad.h <<<'struct bad_t;'
finds names '_t is reserved'
plant lib/base/bad.h <<<'typedef int bad;'
finds names 'a typedef'
plant lib/base/utils.c <<<'int x;'
finds names 'nobody can guess'

plant lib/base/bad.c <<<'int bad_global(void) { return 1; }'
compile
finds exports 'lib/base/bad.c: bad_global is global, and no header declares it'
plant lib/base/bad.c <<<'static int counter; int good_next(void) { return counter++; }'
compile
finds exports 'lib/base/bad.c: counter can be written to'
plant lib/base/bad.c <<<'int good_next(void) { static int last = 3; return last++; }'
compile
finds exports 'can be written to'

plant lib/base/bad.h <<<$'/* bad.h: x. */\n\n/* Said. */\nint bad_one(void);\n\nint bad_two(void);'
finds docs "lib/base/bad.h:6: 'bad_two' has no comment"
plant lib/base/bad.h <<<'#ifndef BASE_BAD_H'
finds docs 'does not begin with'

# A program that makes one page.
fake_sig() {
    plant build/sig <<<$'#!/bin/sh\nprintf \'.\\\\" Generated\\n.Dd January 2, 2026\\n.Dt SIG 1\\n.Os\\n.Sh NAME\\n.Nm sig\\n.Nd x\\n\' >"$3/sig.1"'
    chmod +x build/sig
}
fake_sig
finds man 'man/ is empty'
fake_sig
plant man/sig.1 <<<'.Dd old'
finds man 'man/sig.1: not what the program makes'
fake_sig
build/sig generate man man
cp man/sig.1 man/sig-old.1
finds man 'man/sig-old.1: is no longer made'
if command -v mandoc >/dev/null; then
    fake_sig
    build/sig generate man man
    plant man/sig-by-hand.7 <<<'.Foo'
    finds man 'man/sig-by-hand.7'
fi

plant README.md <<<'[x](no/such/file)'
finds readme "links to 'no/such/file'"
plant README.md <<<'[x](#no-heading)'
finds readme 'no such heading'
plant lib/base/err.c <<<'    {E_BUSY, "busy", 5, "Somebody else is at it."},'
finds readme 'does not say of exit status 5: Somebody else is at it.'

: >NOTES
finds tree 'NOTES: does not belong at the top level'
rm COPYING
finds tree 'COPYING: is missing'
: >tests/cli/gallery/gone.out
finds tree 'tests/cli/gallery/gone.out: belongs to no case'

printf '/* TO%s */\n' DO | plant lib/base/bad.c
finds words 'work left for later'
plant lib/base/bad.c <<<'int x; '
finds words 'blank at the end'

plant lib/base/bad.c <<<'int   x ;'
finds format "lib/base/bad.c: run 'make format'"
plant examples/bad.sh <<<$'#!/bin/sh\ncd $1'
finds shell SC2086

exit $status
