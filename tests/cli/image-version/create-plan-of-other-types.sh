# Three zones a replica; and of Premium the disks beside their blobs.
definition && disk os.raw 1 1M
publish() {
    sig image-version create "$@" --plan --query '[regions[].[region, replicas, bytesToCopy], notes]' -o json | tr -d ' \n'; echo
    sig image-version create "$@" >/dev/null
    sig image-version show "$1" --expand ReplicationStatus --query 'replicationStatus.summary[].copiedBytes' -o tsv
}
publish prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=1=Standard_ZRS westeurope=2=Premium_LRS northeurope
disk two.raw 2 300K && cat os.raw >>two.raw
publish prod/ubuntu/1.1.0 --os-disk two.raw --data-disk 0=os.raw --target-regions westus2=1=Premium_LRS westeurope=2=Premium_LRS
sig image-version delete prod/ubuntu/1.1.0 --plan --query 'bytesToFree' && sig image-version delete prod/ubuntu/1.1.0 && sig sweep --query bytesFreed
