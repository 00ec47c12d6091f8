definition
disk os.raw 1 100K
mkdir -p store/regions
echo mine >store/regions/westeurope
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null 2>&1
: >said
sig replicate --watch --interval 1 --progress json 2>said &
service=$!
until grep -q failed said; do sleep 0.05; done
rm store/regions/westeurope
until sig image-version show prod/ubuntu/1.0.0 --expand ReplicationStatus | grep -q '"aggregatedState": "Completed"'; do sleep 0.05; done
kill -INT $service 2>/dev/null
kill -TERM $service
wait $service
echo "status $?"
grep -e failed -e note said | head -n 2
