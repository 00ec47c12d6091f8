definition
disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
: >said
sig replicate --watch --interval 1 --progress json 2>said &
service=$!
# A reader meets it while the service is up.
patch "$(echo store/regions/westus2/standard_lrs/1/blobs/*.blob)" 20000 rot
sig image-version export prod/ubuntu/1.0.0 - 2>/dev/null | same - os.raw
until [ -z "$(ls store/repairs 2>/dev/null)" ]; do sleep 0.05; done
kill -TERM $service
wait $service
echo "status $?"
sig audit --query sound
sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
grep note said
