# A gallery that is everybody's, in the Azure CLI's own words.
. "$ROOT/examples/az-shim"
disk os.raw 1 1M
az sig create -g rg -r gallery1 -l eastus2 --permissions Community --publisher-uri puburi --publisher-email abc@123.com \
    --eula eula --public-name-prefix pubname --query sharingProfile
az sig list-community
az sig share enable-community -g rg -r gallery1 -o none
az sig image-definition create -g rg -r gallery1 -i image1 --os-type linux -p publisher1 -f offer1 -s sku1 -o none
az sig image-version create -g rg -r gallery1 -i image1 -e 1.1.2 --managed-image os.raw --replica-count 1 -o none
public=$(az sig show -g rg -r gallery1 --select Permissions --query 'sharingProfile.communityGalleryInfo.publicNames[0]' -o tsv)
az sig show-community -l eastus2 --public-gallery-name "$public"
az sig list-community -l EastUS2 --query '[0].location' -o tsv
az sig image-definition show-community -l eastus2 --public-gallery-name "$public" -i image1
az sig image-definition list-community -l eastus2 --public-gallery-name "$public" --query '[].uniqueId' -o tsv
az sig image-version show-community -l eastus2 --public-gallery-name "$public" -i image1 -e 1.1.2
az sig image-version list-community -l eastus2 --public-gallery-name "$public" -i image1 --query '[].uniqueId' -o tsv
az sig share reset -g rg -r gallery1 --query sharingProfile.permissions -o tsv
az sig show-community -l eastus2 --public-gallery-name "$public"
