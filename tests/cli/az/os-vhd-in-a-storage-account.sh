# A VHD as the source, with the storage account that the Azure CLI wants beside it.
. "$ROOT/examples/az-shim"
disk os.raw 1 2M
account=/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/a1
az sig create -g rg -r gallery1 -l eastus2 -o none
az sig image-definition create -g rg -r gallery1 -i image1 --os-type linux -p p -f o -s s -o none
sig image-version create gallery1/image1/0.0.1 --os-disk os.raw -o none
sig image-version export gallery1/image1/0.0.1 os.vhd
az sig image-version create -g rg -r gallery1 -i image1 -e 1.0.0 --os-vhd-storage-account "$account" --os-vhd-uri os.vhd \
    --query '[provisioningState, storageProfile.osDiskImage.source.uri, storageProfile.osDiskImage.source.storageAccountId]' -o tsv
az sig image-version create -g rg -r gallery1 -i image1 -e 1.0.1 --os-vhd-storage-account "$account"
