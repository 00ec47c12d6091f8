# Copied by hand from one region to another: it is not believed, and the other's is not overwritten.
definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
state=store/galleries/prod/images/ubuntu/versions/1.0.0/replication
cp $state/westus2.json keep
sed -e /checksum/d -e 's/Completed/Failed/' keep >$state/westeurope.json
sig image-version show prod/ubuntu/1.0.0 --expand ReplicationStatus | grep -e '"region"' -e '"state"'
sig replicate prod/ubuntu/1.0.0 >/dev/null
same keep $state/westus2.json
