# test_gallery_soft_delete: a version is deleted and brought back, until that is turned off.
. "$ROOT/examples/az-shim"
disk os.raw 1 1M
az sig create -g rg -r gallery1 -l westus --soft-delete True --query '[location, name, resourceGroup, softDeletePolicy.isSoftDeleteEnabled]' -o tsv
az sig image-definition create -g rg -r gallery1 -i image1 --os-type linux -p p1 -f o1 -s s1 -o none
az sig image-version create -g rg -r gallery1 -i image1 -e 1.0.0 --managed-image os.raw --query provisioningState -o tsv
az sig image-version show -g rg -r gallery1 -i image1 -e 1.0.0 --query storageProfile >before
az sig image-version delete -g rg -r gallery1 -i image1 -e 1.0.0
az sig image-version list-soft-deleted -g rg -r gallery1 -i image1 --artifact-type Images --query '[].[name, softDeletedArtifactType]' -o tsv
az sig image-version undelete -g rg -r gallery1 -i image1 -e 1.0.0 --query '[name, provisioningState]' -o tsv
az sig image-version show -g rg -r gallery1 -i image1 -e 1.0.0 --query storageProfile | same before -
az sig update -g rg -r gallery1 --soft-delete False --query softDeletePolicy.isSoftDeleteEnabled
az sig update -g rg -r gallery1 --query softDeletePolicy.isSoftDeleteEnabled
az sig image-version delete -g rg -r gallery1 -i image1 -e 1.0.0
az sig image-version undelete -g rg -r gallery1 -i image1 -e 1.0.0
echo "undelete: $?"
az sig image-definition delete -g rg -r gallery1 -i image1
az sig delete -g rg -r gallery1
az sig list -o tsv
