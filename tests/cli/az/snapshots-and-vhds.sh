# Disks of a version out of snapshots and VHDs, mixed, with their numbers.
. "$ROOT/examples/az-shim"
disk s1 1 2M
disk s2 2 2M
disk data.raw 3 1M
az sig create -g rg -r gallery1 -l eastus2 -o none
az sig image-definition create -g rg -r gallery1 -i image1 --os-type linux --os-state specialized -p p -f o -s s -o none
sig image-version create gallery1/image1/0.0.1 --os-disk data.raw -o none
sig image-version export gallery1/image1/0.0.1 data.vhd
az sig image-version create -g rg -r gallery1 -i image1 -e 1.0.0 --os-snapshot s1 --data-snapshot-luns 0 --data-snapshots s2 \
    --data-vhds-luns 1 --data-vhds-sa account --data-vhds-uris data.vhd --query \
    'storageProfile.[osDiskImage.source.id, dataDiskImages[].[lun, source.id, source.uri, source.storageAccountId]]'
az sig image-version create -g rg -r gallery1 -i image1 -e 2.0.0 --os-snapshot s1 --data-snapshots s2 data.raw \
    --data-snapshot-luns 2 3 --query \
    'storageProfile.[osDiskImage.source.id, dataDiskImages[].[lun, source.id]]'
az sig image-version create -g rg -r gallery1 -i image1 -e 3.0.0 --os-snapshot s1 --data-snapshot-luns 2
az sig image-version create -g rg -r gallery1 -i image1 -e 3.0.0 --os-snapshot s1 --data-snapshots s2 data.raw --data-snapshot-luns 2
az sig image-version create -g rg -r gallery1 -i image1 -e 3.0.0 --os-snapshot s1 --data-snapshots s2 --data-snapshot-luns two
az sig image-version create -g rg -r gallery1 -i image1 -e 3.0.0 --os-snapshot s1 --data-snapshots s2 data.raw --data-snapshot-luns 1 1
az sig image-version create -g rg -r gallery1 -i image1 -e 3.0.0 --data-snapshots s2
az sig image-version create -g rg -r gallery1 -i image1 -e 3.0.0 --os-snapshot s1 --managed-image s2
