definition
disk one.raw 1 512K
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw >/dev/null
patch "$(echo store/regions/westus2/standard_lrs/1/blobs/*.blob)" 5000 rot
# A sweep has it alone.
walk '[ "$(readlink /proc/$walker/fd/* 2>/dev/null | grep -c /standard_lrs/1/lock)" != 0 ]' sweep
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw --lock-wait 0 2>&1 | sed 's/process [0-9]*/process N/'
sig replicate --verify --lock-wait 0 2>&1 >shown | sed 's/process [0-9]*/process N/'; grep -c Completed shown
go_on >/dev/null
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw >/dev/null && sig audit -o tsv
