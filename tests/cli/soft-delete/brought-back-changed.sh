# What can be said as it comes back.
exec 2>&1
keeping
sig image-version update prod/ubuntu/1.0.0 --tags a=1 -o none
sig image-version delete prod/ubuntu/1.0.0
sig image-version undelete prod/ubuntu/1.0.0 --location northeurope
sig image-version undelete prod/ubuntu/1.0.0 --location Nowhere
sig image-version undelete prod/ubuntu
sig image-version undelete prod/ubuntu/latest
sig image-version undelete prod/debian/1.0.0
sig image-version undelete -g default -r prod -i ubuntu -e 1.0.0 -l 'West US 2' --tags b=2 --allow-replicated-location-deletion \
    --query '[tags, safetyProfile.allowDeletionOfReplicatedLocations]'
sig image-version delete prod/ubuntu/1.0.0
sig image-version undelete prod/ubuntu/1.0.0 --no-wait
sig image-version show prod/ubuntu/1.0.0 --query tags
# There may be no more of them by now.
sig image-version delete prod/ubuntu/1.0.0
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw -o none
sig store update --limit GalleryImageVersion=1 -o none
sig image-version undelete prod/ubuntu/1.0.0
sig audit --query sound
