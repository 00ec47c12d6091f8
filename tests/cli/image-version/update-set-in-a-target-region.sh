definition
disk os.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 eastus >/dev/null
sig image-version update prod/ubuntu/1.0.0 --set 'publishingProfile.targetRegions[name=East US].regionalReplicaCount=2' --query 'publishingProfile.targetRegions[].[name, regionalReplicaCount]' -o tsv
sig image-version update prod/ubuntu/1.0.0 --set 'publishingProfile.targetRegions[1].excludeFromLatest=yes' --query 'publishingProfile.targetRegions[1].excludeFromLatest'
sig image-version update prod/ubuntu/1.0.0 --remove publishingProfile.targetRegions 1
sig image-version update prod/ubuntu/1.0.0 --set safetyProfile.allowDeletionOfReplicatedLocations=true --remove publishingProfile.targetRegions 1 --query 'publishingProfile.targetRegions[].name' -o tsv
