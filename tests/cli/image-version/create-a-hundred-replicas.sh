definition
disk os.raw 1 1
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --source-format raw --target-regions westus2=99 westeurope >/dev/null
replication prod/ubuntu/1.0.0
find store/regions -name '*.disk' | wc -l
