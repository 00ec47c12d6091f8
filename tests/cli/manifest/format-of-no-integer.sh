sig gallery create prod >/dev/null
sed -i -e /checksum/d -e 's/"format": 1/"format": 1.5/' store/galleries/prod/gallery.json
sig gallery show prod
