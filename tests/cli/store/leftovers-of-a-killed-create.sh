sig gallery create prod >/dev/null
mkdir -p store/galleries/.new/images store/galleries/.old/images
touch store/galleries/.new/gallery.json
sig gallery list -o table
sig gallery create test >/dev/null && ls -A store/galleries
