# A gallery that is shared with subscriptions and a tenant, and seen by one of them, in the Azure CLI's own words.
. "$ROOT/examples/az-shim"
disk os.raw 1 1M
one=2b8fd308-df91-4dcc-9139-6674f2d6a1e9 tenant=2F4A9838-26B7-47EE-BE60-CCC1FDEC5953
az sig create -g rg -r gallery1 -l eastus2 --permissions groups -o none
az sig image-definition create -g rg -r gallery1 -i image1 --os-type linux -p publisher1 -f offer1 -s sku1 -o none
az sig image-version create -g rg -r gallery1 -i image1 -e 1.1.2 --managed-image os.raw --replica-count 1 -o none
az sig show -g rg -r gallery1 --select Permissions --query sharingProfile.permissions -o tsv
unique=$(az sig show -g rg -r gallery1 --select Permissions --query identifier.uniqueName -o tsv)
self=$(az account show --query id -o tsv)
az sig share add -g rg -r gallery1 --subscription-ids "$self" $one --tenant-ids $tenant \
    --query 'sharingProfile.groups[].[type, ids]'
az sig show -g rg -r gallery1 --sharing-groups true --query 'sharingProfile.groups[].type' -o tsv
az sig share remove -g rg -r gallery1 --subscription-ids $one --tenant-ids $tenant \
    --query 'sharingProfile.groups[].[type, ids]'
az sig list-shared -l eastus2 --query "[?name=='$unique'].[location, name, uniqueId]"
az sig show-shared -l eastus2 --gallery-unique-name "$unique"
az sig image-definition list-shared -l eastus2 --gallery-unique-name "$unique" --query '[].uniqueId' -o tsv
az sig image-definition show-shared -l eastus2 --gallery-unique-name "$unique" -i image1 --query '[location, name, uniqueId]'
az sig image-version list-shared -l eastus2 --gallery-unique-name "$unique" -i image1 --query '[].uniqueId' -o tsv
az sig image-version show-shared -l eastus2 --gallery-unique-name "$unique" -i image1 -e 1.1.2
az sig show-shared --ids "/SharedGalleries/$unique" --query name -o tsv
az sig share reset -g rg -r gallery1 --query sharingProfile.permissions -o tsv
az sig list-shared -l eastus2
az sig show-shared -l eastus2 --gallery-unique-name "$unique"
