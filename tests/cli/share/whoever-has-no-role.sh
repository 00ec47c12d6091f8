# A share lets whoever has no role read exactly what is shared; a role to share shows nothing else of the gallery.
need_users
umask 002
disk os.raw 1 1M
one=6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11
definition team/ubuntu
definition own/ubuntu
sig image-version create team/ubuntu/1.0.0 --os-disk os.raw -o none
sig image-version create own/ubuntu/1.0.0 --os-disk os.raw -o none
sig gallery update team --permissions Groups --tags secret=plan --description secret -o none
sig share add team --subscription-ids "$(sig account show --query id -o tsv)" -o none
sig role assignment create own --assignee root --role Reader -o none
id=$(sig gallery show team --query identifier.uniqueName -o tsv)
chgrp -R nogroup store && find store -type d -exec chmod g+s {} +
try() {
    nobody sig "$@"
    echo "status $?"
}
try gallery list
try gallery show team
try gallery list-shared --query '[].uniqueId' -o tsv
try image-version show-shared "$id/ubuntu/1.0.0" --query uniqueId -o tsv
nobody sig image-version export "/SharedGalleries/$id/Images/ubuntu/Versions/1.0.0" - | same os.raw -
try image-version export team/ubuntu/1.0.0 -
try image-version export "/SharedGalleries/${id%TEAM}OWN/Images/ubuntu/Versions/1.0.0" -
try share add team --subscription-ids $one
sig role assignment create team --assignee user:nobody --role 'Compute Gallery Sharing Admin' -o none
try share add team --subscription-ids $one
try gallery show team
chmod 600 store/galleries/own/gallery.json
try gallery list-shared --query '[].uniqueId' -o tsv
try gallery list-community
