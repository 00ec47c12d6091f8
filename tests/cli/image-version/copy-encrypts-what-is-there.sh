# A LUN that the version copied has none of is refused, as of files.
definition dev/ubuntu
disk os.raw 1 1K
disk data.raw 2 1K
sig image-version create dev/ubuntu/1.0.0 --os-disk os.raw --data-disk 7=data.raw >/dev/null
sig image-version create dev/ubuntu/2.0.0 --image-version dev/ubuntu/1.0.0 --target-region-encryption os,3,data
sig image-version create dev/ubuntu/2.0.0 --image-version dev/ubuntu/1.0.0 --target-region-encryption os,7,data \
    --query 'publishingProfile.targetRegions[].encryption.dataDiskImages[].[lun, diskEncryptionSetId]' -o tsv
