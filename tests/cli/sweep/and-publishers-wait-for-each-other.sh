definition && disk os.raw 1 300K && disk more.raw 2 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
# Its blob is there, its version is not.
walk '[ "$(ls store/regions/westus2/standard_lrs/1/disks | wc -l)" = 2 ]' image-version create prod/ubuntu/1.1.0 --os-disk more.raw
sig sweep --plan 2>&1 | head -1
sig audit -o tsv 2>&1
sig sweep --lock-wait 0 2>&1 | sed 's/process [0-9]*/process N/'
sig sweep >swept & sweeper=$!
go_on >/dev/null && wait $sweeper && cat swept
sig image-version delete prod/ubuntu/1.1.0
walk '[ "$(ls store/regions/westus2/standard_lrs/1/disks | wc -l)" = 1 ]' sweep
sig image-version create prod/ubuntu/1.2.0 --os-disk more.raw --lock-wait 0 2>&1 | sed 's/process [0-9]*/process N/'
sig image-version create prod/ubuntu/1.2.0 --os-disk more.raw >/dev/null & publisher=$!
go_on >/dev/null && wait $publisher && sig audit >/dev/null && sig image-version export prod/ubuntu/1.2.0 - | same - more.raw && echo as it was
