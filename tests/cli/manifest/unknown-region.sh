sig gallery create prod >/dev/null
sed -i -e /checksum/d -e 's/"local"/"mars"/' store/galleries/prod/gallery.json
sig gallery show prod
