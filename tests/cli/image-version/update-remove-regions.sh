definition
disk os.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 eastus westus3 >/dev/null
show="--query publishingProfile.targetRegions[].name -o tsv"
sig image-version update prod/ubuntu/1.0.0 --remove-regions eastus
sig image-version update prod/ubuntu/1.0.0 --remove-regions EastUS --allow-replicated-location-deletion true $show
sig image-version update prod/ubuntu/1.0.0 --remove-regions eastus $show
sig image-version update prod/ubuntu/1.0.0 --remove-regions westus3 --add-regions northeurope $show
