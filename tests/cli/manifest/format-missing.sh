sig gallery create prod >/dev/null
sed -i '/format/d' store/galleries/prod/gallery.json
sig gallery show prod
