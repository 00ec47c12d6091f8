# The others are swept all the same, and what was done is shown; the status is that of the cause.
definition && disk os.raw 1 300K && disk more.raw 2 300K && disk last.raw 3 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk more.raw --target-regions westus2 westeurope >/dev/null
sig image-version delete prod/ubuntu/1.1.0
walk '[ "$(ls store/regions/westus2/standard_lrs/1/disks | wc -l)" = 3 ]' image-version create prod/ubuntu/1.2.0 --os-disk last.raw
sig sweep --lock-wait 0 -o table 2>held; echo "locked: status $?"; sed 's/process [0-9]*/process N/' held
kill -KILL "$walker"; wait "$walker" 2>/dev/null
: >store/regions/westeurope/standard_lrs/1/disks/.sig-0123456789abcdef.tmp
chmod 000 store/regions/westus2/standard_lrs/1/disks
as_nobody sig sweep --plan --query '[scratch, bytesToFree]'; echo "denied: status $?"
as_nobody sig sweep -o table; echo "denied: status $?"
as_nobody sig sweep -o table; echo "denied, nothing to do: status $?"
