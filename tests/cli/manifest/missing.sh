sig gallery create prod >/dev/null
rm store/galleries/prod/gallery.json
sig gallery show prod
