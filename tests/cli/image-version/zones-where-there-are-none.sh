definition
disk os.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westus=Standard_ZRS
echo $?
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --storage-account-type Standard_ZRS --location westus
echo $?
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --storage-account-type Standard_ZRS >/dev/null
sig image-version update prod/ubuntu/1.0.0 --add-regions westus
echo $?
sig image-version update prod/ubuntu/1.0.0 --add-regions westus=Standard_LRS --query 'publishingProfile.targetRegions' -o table
