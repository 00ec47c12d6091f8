# A gallery that becomes one to be shared while an encrypted image version is on its way does not get it.
disk os.raw 1 100K
definition secret/ubuntu
walk '[ -n "$(ls store/regions/westus2/standard_lrs/1/disks 2>/dev/null)" ]' image-version create secret/ubuntu/1.0.0 \
    --os-disk os.raw --target-regions westus2 --target-region-encryption des
sig gallery update secret --permissions Groups -o none
go_on
echo "status $?"
sig image-version list secret/ubuntu
