# Encryption per region, and that of confidential machines.
. "$ROOT/examples/az-shim"
disk os.raw 1 2M
disk data.raw 2 1M
az sig create -g rg -r gallery1 -l eastus -o none
az sig image-definition create -g rg -r gallery1 -i image1 --os-type windows --os-state Specialized -p p -f o -s s \
    --hyper-v-generation v2 --features SecurityType=ConfidentialVm \
    --query '[features[0].name, features[0].value, hyperVGeneration, osState]' -o tsv
az sig image-version create -g rg -r gallery1 -i image1 -e 1.0.0 --target-regions eastus=1 \
    --target-region-encryption des,0,des --target-region-cvm-encryption EncryptedVMGuestStateOnlyWithPmk, \
    --os-snapshot os.raw --data-snapshots data.raw --query 'publishingProfile.targetRegions[0]'
az sig image-version create -g rg -r gallery1 -i image1 -e 1.0.1 --target-regions eastus \
    --target-region-cvm-encryption EncryptedWithPmk, --os-snapshot os.raw --query \
    'publishingProfile.targetRegions[0].[regionalReplicaCount, encryption.osDiskImage.securityProfile.confidentialVMEncryptionType]' -o tsv
az sig image-version create -g rg -r gallery1 -i image1 -e 1.0.2 --target-regions eastus westus \
    --target-region-encryption des --os-snapshot os.raw
az sig image-version create -g rg -r gallery1 -i image1 -e 1.0.2 --target-region-encryption des,0 --os-snapshot os.raw
az sig image-version create -g rg -r gallery1 -i image1 -e 1.0.2 --target-region-cvm-encryption EncryptedByMagic, --os-snapshot os.raw
