# Standard_ZRS: each replica lies in three zones, whole in each; any two may vanish.
definition
disk os.raw 1 4M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --storage-account-type standard_zrs \
    --target-regions westus2=2 westus=1=Standard_LRS --query 'publishingProfile.targetRegions' -o table
find store/regions store/replicas -name '*.json' | sort
sig image-version show prod/ubuntu/1.0.0 --expand ReplicationStatus --query 'replicationStatus.summary' -o json
rm -r store/regions/westus2/standard_zrs/2 store/regions/westus2/standard_zrs/1/zone-1 store/regions/westus2/standard_zrs/1/zone-3
sig image-version export prod/ubuntu/1.0.0 back.raw && same os.raw back.raw && echo read
sig audit --query 'findings[].[level, text]' -o tsv
sig replicate prod/ubuntu/1.0.0 --query '[].aggregatedState' -o tsv
sig audit --query '[sound, replicas]' -o json
# A zone that is not mounted is no empty one.
mv store/regions/westus2/standard_zrs/2/zone-2 away && mkdir store/regions/westus2/standard_zrs/2/zone-2
rm -r store/regions/westus2/standard_zrs/2/zone-3
sig replicate prod/ubuntu/1.0.0 --query '[].aggregatedState' -o tsv
ls store/regions/westus2/standard_zrs/2
sig image-version wait prod/ubuntu/1.0.0 --replicated
sig image-version latest prod/ubuntu --query name -o tsv
