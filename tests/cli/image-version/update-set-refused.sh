definition
disk os.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 eastus >/dev/null
regions=publishingProfile.targetRegions
sig image-version update prod/ubuntu/1.0.0 --set ${regions}[2].regionalReplicaCount=2
sig image-version update prod/ubuntu/1.0.0 --set ${regions}[storageAccountType=standard_lrs].regionalReplicaCount=2
sig image-version update prod/ubuntu/1.0.0 --set ${regions}[name=westus].regionalReplicaCount=2
sig image-version update prod/ubuntu/1.0.0 --set ${regions}[0].count=2
sig image-version update prod/ubuntu/1.0.0 --set ${regions}[0].regionalReplicaCount=0
sig image-version update prod/ubuntu/1.0.0 --add $regions name=nowhere
sig image-version update prod/ubuntu/1.0.0 --add $regions name=eastus
sig image-version update prod/ubuntu/1.0.0 --set storageProfile.osDiskImage.sizeInBytes=1
sig image-version update prod/ubuntu/1.0.0 --set publishingProfile.replicationMode=Shallow
sig image-version update prod/ubuntu/1.0.0 --set replicationStatus=null
sig image-version update prod/ubuntu/1.0.0 --remove $regions x
