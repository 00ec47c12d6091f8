# Killed when it had lowered the count and not forgotten what was there: nobody knows what a sweep did to it since.
definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=2 >/dev/null
manifest=store/galleries/prod/images/ubuntu/versions/1.0.0/version.json
sed -i -e 's/"regionalReplicaCount": 2/"regionalReplicaCount": 1/' -e /checksum/d $manifest
for blob in store/regions/westus2/standard_lrs/2/blobs/*; do patch "$blob" 5000 x; done
sig image-version update prod/ubuntu/1.0.0 --target-regions westus2=2 >/dev/null && replication prod/ubuntu/1.0.0
sig audit -o tsv
