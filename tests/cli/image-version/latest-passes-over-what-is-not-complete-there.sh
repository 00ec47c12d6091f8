definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
disk os.raw 2 1K
mv store/regions/westeurope aside
: >store/regions/westeurope
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
rm store/regions/westeurope
mv aside store/regions/westeurope
for region in westus2 westeurope; do
    sig image-version show prod/ubuntu/latest --region $region -o table
done
