definition && disk os.raw 1 300K && disk more.raw 2 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk more.raw --target-regions westus2 westeurope >/dev/null
sig image-version delete prod/ubuntu/1.1.0
manifest=store/galleries/prod/images/ubuntu/versions/1.0.0/version.json
mv $manifest saved && sig sweep; echo $?
echo '{}' >$manifest && sig sweep; echo $?
mv saved $manifest && find store -name '*.blob' | wc -l
# A map that cannot be read: that replica is left alone, the others are not.
disk=$(grep -l . store/regions/westeurope/standard_lrs/1/disks/"$(digest prod/ubuntu/1.0.0)".disk)
cp "$disk" saved && patch "$disk" 70 rot && sig sweep; echo $?
find store -name '*.blob' | wc -l
cp saved "$disk" && sig sweep >/dev/null && find store -name '*.blob' | wc -l
# Nor what another store has in that place.
sed -i -e /checksum/d -e 's/"storeId": "./&0/' store/regions/westeurope/standard_lrs/1/replica.json && sig sweep 2>&1 | sed 's/[0-9a-f-]\{36,\}/ID/'; echo $?
# A map that was there and is gone: its blobs are kept, for it may come back.
rm -r store/regions/westeurope && sig replicate >/dev/null && mv "$disk" saved && sig sweep; echo $?
find store -name '*.blob' | wc -l
mv saved "$disk" && sig sweep >/dev/null && sig audit | grep sound
