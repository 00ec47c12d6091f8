definition
disk os.raw 1 100K
walk '[ -e store/galleries/prod/images/ubuntu/versions/1.0.0/version.json ]' \
    image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope
kill -KILL $walker
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig image-version list prod/ubuntu -o table --expand ReplicationStatus
