# A store that was its owner's alone is shared with all that is in it, regions elsewhere too; what is no part of it, links, is left.
need_root
umask 077
definition && disk os.raw 1 300K
sig region create rack --path rack -o none
sig region create gone --path gone -o none
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 rack -o none
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw --target-regions westus2=2 rack -o none
touch outside other && ln -s ../outside store/link && ln other store/galleries/name
mv gone elsewhere
find store rack -type f ! -perm 0600 -o -type d ! -perm 0700
sig store init --shared 70999 --query sharedWith
find store rack ! -type l ! -name name \( ! -group 70999 -o -perm /007 -o -type d ! -perm 2770 -o -type f ! -perm 0660 \)
stat -c '%G %a %n' outside other
rm store/galleries/name
mv elsewhere gone
sig store init --shared 70999 --query sharedWith
find gone ! -group 70999
rm store/link
sig audit --query sound
# What members had made while it was shared by hand, and a second group: all of it is shared, or it is said.
mkdir -m 2777 by-hand && chgrp 70999 by-hand && chmod 711 . && umask 002
as() {
    user=$1
    shift
    setpriv --reuid "$user" --regid "$user" --groups 70999 "$BUILD/sig" "$@" --store by-hand
}
as 70001 gallery create prod -o none && as 70002 gallery create web -o none
sig store init --shared 70999 --store by-hand --query sharedWith
umask 077
as 70002 image-definition create prod/ubuntu --publisher a --offer b --sku c --os-type Linux -o none
as 70001 image-definition list prod --query '[].name'
sig store init --shared 70998 --store by-hand --query sharedWith
find by-hand ! -group 70998
chown 70003:70003 by-hand/galleries/web/gallery.json && chmod 600 by-hand/galleries/web/gallery.json
sig store init --shared 70998 --store by-hand
echo "= $?"
