definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope northeurope >/dev/null
rm -r store/regions/westeurope store/regions/northeurope
sig replicate prod/ubuntu/1.0.0 --region 'North Europe' -o table
ls store/regions
