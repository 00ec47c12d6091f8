# What members have put in, or lets others in, does not make root give away what is not the store's.
need_users
as() {
    user=$1
    shift
    setpriv --reuid "$user" --regid "$user" --groups "$@"
}
umask 077
sig store init --shared 70999 -o none && chmod 711 .
as 70001 70999 sig gallery create prod -o none
# A region that a member has made of a directory that anybody writes to.
mkdir -m 1777 public && mkdir public/private public/standard_lrs && echo secret >public/private/file && echo secret >public/standard_lrs/file
mkdir -m 777 own && as 70001 70999 sig region create rack --path own/r -o none
as 70001 70999 cp own/r/region.json public/
as 70001 70999 sig region update rack --path public -o none
# A file of somebody else, by a second name and by another one; what root has there by a name that is none of a store.
echo x >config && chown root:70998 config && chmod 664 config
as 70002 70999,70998 ln config store/galleries/prod/gallery.new 2>/dev/null || ln config store/galleries/prod/gallery.new
mkdir -m 777 pub && echo private >pub/secret && chown 70003 pub/secret && as 70002 70999 mv pub/secret store/galleries/prod/lock2
cp -p store/galleries/prod/gallery.json saved && rm store/galleries/prod/gallery.json && cp saved pub/ && chown 70003 pub/saved && as 70002 70999 mv pub/saved store/galleries/prod/gallery.json
sig store init --shared 70999 --query sharedWith
stat -c '%U %G %a %n' public public/private public/private/file public/standard_lrs public/standard_lrs/file config store/galleries/prod/lock2 store/galleries/prod/gallery.json
sig audit --security --query 'findings[].[level, text]' -o tsv
# A namespace makes nobody root, nor anybody else.
chown root:70999 store/galleries/prod/gallery.json && chmod 660 store/galleries/prod/gallery.json
sig role assignment create prod --assignee user:nobody --role Reader -o none
unshare --user --map-root-user true 2>/dev/null || skip "needs user namespaces"
as 70002 70999 unshare --user --map-root-user "$BUILD/sig" gallery update prod --description x
as 70002 70999 unshare --user --map-user=65534 "$BUILD/sig" gallery show prod
