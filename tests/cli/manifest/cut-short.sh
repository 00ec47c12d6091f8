sig gallery create prod >/dev/null
truncate -s -3 store/galleries/prod/gallery.json
sig gallery show prod
