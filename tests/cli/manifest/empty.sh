sig gallery create prod >/dev/null
: >store/galleries/prod/gallery.json
sig gallery show prod
