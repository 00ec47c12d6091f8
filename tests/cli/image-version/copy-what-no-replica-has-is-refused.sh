definition dev/ubuntu
definition prod/ubuntu
disk os.raw 1 512K
sig image-version create dev/ubuntu/1.0.0 --os-disk os.raw >/dev/null
blob=$(echo store/regions/westus2/standard_lrs/1/blobs/*)
chmod u+w "$blob"
patch "$blob" 3000 damage
for region in westus2 westeurope; do
    sig image-version create prod/ubuntu/1.0.0 --image-version dev/ubuntu/1.0.0 --location $region
    echo $?
done
sig image-version list prod/ubuntu
