definition && disk os.raw 1 1M && disk other.raw 2 400K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope=2 \
    --allow-replicated-location-deletion true >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk other.raw --target-regions westus2 westeurope >/dev/null
store_is() { find store -printf '%p %T@ %s %m\n' | sort; find store -type f | sort | xargs sha256sum; }
change() {
    store_is >before
    sig image-version update prod/ubuntu/1.0.0 "$@" --plan --query 'regions[].[region, replicas, bytesToCopy, bytesToFree, egressCost]' -o tsv
    store_is | cmp - before && sig image-version update prod/ubuntu/1.0.0 "$@" >/dev/null
    sig image-version show prod/ubuntu/1.0.0 --expand ReplicationStatus --query 'replicationStatus.summary[].[region, copiedBytes]' -o tsv
    sig sweep --query bytesFreed
}
change --add-regions northeurope=2
change --target-regions westus2=2 northeurope
sig image-version update prod/ubuntu/1.0.0 --remove-regions westus2 --plan
