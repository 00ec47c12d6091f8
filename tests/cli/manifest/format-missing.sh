sig gallery create prod >/dev/null
sed -i -e /checksum/d -e '/format/d' store/galleries/prod/gallery.json
sig gallery show prod
