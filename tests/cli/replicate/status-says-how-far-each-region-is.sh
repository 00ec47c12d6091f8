definition
disk os.raw 1 100K
disk data.raw 2 100K
mkdir -p store/regions
echo mine >store/regions/northeurope
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 northeurope >/dev/null 2>&1
rm store/regions/northeurope
# While it is copied, and when nobody does any more.
walk 'ls store/regions/westeurope/standard_lrs/2/blobs/*.blob >/dev/null 2>&1' \
    image-version create prod/ubuntu/2.0.0 --os-disk os.raw --data-disk 0=data.raw --target-regions westus2 westeurope=2
states='[].replicationStatus.summary[].[region, state, details]'
sig replicate prod/ubuntu/2.0.0 --status --query "$states" -o tsv
kill -KILL $walker
wait $walker 2>/dev/null
find store -type f | sort >before
chmod -R a-w store
sig replicate --status --query "$states" -o tsv
chmod -R u+w store
find store -type f | sort | same before -
replication prod/ubuntu/2.0.0 | grep details
sig replicate >/dev/null
sig replicate prod --status --query "$states" -o tsv
sig replicate prod/ubuntu/1.0.0 --status -o table
sig replicate --status --region northeurope --query '[].[name, replicationStatus.summary[].region | [0], length(replicationStatus.summary)]' -o tsv
