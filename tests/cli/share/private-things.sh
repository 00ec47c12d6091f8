# What is encrypted, and what only certain machines can be made of, is in private galleries alone.
disk os.raw 1 100K
definition secret/ubuntu
for patch in 1 2 3 4 5 6; do
    sig image-version create secret/ubuntu/1.0.$patch --os-disk os.raw --target-regions westus2 \
        --target-region-encryption des -o none
done
try() {
    sig "$@"
    echo "status $?"
}
try gallery update secret --permissions Groups
sig image-definition create secret/tvm --publisher a --offer b --sku c --os-type Linux --features SecurityType=TrustedLaunch -o none
sig image-definition delete secret/ubuntu --recursive
try gallery update secret --permissions Community --publisher-uri u --publisher-email m --eula e --public-name-prefix contoso
sig gallery show secret --query sharingProfile
sig image-definition delete secret/tvm
sig gallery update secret --permissions Groups -o none
sig image-definition create secret/ubuntu --publisher a --offer b --sku c --os-type Linux -o none
try image-definition create secret/cvm --publisher a --offer b --sku d --os-type Linux --features SecurityType=ConfidentialVM
try image-definition update secret/ubuntu --allow-update-image true \
    --set 'features=[{"name": "SecurityType", "value": "TrustedLaunch"}]'
sig image-definition create secret/both --publisher a --offer b --sku e --os-type Linux --features SecurityType=ConfidentialVMSupported -o none
try image-version create secret/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 --target-region-encryption des
try image-version create secret/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 --target-region-encryption des --no-wait
try image-version create secret/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 --target-region-encryption des --plan
sig image-version create secret/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 --target-region-encryption null -o none
try image-version update secret/ubuntu/1.0.0 --target-edge-zones westus2=losangeles \
    --set 'publishingProfile.targetExtendedLocations[0].encryption={"osDiskImage": {"diskEncryptionSetId": "des"}}'
sig image-version list secret/ubuntu --query '[].name' -o tsv
