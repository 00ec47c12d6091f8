sig gallery create prod >/dev/null
truncate -s 0 store/galleries/prod/gallery.json && truncate -s 100 store/galleries/prod/gallery.json
sig gallery show prod
