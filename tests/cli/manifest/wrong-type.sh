sig gallery create prod >/dev/null
sed -i -e /checksum/d -e 's/"location": "local"/"location": 7/' store/galleries/prod/gallery.json
sig gallery show prod
