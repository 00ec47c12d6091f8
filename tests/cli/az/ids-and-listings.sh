# Ids from a listing into other commands, as arguments and from a pipe; the documented list-everything line.
. "$ROOT/examples/az-shim"
disk os.raw 1 1M
az sig create -g rg1 -r gallery1 -l westus -o none
az sig create -g rg2 -r gallery2 -l westus -o none
az sig image-definition create -g rg1 -r gallery1 -i image1 --os-type linux -p p -f o -s s -o none
for version in 1.0.0 1.0.1 1.0.2; do
    az sig image-version create -g rg1 -r gallery1 -i image1 -e $version --managed-image os.raw -o none
done
az sig list --query '[].[name, resourceGroup]' -o tsv
az account list -o tsv --query "[].id" | xargs -n1 sig list --query '[].name' -o tsv --subscription
ids=$(az sig image-version list -g rg1 -r gallery1 -i image1 --query "[?name!='1.0.2'].id" -o tsv)
# shellcheck disable=SC2086
az sig image-version show --ids $ids --query '[].name' -o tsv
az sig image-version list -g rg1 -r gallery1 -i image1 --query '[2].id' -o tsv | az sig image-version show --ids @- --query name -o tsv
# shellcheck disable=SC2086
az sig image-version delete --ids $ids
az sig image-version list -g rg1 -r gallery1 -i image1 --query '[].name' -o tsv
az sig image-version list -g rg1 -r gallery1 -i image1 --out table
az sig image-version show
echo "nothing named: $?"
az sig image-version show --ids /not/an/id
