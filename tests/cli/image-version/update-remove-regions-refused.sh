definition
disk os.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 eastus --allow-replicated-location-deletion true >/dev/null
sig image-version update prod/ubuntu/1.0.0 --remove-regions westus2
sig image-version update prod/ubuntu/1.0.0 --remove-regions eastus --add-regions eastus=2
sig image-version update prod/ubuntu/1.0.0 --remove-regions eastu
sig image-version update prod/ubuntu/1.0.0 --add-regions eastus=0
sig image-version update prod/ubuntu/1.0.0 --add-regions eastus westus3=PremiumV2_LRS
sig image-version show prod/ubuntu/1.0.0 --query 'publishingProfile.targetRegions[].[name, regionalReplicaCount]' -o tsv
