# What each rule keeps and drops, alone and beside others; the clock stands at 2026-01-02.
definition && disk os.raw 1 300K
publish() {
    patch os.raw 5000 "$1" && SIG_CLOCK=2025-$2T00:00:00Z sig image-version create "prod/ubuntu/$1" --os-disk os.raw -o none
}
publish 1.0.0 12-30 && publish 1.0.1 06-01 && publish 1.1.0 06-02 && publish 1.1.9 06-03 && publish 1.1.10 06-04 && publish 2.0.0 12-31
sig image-version update prod/ubuntu/1.0.1 --tags Keep=yes -o none
sig image-version update prod/ubuntu/1.1.0 --tags keep stage=production -o none
SIG_CLOCK=2025-07-01T00:00:00Z sig image-version update prod/ubuntu/1.1.9 --end-of-life-date 2026-01-02T03:04:05Z -o none
sig image-version update prod/ubuntu/1.1.10 --end-of-life-date 2026-01-02T03:04:06Z -o none
show() {
    echo "-- $*"
    sig prune "$@" --plan --query 'versions[].[name, action, rule]' -o tsv
}
show --keep-latest 2
show prod --keep-latest 100
show prod/ubuntu --keep-minor 1
show --older-than 3d
show --older-than 1d
# What was published that long ago, to the second, is not older.
show --older-than 183845s
show --older-than 183844s --allow-empty
show --past-end-of-life
show --keep-latest 2 --keep-minor 1
show --keep-latest 1 --unless-tag keep
show --keep-latest 1 --unless-tag keep=no keep=yes stage=test
show --keep-latest 1 --unless-tag keep=Yes stage=production
show --keep-minor 1 --older-than 30d --past-end-of-life --unless-tag keep
show --free 1
show --free 1 --keep-minor 1 --unless-tag stage
# A definition's end of life is that of its versions; their own may be earlier.
SIG_CLOCK=2025-07-01T00:00:00Z sig image-definition update prod/ubuntu --end-of-life-date 2026-01-01 -o none
sig prune --past-end-of-life --plan --query 'versions[].[name, action, rule, endOfLifeDate]' -o tsv
sig image-version list prod/ubuntu --query 'length(@)'
