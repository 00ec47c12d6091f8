#!/bin/sh
# G16: no undefined behaviour, no leak, no race: the unit tests (long: all that can be run so) under ASan and UBSan, and what threads
# do under TSan, with more of them than there are processors. Programs with one such mistake each have to be told. The builds stay
# beside $BUILD, as those of `make check SAN=...` do.
set -u
# shellcheck source=tests/prove/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$prove/../.." || exit 2
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES
threaded='unit/os_thread unit/ops unit/replica cli/replicate cli/audit cli/sweep cli/image-version'

# checked SANITIZERS TESTS WHAT: `make check` of these, in a build with these.
checked() {
    SIG_THREADS=4 make -j1 SAN="$1" BUILD="$BUILD-$(printf '%s' "$1" | tr , -)" JOBS="${JOBS:-1}" T="$2" check-now >"$SCRATCH/checked" 2>&1
    status=$?
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$' "$SCRATCH/checked" | tail -n 1)
    verdict=ok
    [ $status = 0 ] && [ -n "$line" ] || { verdict="FAILED: ${line:-it was not built}"; tail -n 40 "$SCRATCH/checked" >&2; }
    result G16 "$3" "${line%% *} tests" "$verdict"
}

# mistake SANITIZER WHAT LINE: a program with that line in its main, or in two threads.
mistake() {
    cat >"$SCRATCH/mistake.c" <<END
#include <pthread.h>
#include <stdlib.h>
static volatile int shared = 1;
static void *work(void *unused)
{
    char *volatile bytes = malloc(8);
    $3;
    free(bytes);
    return unused;
}
int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    work(NULL);
    return pthread_join(thread, NULL);
}
END
    if "${CC:-cc}" -g "-fsanitize=$1" -fno-sanitize-recover=undefined -o "$SCRATCH/mistake" "$SCRATCH/mistake.c" -lpthread \
        >"$SCRATCH/said" 2>&1 && ! "$SCRATCH/mistake" >"$SCRATCH/said" 2>&1 && grep -q "$2" "$SCRATCH/said"; then
        caught=$((caught + 1))
    else
        missed="$missed $2"
        head -n 5 "$SCRATCH/said" >&2
    fi
}

if [ "${PROVE:?}" != slice ]; then
    checked thread "$threaded" 'threads under TSan'
    if [ "$PROVE" = long ]; then
        checked address,undefined 'unit cli fuzz fault' 'all tests under ASan and UBSan'
    else
        checked address,undefined unit 'unit tests under ASan and UBSan'
    fi
fi

caught=0
missed=
mistake thread 'data race' 'shared++'
mistake address 'heap-buffer-overflow' 'bytes[shared + 7] = 1'
mistake address 'heap-use-after-free' 'free(bytes); bytes[0] = 1; bytes = NULL'
mistake address 'detected memory leaks' 'bytes = NULL'
mistake undefined 'signed integer overflow' 'shared = 0x7fffffff; shared = shared + 1'
verdict=ok
[ -z "$missed" ] || verdict="FAILED: not told:$missed"
result G16 'planted: a race, an overflow, a use after free, a leak, a signed overflow' "$caught" "$verdict"
exit "$failures"
