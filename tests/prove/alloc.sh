#!/bin/sh
# G3: when an allocation fails, whichever it is, and also one that a library makes, a command says so in one line, ends with a status
# that is not 0 and leaves the store sound; or does all that it does with memory. A second try succeeds.
#
# slice: a short command; prove: some of the allocations of every command; long: all (some hours).
set -u
# shellcheck source=tests/prove/lib.sh
. "$(dirname "$0")/lib.sh"
shim=$BUILD/tests/prove/alloc_shim.so
what='an allocation failed'

[ -x "$shim" ] && ALLOC_FAULT=1:starve LD_PRELOAD=$shim "$BUILD/sig" --version >/dev/null 2>&1 &&
    { result G3 "$what" 0 'skipped: the first one did not fail, perhaps for a sanitizer'; exit 0; }

# program NAME: standard input becomes a script, to be swept in place of the program.
program() {
    { echo '#!/bin/sh'; cat; } >"$SCRATCH/$1" && chmod +x "$SCRATCH/$1"
}

program starved <<END
ALLOC_FAULT=\$SIG_FAULT
export ALLOC_FAULT
unset SIG_FAULT
LD_PRELOAD=$shim exec "$BUILD/sig-fault" "\$@"
END
FAULTY=$SCRATCH/starved SWEEP=starve
export FAULTY SWEEP STEP POINTS_MAX
# shellcheck disable=SC2046
case ${PROVE:?} in
slice) STEP=3 through_sweep G3 "$what" update-gallery ;;
prove)
    STEP=11 through_sweep G3 "$what" $(sections)
    # Where libraries are loaded and set up: some of them follow the NULL that they get.
    STEP=1 POINTS_MAX=400 through_sweep G3 'each of the first 400 allocations' publish-from-archive
    ;;
long) through_sweep G3 "$what" $(sections) ;;
esac

program wrong <<END
"$SCRATCH/starved" "\$@"
status=\$?
case \$status:\$PLANT in
0:* | 137:*) ;;
*:crash) exit 139 ;;
*:silent) exit 0 ;;
*:damage) find store -name '*.blob' -exec truncate -s 100 {} + ;;
esac
exit \$status
END
FAULTY=$SCRATCH/wrong COMMANDS=$SCRATCH/commands STEP=7
export COMMANDS STEP PLANT
cat >"$COMMANDS" <<'END'
[planted]
setup disk one.raw 1 64K
setup sig gallery create prod
setup sig image-definition create prod/ubuntu --publisher a --offer b --sku c --os-type Linux
setup sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw
run sig image-definition update prod/ubuntu --description new
keep one.raw prod/ubuntu/1.0.0
END
PLANT=crash caught G3 'dies of a missing allocation' 'ended with 139' planted
PLANT=silent caught G3 'goes on without memory' 'another output' planted
PLANT=damage caught G3 'damages a blob for want of memory' 'audit: ' planted
exit "$failures"
