sig gallery create prod >/dev/null
cp -r store/galleries/prod store/galleries/copy; sed -i /checksum/d store/galleries/copy/gallery.json
sig gallery show copy
