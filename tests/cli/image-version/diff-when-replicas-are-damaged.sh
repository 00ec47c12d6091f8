# What one replica has not is read in another; what none has is told of the version that has lost it.
definition
truncate -s 64M os.raw
patch os.raw 0 zero
patch os.raw 1000000 one
cp os.raw new.raw
patch new.raw 1000000 two
patch new.raw 30000000 three
for disk in os:1.0.0 new:1.1.0; do
    sig image-version create prod/ubuntu/"${disk#*:}" --os-disk "${disk%:*}".raw --target-regions westus2 westeurope >/dev/null
done
all() {
    sig image-version diff prod/ubuntu/1.0.0 1.1.0 --query '[identical, changedBytes, newBytes, freedBytes, stored.replica, stored.newBytes]' "$@"
}
all
echo "--- asked for another region"
all --region westeurope
echo "--- the table of a blob at home"
for blob in store/regions/westus2/standard_lrs/1/blobs/*.blob; do
    patch "$blob" $(($(stat -c %s "$blob") - 100)) damaged
done
all
echo "--- the maps at home"
rm store/regions/westus2/standard_lrs/1/disks/*.disk
all
echo "--- nothing anywhere"
first=$(sig image-version show prod/ubuntu/1.0.0 --query storageProfile.osDiskImage.diskDigest -o tsv)
mv store/regions/westeurope/standard_lrs/1/disks/"$first".disk map
all
echo $?
mv map store/regions/westeurope/standard_lrs/1/disks/"$first".disk
rm store/regions/westeurope/standard_lrs/1/blobs/*.blob
all
