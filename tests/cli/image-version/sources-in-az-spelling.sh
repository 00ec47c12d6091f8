# Where disks come from, in the words of the Azure CLI: what is recorded, and what comes back.
definition
disk os.raw 1 2M
disk s2.raw 2 1M
disk s3.raw 3 1M
disk 'v 4.raw' 4 1M
disk v5.raw 5 1M
# publish VERSION FLAG...: the sources as shown, and that each disk given by LUN=FILE in $disks comes back
publish() {
    version=$1
    shift
    echo "--- $*"
    sig image-version create prod/ubuntu/"$version" "$@" --query 'storageProfile.{source: source, os: osDiskImage.source,
        data: dataDiskImages[].[lun, source.id, source.uri, source.storageAccountId]}' || return
    for disk in $disks; do
        sig image-version export prod/ubuntu/"$version" back.raw --force ${disk%%=*} && same back.raw "${disk#*=}"
    done
}
disks="=os.raw" publish 1.0.0 --managed-image os.raw
disks="=os.raw" publish 1.0.1 --virtual-machine "file://$PWD/os.raw"
disks="=os.raw" publish 1.0.2 --os-snapshot os.raw
disks="=os.raw --data-disk=1=s2.raw"
echo "--- az's own: a snapshot, another one, a VHD"
disks='' publish 1.0.3 --os-snapshot os.raw --data-snapshot-luns 0 --data-snapshots s2.raw --data-vhds-luns 1 \
    --data-vhds-sa acc --data-vhds-uris v5.raw
sig image-version export prod/ubuntu/1.0.3 - --data-disk 0 | same - s2.raw
sig image-version export prod/ubuntu/1.0.3 - --data-disk 1 | same - v5.raw
disks='' publish 1.0.4 --os-vhd-uri "file://$PWD/os.raw" --os-vhd-storage-account /subscriptions/s/acc
echo "--- snapshots first, then VHDs, counted on"
disks='' publish 1.0.5 --os-vhd-uri os.raw --data-vhds-uris 'v 4.raw' v5.raw --data-snapshots s2.raw s3.raw
sig image-version export prod/ubuntu/1.0.5 - --data-disk 2 | same - 'v 4.raw'
disks='' publish 1.0.6 --os-disk os.raw --data-snapshots s2.raw s3.raw --data-snapshot-luns 2 3 --data-disk 0=v5.raw
disks='' publish 1.0.7 --os-snapshot os.raw --data-vhds-uris 'v 4.raw' v5.raw --data-vhds-storage-accounts a b \
    --data-vhds-luns 7 5
echo "--- the same disks from elsewhere are no change"
sig image-version create prod/ubuntu/1.0.2 --managed-image os.raw --query storageProfile.osDiskImage.source
sig audit --query findings
echo "--- nothing is lost on the way to the one who does the work"
sig image-version create prod/ubuntu/1.0.8 --os-snapshot os.raw --data-vhds-uris v5.raw --data-vhds-sa a --no-wait
sig image-version wait prod/ubuntu/1.0.8 --created --interval 1 --timeout 60
sig image-version show prod/ubuntu/1.0.8 --query 'storageProfile.[osDiskImage.source, dataDiskImages[].source]'
