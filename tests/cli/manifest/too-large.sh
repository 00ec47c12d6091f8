sig gallery create prod >/dev/null
truncate -s 1G store/galleries/prod/gallery.json
sig gallery show prod
