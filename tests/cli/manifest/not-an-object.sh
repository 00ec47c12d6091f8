sig gallery create prod >/dev/null
echo '[]' >store/galleries/prod/gallery.json
sig gallery show prod
