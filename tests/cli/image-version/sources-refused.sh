definition
disk os.raw 1 1M
disk data.raw 2 1M
disk more.raw 3 1M
mkdir machine
refuse() {
    sig image-version create prod/ubuntu/1.0.0 "$@"
    echo "status $?"
}
echo "--- one source"
refuse --managed-image os.raw --virtual-machine os.raw
refuse --managed-image os.raw --image-version prod/ubuntu/0.0.1
refuse --managed-image os.raw --os-snapshot os.raw
refuse --os-snapshot os.raw --os-vhd-uri os.raw
refuse --os-disk os.raw --os-snapshot os.raw
refuse --data-snapshots data.raw
refuse --managed-image os.raw --data-snapshots data.raw
refuse --virtual-machine os.raw --data-disk 0=data.raw
refuse --image-version prod/ubuntu/0.0.1 --data-vhds-uris data.raw
echo "--- lists that go together"
refuse --os-snapshot os.raw --data-snapshot-luns 1
refuse --os-snapshot os.raw --data-snapshots data.raw more.raw --data-snapshot-luns 1
refuse --os-snapshot os.raw --data-vhds-luns 1
refuse --os-snapshot os.raw --data-vhds-uris data.raw --data-vhds-luns 1 2
refuse --os-snapshot os.raw --data-vhds-uris data.raw --data-vhds-sa a b
refuse --os-snapshot os.raw --data-vhds-sa a
refuse --os-snapshot os.raw --os-vhd-storage-account a
echo "--- numbers"
refuse --os-snapshot os.raw --data-snapshots data.raw --data-snapshot-luns x
refuse --os-snapshot os.raw --data-snapshots data.raw --data-snapshot-luns 64
refuse --os-snapshot os.raw --data-snapshots data.raw more.raw --data-snapshot-luns 1 1
refuse --os-snapshot os.raw --data-snapshots data.raw --data-snapshot-luns 1 --data-vhds-uris more.raw
refuse --os-snapshot os.raw --data-snapshots data.raw --data-disk 0=more.raw
echo "--- a file for two disks"
refuse --os-snapshot os.raw --data-snapshots os.raw
refuse --os-snapshot os.raw --data-snapshots data.raw --data-vhds-uris data.raw
echo "--- no file"
refuse --managed-image myImage
refuse --virtual-machine machine
refuse --os-snapshot /subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/snapshots/s1
refuse --os-vhd-uri https://account.blob.core.windows.net/vhds/os.vhd
refuse --os-snapshot os.raw --data-snapshots nothing.raw
sig image-version list prod/ubuntu
