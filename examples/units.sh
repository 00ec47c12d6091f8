#!/bin/sh
# units.sh: whether systemd takes the units beside it: a service that keeps replicating, and a timer that completes copies and
# reads the store back every week.
#
# Needs systemd-analyze, and sig in PATH, which stands in for /usr/local/bin/sig.
set -eu

command -v systemd-analyze >/dev/null || { echo "needs systemd-analyze"; exit 77; }
units=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/sig-units.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

for unit in "$units"/*.service "$units"/*.timer; do
    sed "s|/usr/local/bin/sig|$(command -v sig)|" "$unit" >"$scratch/${unit##*/}"
done
SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no "$scratch"/*.service "$scratch"/*.timer >"$scratch/said" 2>&1 ||
    { cat "$scratch/said"; exit 1; }
# A unit of others may be complained about, too.
! grep "$scratch\|sig-" "$scratch/said"
