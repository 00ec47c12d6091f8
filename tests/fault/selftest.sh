#!/bin/sh
# selftest.sh: the sweep finds the faults of programs that were made wrong for it.
set -u
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d "${SCRATCH:-${TMPDIR:-/tmp}}/liar.XXXXXX") || exit 2
trap 'rm -rf "$scratch"' EXIT
status=0

# The second one is not audited, so that the checks behind that are seen to work.
for subject in subject unaudited; do
    cat <<END
[$subject]
setup disk one.raw 1 64K
setup sig gallery create prod
setup sig image-definition create prod/ubuntu --publisher a --offer b --sku c --os-type Linux
setup sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw
run sig image-definition update prod/ubuntu --description new
keep one.raw prod/ubuntu/1.0.0
END
done >"$scratch/commands"
subject=subject
echo 'unsound for a test' >>"$scratch/commands"

# caught TEXT: with the program on standard input in place of the one with fault points, the sweep says TEXT.
caught() {
    { echo '#!/bin/sh'; cat; } >"$scratch/sig"
    chmod +x "$scratch/sig"
    FAULTY=$scratch/sig COMMANDS=$scratch/commands SWEEP=${sweep:-all} POINTS_MAX=2 "$here/sweep.sh" "${subject:-subject}" >"$scratch/said" 2>&1
    if grep -q '^ok' "$scratch/said" || ! grep -q "$1" "$scratch/said"; then
        echo "the sweep did not say: $1"
        cat "$scratch/said"
        status=1
    fi
}

caught 'the failure went unseen' <<'END'
"$BUILD/sig-fault" "$@"
[ $? != 137 ] || kill -9 $$
END
caught 'was not killed' <<'END'
"$BUILD/sig-fault" "$@"
[ $? -le 10 ]
END
caught 'said:' <<'END'
"$BUILD/sig-fault" "$@" 2>/dev/null
END
caught 'did not fire' <<'END'
[ "$SIG_FAULT" = 0:count ] && exec "$BUILD/sig-fault" "$@"
exec "$BUILD/sig" "$@"
END
caught 'has no fault points' <<'END'
exec "$BUILD/sig" "$@"
END
caught 'audit: ' <<'END'
"$BUILD/sig-fault" "$@"
code=$?
[ $code = 0 ] || find store -name '*.blob' -exec truncate -s 100 {} +
[ $code = 137 ] && kill -9 $$
exit $code
END
caught 'after a sweep: ' <<'END'
"$BUILD/sig-fault" "$@"
code=$?
[ $code = 0 ] || touch store/galleries/prod/left
[ $code = 137 ] && kill -9 $$
exit $code
END
subject=unaudited
caught 'not what was published' <<'END'
"$BUILD/sig-fault" "$@"
code=$?
[ $code = 0 ] || find store -name '*.blob' -exec truncate -s 100 {} +
[ $code = 137 ] && kill -9 $$
exit $code
END
caught 'gallery list' <<'END'
"$BUILD/sig-fault" "$@"
code=$?
[ $code = 0 ] || find store -name gallery.json -exec truncate -s 10 {} +
[ $code = 137 ] && kill -9 $$
exit $code
END
caught 'second try failed' <<'END'
"$BUILD/sig-fault" "$@"
code=$?
[ $code = 0 ] || find store -name definition.json -exec rm {} +
[ $code = 137 ] && kill -9 $$
exit $code
END
exit $status
