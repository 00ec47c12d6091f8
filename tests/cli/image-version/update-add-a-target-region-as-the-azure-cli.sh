definition
disk os.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version update prod/ubuntu/1.0.0 --add publishingProfile.targetRegions name=westcentralus regionalReplicaCount=3 excludeFromLatest=true
sig image-version update prod/ubuntu/1.0.0 --set safetyProfile.allowDeletionOfReplicatedLocations=true --query safetyProfile
sig image-version update prod/ubuntu/1.0.0 --set safetyProfile.allowDeletionOfReplicatedLocations=false --query safetyProfile
