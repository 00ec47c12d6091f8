#!/bin/sh
# G2: killed before any system call, also those that no fault point stands at, or with half of a write made, a command has done
# nothing or all; run again it succeeds, also when it is killed on the way to that.
#
# slice: short commands; prove: every command, behind each call that changes something; long: at every call, and then with four
# threads, where the nth call is not the same one twice.
set -u
# shellcheck source=tests/prove/lib.sh
. "$(dirname "$0")/lib.sh"
FAULTY=$BUILD/tests/fault/traced
export FAULTY AGAIN=1 SWEEP=killed PLANT

SIG_FAULT=0:count "$FAULTY" --version >/dev/null 2>"$SCRATCH/said" ||
    { result G2 'killed at system calls' 0 "skipped: $(tail -n 1 "$SCRATCH/said")"; exit 0; }

case ${PROVE:?} in
slice)
    through_sweep G2 'killed behind each changing call, and again' update-gallery delete-version
    ;;
prove)
    # shellcheck disable=SC2046
    through_sweep G2 'killed behind each changing call, and again' $(sections)
    ;;
long)
    # shellcheck disable=SC2046
    SWEEP=killed-everywhere AGAIN=25 through_sweep G2 'killed at every system call, and again' $(sections)
    # shellcheck disable=SC2046
    THREADS=4 SWEEP=killed-everywhere AGAIN=5 through_sweep G2 'the same with four threads' $(sections)
    ;;
esac

# Wrong in the way that $PLANT says.
cat >"$SCRATCH/wrong" <<END
#!/bin/sh
LD_PRELOAD=$BUILD/tests/prove/kill_shim.so exec "$BUILD/tests/fault/traced" "\$@"
END
chmod +x "$SCRATCH/wrong"
FAULTY=$SCRATCH/wrong COMMANDS=$SCRATCH/commands
export COMMANDS
cat >"$COMMANDS" <<'END'
[planted]
setup disk one.raw 1 64K
setup sig gallery create prod
setup sig image-definition create prod/ubuntu --publisher a --offer b --sku c --os-type Linux
run sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw
made one.raw prod/ubuntu/1.0.0
END
PLANT=in-place caught G2 'manifests written where they lie' 'is damaged' planted
PLANT=manifest-first caught G2 'the manifest before its disk map' 'audit: ' planted
PLANT=lock-file caught G2 'a lock that outlives its holder' 'a second try.* went wrong' planted
exit "$failures"
