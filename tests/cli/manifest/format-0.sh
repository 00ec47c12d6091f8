sig gallery create prod >/dev/null
sed -i -e /checksum/d -e 's/"format": 1/"format": 0/' store/galleries/prod/gallery.json
sig gallery show prod
