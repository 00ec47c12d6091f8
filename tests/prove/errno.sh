#!/bin/sh
# G3 G4: an error from any call that reads or changes the disk is told in one message and leaves the store sound; one from a flush is
# final.
#
# slice: a short command, since the fault tests do the rest; prove: each error at some calls of every command; long: at all.
set -u
# shellcheck source=tests/prove/lib.sh
. "$(dirname "$0")/lib.sh"
errors='EIO ENOSPC EDQUOT EROFS EMFILE ENOMEM EACCES EINTR short'
what='an error at each disk call'
export SWEEP STEP

case ${PROVE:?} in
slice)
    SWEEP=$errors STEP=3 through_sweep G3 "$what" update-gallery
    SWEEP=flushes through_sweep G4 'EIO from each flush' update-gallery
    ;;
*)
    [ "$PROVE" = long ] && STEP=1 || STEP=23
    # shellcheck disable=SC2046
    SWEEP=$errors through_sweep G3 "$what" $(sections)
    # shellcheck disable=SC2046
    SWEEP=flushes through_sweep G4 'EIO from each flush' $(sections)
    ;;
esac

cat >"$SCRATCH/wrong" <<END
#!/bin/sh
"$BUILD/sig-fault" "\$@"
status=\$?
[ \$status = 0 ] || exec "$BUILD/sig" "\$@"
END
chmod +x "$SCRATCH/wrong"
FAULTY=$SCRATCH/wrong SWEEP=flushes caught G4 'flushes once more after an error' 'the failure went unseen' update-gallery
FAULTY=$SCRATCH/wrong SWEEP='ENOSPC' caught G3 'goes on after an error' 'the failure went unseen' update-gallery
exit "$failures"
