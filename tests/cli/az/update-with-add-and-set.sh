# The generic arguments, as scripts use them to add a region and to change what has no flag in the Azure CLI.
. "$ROOT/examples/az-shim"
disk os.raw 1 2M
az sig create -g rg -r gallery1 -l eastus2 -o none
az sig image-definition create -g rg -r gallery1 -i image1 --os-type linux -p p -f o -s s -o none
az sig image-version create -g rg -r gallery1 -i image1 -e 1.1.2 --managed-image os.raw --replica-count 1 \
    --query 'length(publishingProfile.targetRegions)'
az sig image-version update -g rg -r gallery1 -i image1 -e 1.1.2 \
    --add publishingProfile.targetRegions name=westcentralus regionalReplicaCount=3 excludeFromLatest=true \
    --query 'publishingProfile.targetRegions[].[name, regionalReplicaCount, excludeFromLatest]'
az sig image-version update -g rg -r gallery1 -i image1 -e 1.1.2 \
    --set safetyProfile.allowDeletionOfReplicatedLocations=true \
    --query safetyProfile.allowDeletionOfReplicatedLocations
az sig image-version update -g rg -r gallery1 -i image1 -e 1.1.2 \
    --remove publishingProfile.targetRegions 1 --query 'publishingProfile.targetRegions[].name' -o tsv
az sig image-version update -g rg -r gallery1 -i image1 -e 1.1.2 \
    --set safetyProfile.allowDeletionOfReplicatedLocations=false \
    --query safetyProfile.allowDeletionOfReplicatedLocations
az sig image-version update -g rg -r gallery1 -i image1 -e 1.1.2 --set tags.stage=tested tags.build=42 --query tags
az sig image-version update -g rg -r gallery1 -i image1 -e 1.1.2 --remove tags.build --query tags
az sig image-version update -g rg -r gallery1 -i image1 -e 1.1.2 --set publishingProfile.excludeFromLatest=true \
    publishingProfile.endOfLifeDate=2027-01-01 --query 'publishingProfile.[excludeFromLatest, endOfLifeDate]' -o tsv
az sig image-version update -g rg -r gallery1 -i image1 -e 1.1.2 --set publishingProfile.excludeFromLates=true
