# A specialized image from three snapshots, with tags.
. "$ROOT/examples/az-shim"
for number in 1 2 3; do
    disk s$number $number 1M
done
az sig create -g rg -r gallery1 -l westus -o none
az sig image-definition create -g rg -r gallery1 -i image1 --os-type linux --os-state specialized --hyper-v-generation V2 \
    -p p -f o -s s --tags tag=test --query '[name, osState, hyperVGeneration, tags.tag]' -o tsv
az sig image-version create -g rg -r gallery1 -i image1 -e 1.0.0 --os-snapshot s1 --data-snapshots s2 s3 --data-snapshot-luns 2 3 \
    --query 'storageProfile.[osDiskImage.source.id, dataDiskImages[].source.id, dataDiskImages[].lun]'
