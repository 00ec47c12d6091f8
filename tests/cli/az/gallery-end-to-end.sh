# The course of a gallery's life in the Azure CLI's own words: made, shown, filled, changed, emptied.
. "$ROOT/examples/az-shim"
disk os.raw 1 4M
disk data.raw 2 2M
az sig create -g rg -r gallery1 -l eastus2 --query name -o tsv
az sig list -g rg --query 'length(@)'
az sig show -g rg -r gallery1 --query name -o tsv
az sig image-definition create -g rg -r gallery1 -i image1 --os-type linux -p publisher1 -f offer1 -s sku1 \
    --hyper-v-generation V1 --query '[name, hyperVGeneration]' -o tsv
az sig image-definition list -g rg -r gallery1 --query 'length(@)'
id=$(az sig image-definition show -g rg -r gallery1 -i image1 --query id -o tsv)
echo "$id"
az sig image-version create -g rg -r gallery1 -i image1 -e 1.1.2 --managed-image os.raw --replica-count 1 \
    --query '[name, publishingProfile.replicaCount]' -o tsv
az sig image-version list -g rg -r gallery1 -i image1 --query 'length(@)'
az sig image-version show -g rg -r gallery1 -i image1 -e 1.1.2 --query name -o tsv
az sig image-version update -g rg -r gallery1 -i image1 -e 1.1.2 --target-regions westus2=1 eastus2 --replica-count 2 \
    --query 'publishingProfile.[replicaCount, targetRegions[].[name, regionalReplicaCount, storageAccountType]]'
az sig image-version create -g rg -r gallery1 -i image1 -e 1.1.3 --target-regions eastus2=1 \
    --target-region-encryption des1,0,des1 --managed-image os.raw --replica-count 1 --query \
    'publishingProfile.targetRegions[0].[name, regionalReplicaCount, encryption.osDiskImage.diskEncryptionSetId, encryption.dataDiskImages[0].lun, encryption.dataDiskImages[0].diskEncryptionSetId]' \
    -o tsv
echo "with a disk of that number: $?"
az sig image-version create -g rg -r gallery1 -i image1 -e 1.1.3 --target-regions eastus2=1 \
    --target-region-encryption des1,0,des1 --os-snapshot os.raw --data-snapshots data.raw --replica-count 1 --query \
    'publishingProfile.targetRegions[0].[name, regionalReplicaCount, encryption.osDiskImage.diskEncryptionSetId, encryption.dataDiskImages[0].lun, encryption.dataDiskImages[0].diskEncryptionSetId]' \
    -o tsv
az sig delete -g rg -r gallery1
echo "not empty: $?"
az sig image-version delete -g rg -r gallery1 -i image1 -e 1.1.2
az sig image-version delete -g rg -r gallery1 -i image1 -e 1.1.3
az sig image-version delete -g rg -r gallery1 -i image1 -e 1.1.3
az sig image-definition delete -g rg -r gallery1 -i image1
az sig delete -g rg -r gallery1
az sig show -g rg -r gallery1
