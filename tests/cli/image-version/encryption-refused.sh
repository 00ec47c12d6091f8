definition
disk os.raw 1 1M
disk data.raw 2 1M
refuse() {
    sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 0=data.raw "$@"
    echo "status $?"
}
echo "--- as many terms as regions"
refuse --target-region-encryption a b
refuse --target-regions westus2 eastus --target-region-encryption a
refuse --target-regions westus2 eastus --target-region-cvm-encryption EncryptedWithPmk,
refuse --target-edge-zones westus2=z --target-edge-zone-encryption z,a y,b
refuse --target-edge-zone-encryption z,a
echo "--- terms"
for term in '' a,0 a,0, a,x,b a,64,b a,0,b,0,c ,0,b; do
    refuse --target-region-encryption "$term"
done
for term in '' EncryptedWithPmk EncryptedWithMmk, EncryptedWithCmk, EncryptedWithCmk,null EncryptedWithPmk,a,b; do
    refuse --target-region-cvm-encryption "$term"
done
refuse --target-edge-zones westus2=z --zone-encryption y,a
refuse --target-edge-zones westus2=z --zone-encryption z
refuse --target-edge-zones westus2=z --zone-encryption z,a,0
echo "--- a disk that is encrypted in one region is in all"
refuse --target-regions westus2 eastus --target-region-encryption a null
refuse --target-regions westus2 eastus --target-region-encryption a,0,b a,0,null
refuse --target-regions westus2 eastus --target-region-encryption a,0,b a
refuse --target-regions westus2 '{"name": "eastus", "encryption": {"osDiskImage": {"diskEncryptionSetId": "a"}}}'
refuse --target-region-encryption a,1,b
sig image-version list prod/ubuntu
