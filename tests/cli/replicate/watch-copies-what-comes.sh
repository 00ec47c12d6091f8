definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
rm -r store/regions/westeurope store/replicas/westeurope*
: >said
sig replicate --watch --interval 1 --progress json 2>said &
service=$!
until grep -q finished.:true said; do sleep 0.05; done
# Accepted, and the process that should do it killed: nobody else does.
accepted image-version create prod/ubuntu/2.0.0 --os-disk os.raw --target-regions westus2 northeurope
until sig image-version show prod/ubuntu/2.0.0 --expand ReplicationStatus 2>/dev/null | grep -q '"aggregatedState": "Completed"'; do sleep 0.05; done
kill -TERM $service
wait $service
echo "status $?"
grep finished.:true said | head -n 1
