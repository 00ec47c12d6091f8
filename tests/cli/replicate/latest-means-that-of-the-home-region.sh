definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
mv store/regions/westeurope aside
: >store/regions/westeurope
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null 2>&1
rm store/regions/westeurope
mv aside store/regions/westeurope
sig image-version show prod/ubuntu/latest --region westeurope -o table
sig replicate prod/ubuntu/latest --region westeurope -o table
