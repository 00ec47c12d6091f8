# Zone-redundant where there are zones, unless a region says another type; also in regions that come later.
definition
disk os.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --storage-account-strategy preferstandard_zrs \
    --target-regions westus2 westus eastus=Standard_LRS --query 'publishingProfile'
sig image-version update prod/ubuntu/1.0.0 --add-regions westeurope northcentralus \
    --query 'publishingProfile.targetRegions[].[name, storageAccountType]' -o tsv
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw --storage-account-strategy DefaultStandard_LRS \
    --query 'publishingProfile.[storageAccountType, targetRegions[0].storageAccountType]' -o tsv
sig image-version create prod/ubuntu/1.2.0 --os-disk os.raw --storage-account-strategy PreferStandard_ZRS \
    --storage-account-type Standard_ZRS
echo $?
sig image-version update prod/ubuntu/1.0.0 --storage-account-strategy DefaultStandard_LRS
