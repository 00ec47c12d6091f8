definition dev/ubuntu
definition prod/ubuntu
disk os.raw 1 512K
sig image-version create dev/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
blob=$(echo store/regions/westus2/standard_lrs/1/blobs/*)
chmod u+w "$blob"
patch "$blob" 3000 damage
sig image-version create prod/ubuntu/1.0.0 --image-version dev/ubuntu/1.0.0 >/dev/null
sig image-version export prod/ubuntu/1.0.0 back.raw && same os.raw back.raw
rm -r store/regions/westus2/standard_lrs/1/disks/*
sig image-version create prod/ubuntu/1.1.0 --image-version dev/ubuntu/1.0.0 --location northeurope >/dev/null
sig image-version export prod/ubuntu/1.1.0 again.raw && same os.raw again.raw
rm -r store/regions/northeurope/standard_lrs/1/disks/*
sig image-version create prod/ubuntu/1.1.0 --image-version dev/ubuntu/1.0.0 >/dev/null
sig image-version export prod/ubuntu/1.1.0 third.raw && same os.raw third.raw
