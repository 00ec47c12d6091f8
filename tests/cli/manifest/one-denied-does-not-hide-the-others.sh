need_root
for name in a b c; do sig gallery create $name >/dev/null; done
chown -R nobody store . && chmod 0 store/galleries/b/gallery.json
setpriv --reuid nobody --regid nogroup --clear-groups sig gallery list -o table
