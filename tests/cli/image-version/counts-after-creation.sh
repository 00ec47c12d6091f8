# Copies follow the counts: more are made, fewer are freed by a sweep, and none is taken for proven that was given up.
definition
disk os.raw 1 1M
seq 100000 >other.raw && truncate -s 1M other.raw
show() {
    sig image-version show prod/ubuntu/1.0.0 --expand ReplicationStatus \
        --query 'replicationStatus.summary[].[region, state, replicaCount, copiedBytes > `0`]' -o tsv
}
blobs() {
    find store/regions -name '*.blob' | sed 's|store/regions/||; s|/blobs/.*||' | sort | uniq -c
}
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 eastus=3 >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk other.raw --target-regions westus2 eastus=2 >/dev/null
blobs
echo "--- lowered"
sig image-version update prod/ubuntu/1.0.0 --target-regions westus2 eastus=1 >/dev/null
show
sig image-version wait prod/ubuntu/1.0.0 --replicated && sig image-version latest prod/ubuntu --query name -o tsv
sig sweep --query '[blobs, disks]'
blobs
sig audit --query '[sound, bytesUnused]'
echo "--- raised again"
sig image-version update prod/ubuntu/1.0.0 --target-regions westus2=2 eastus=2 >/dev/null
show
blobs
echo "--- by the default count"
sig image-version update prod/ubuntu/1.1.0 --replica-count 3 --query 'publishingProfile.targetRegions[].[name, regionalReplicaCount]' -o tsv
echo "--- limits"
sig image-version update prod/ubuntu/1.1.0 --target-regions westus2=60 eastus=41
echo $?
sig image-version update prod/ubuntu/1.1.0 --target-regions westus2=101
echo $?
sig image-version update prod/ubuntu/1.1.0 --replica-count 0
echo $?
sig image-version update prod/ubuntu/1.1.0 --target-regions westus2 eastus=2 >/dev/null
sig audit --query '[sound, bytesUnused > `0`]'
