definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --storage-account-type PremiumV2_LRS
echo $?
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=PremiumV2_LRS
echo $?
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions \
    '{"name": "westus2", "additionalReplicaSets": [{"storageAccountType": "Standard_LRS", "regionalReplicaCount": 1}]}'
echo $?
sig image-version list prod/ubuntu
