definition
disk one.raw 1 1M
cp one.raw two.raw
patch two.raw 70000 x
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw --target-regions westus2 westeurope >/dev/null
sig image-version create prod/ubuntu/2.0.0 --os-disk two.raw --target-regions westus2 westeurope >/dev/null
replication prod/ubuntu/2.0.0
