definition
disk os.raw 1 3M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope northeurope >/dev/null
bytes=$(cat store/regions/westeurope/standard_lrs/1/blobs/*.blob | wc -c)
rm -r store/regions/westeurope store/regions/northeurope store/replicas/westeurope* store/replicas/northeurope*
# Both take two seconds at that rate, and the first tenth of one is free.
begun=$(date +%s%N)
sig replicate prod --limit "$bytes" --jobs 2 >/dev/null
[ $(($(date +%s%N) - begun)) -ge 1700000000 ] || echo "faster than was allowed"
replication prod/ubuntu/1.0.0 | grep -e state -e region
