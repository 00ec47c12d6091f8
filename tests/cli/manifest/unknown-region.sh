sig gallery create prod >/dev/null
sed -i 's/"local"/"mars"/' store/galleries/prod/gallery.json
sig gallery show prod
