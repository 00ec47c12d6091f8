# What is asked for, and no more: the newest first.
at() {
    day=$1
    shift
    SIG_CLOCK=$day SIG_RANDOM=$day sig "$@" -o none
}
names() {
    sig activity-log list "$@" --query '[].[eventTimestamp, resource]' -o tsv
    echo "= $?"
}
at 2026-01-31T23:00:00Z gallery create one
at 2026-02-01T01:00:00Z gallery create two -g team
at 2026-02-01T13:00:00Z image-definition create two/ubuntu --publisher a --offer b --sku c --os-type Linux
at 2026-03-05T12:00:00Z gallery update two --description x
at 2026-03-05T12:00:01Z gallery delete one
at 2026-03-05T12:30:00Z gallery update nowhere --description x
ls store/activity
names
names two
names TWO/ubuntu
names --resource two/ubuntu
names --resource "$(sig gallery show two --query id -o tsv)"
names --start-time 2026-02-01T01:00:00Z
names --end-time 2026-02-01T01:00:00Z
names --start-time 2026-02-01T00:00:00Z --offset 12h
names --end-time 2026-03-05T12:00:00Z --offset 1d
SIG_CLOCK=2026-03-05T12:40:00Z names --offset 30m
names --operation DELETE
names --operation images/write
names --status failed
names --caller nobody
names --max-events 2
id=$(sig activity-log list two/ubuntu --query '[0].correlationId' -o tsv)
names --correlation-id "$id"
names --offset 1d --start-time 2026-02-01 --end-time 2026-02-02
names --start-time 2026-02-02 --end-time 2026-02-01
names --offset 5
names --status done
names two --resource one
names 'two/../x'
sig --store elsewhere activity-log list
# A date begins a span with its first second, and ends one with its last.
names --start-time 2026-02-01 --end-time 2026-02-01
names -g team
names -g TEAM two
names -g elsewhere two
names one -g default
# What it was in was deleted, and it with that.
at 2026-03-06T00:00:00Z gallery delete two --recursive
names two/ubuntu/1.0.0 --operation delete
names two --operation delete --status Succeeded
