# The change stands, its process was killed before it was written down: it is written down by the next one.
[ -x "$BUILD/sig-fault" ] || skip "needs sig-fault"
unset SIG_RANDOM
export SIG_THREADS=1
sig gallery create prod -o none
# Killed at each call of an update, until it is not any more.
n=0
while :; do
    SIG_RANDOM=$((n += 1)) SIG_FAULT=$n:kill SIG_FAULT_LOG=$PWD/log "$BUILD/sig-fault" gallery update prod --description "$n" -o none 2>/dev/null && break
    [ "$(ls store/activity/open 2>/dev/null | grep -vc '^[.]')" = 1 ] || continue
    before=$(sig activity-log list --max-events 1 --query '[].[status.value, description]' -o tsv)
    sig gallery update prod -o none
    after=$(sig activity-log list --max-events 1 --query '[].[status.value, description]' -o tsv)
    [ "$before" = "$after" ] && echo "$after"
    ls store/activity/open
done | uniq
# Every value that the gallery ever had has exactly one entry.
sig activity-log list --status Succeeded --query '[].changes[].newValue' -o tsv | sort | uniq -d
sig activity-log list --query '[?status.value == `Succeeded`] | [0].changes[].newValue' -o tsv >told
sig gallery show prod --query description -o tsv | cmp - told && echo the same
