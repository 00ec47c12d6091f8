sig gallery create prod >/dev/null
sed -i -e /checksum/d -e 's/"name": "prod",/"name": "prod", "name": "prod",/' store/galleries/prod/gallery.json
sig gallery show prod
