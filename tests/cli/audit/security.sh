# Who can get at the files of a store without this program: nobody but its owner, or its group.
need_root
definition && disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 northeurope -o none
sig region create rack --path rack -o none
chmod 755 . && sig audit --security --query '[sound, findings]'
sig audit prod --security
sig audit --security --deep
see() {
    sig audit --security --query 'findings[].[level, path, text, hint]' -o tsv
    echo "= $?"
}
ln -s /etc store/galleries/prod/link
mkfifo store/regions/fifo
chmod 666 store/galleries/prod/gallery.json
chmod 777 rack
chmod u+s store/store.json
chown 70001 store/galleries/prod/images
ln store/regions/westus2/standard_lrs/1/blobs/*.blob outside
see
rm store/galleries/prod/link store/regions/fifo outside
mkdir store/many && (cd store/many && for i in $(seq 30); do : >$i; chmod 666 $i; done)
see | sed -n '1,3p;/more/p'
rm -r store/many
chown root store/galleries/prod/images
# Of a group: all of it is the group's, and nobody else reads.
sig store init --shared 70999 -o none
see
chmod g-s store/regions && chmod g-w store/galleries/prod/gallery.json && chmod o+r store/store.json && chgrp root store/galleries
see
sig store init --shared 70999 -o none
see
# The store's own directory is not what it was; somebody else's file; the store can be replaced.
chmod g-s store && see && chgrp root store && see && chgrp 70999 store && chmod g+s store
chown 70003 store/lock && chmod 600 store/lock && chmod 777 . && see
chmod 755 . && chown root store/lock && chmod 660 store/lock
mkdir -p store/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q && see | grep deeper && rm -r store/a
nobody sig audit --security
