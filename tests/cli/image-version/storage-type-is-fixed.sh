# The type in a region cannot change; the region taken away and added again is another one.
definition
disk os.raw 1 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 eastus >/dev/null
sig image-version update prod/ubuntu/1.0.0 --target-regions westus2 eastus=Standard_ZRS
echo $?
sig image-version update prod/ubuntu/1.0.0 --set 'publishingProfile.targetRegions[1].storageAccountType=Standard_ZRS'
echo $?
sig image-version update prod/ubuntu/1.0.0 --remove-regions eastus
echo $?
sig image-version update prod/ubuntu/1.0.0 --remove-regions eastus --allow-replicated-location-deletion true >/dev/null
sig image-version update prod/ubuntu/1.0.0 --add-regions eastus=Standard_ZRS \
    --query 'publishingProfile.targetRegions[].[name, storageAccountType]' -o tsv
sig image-version show prod/ubuntu/1.0.0 --expand ReplicationStatus --query 'replicationStatus.summary[].[region, state, copiedBytes]' -o tsv
sig audit --query 'bytesUnused > `0`'
sig sweep >/dev/null
find store/regions/eastus -name '*.blob' | sed 's|/blobs/.*||' | sort
sig audit --query '[sound, bytesUnused]'
