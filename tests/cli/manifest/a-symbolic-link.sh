sig gallery create prod >/dev/null
mv store/galleries/prod/gallery.json elsewhere
ln -s "$PWD/elsewhere" store/galleries/prod/gallery.json
sig gallery show prod
