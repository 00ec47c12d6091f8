definition
disk os.raw 1 1M
keys() {
    sig image-version "$@" --query 'publishingProfile.targetRegions[].[name, encryption.osDiskImage.diskEncryptionSetId]' -o tsv
    echo "status $?"
}
keys create prod/ubuntu/1.0.0 --os-disk os.raw --target-region-encryption one
echo "--- regions that stay keep theirs"
keys update prod/ubuntu/1.0.0 --target-regions westus2=2
echo "--- one that comes has to say"
keys update prod/ubuntu/1.0.0 --target-regions westus2 eastus
keys update prod/ubuntu/1.0.0 --target-regions westus2 '{"name": "eastus", "encryption": {"osDiskImage": {"diskEncryptionSetId": "two"}}}'
echo "--- no other ones"
keys update prod/ubuntu/1.0.0 --target-regions '{"name": "westus2", "encryption": {"osDiskImage": {"diskEncryptionSetId": "x"}}}' eastus
keys create prod/ubuntu/1.0.0 --target-regions westus2 eastus --target-region-encryption x two
keys create prod/ubuntu/1.0.0 --target-regions westus2 eastus --target-region-encryption one two
