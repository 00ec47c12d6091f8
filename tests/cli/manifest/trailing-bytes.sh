sig gallery create prod >/dev/null
echo x >>store/galleries/prod/gallery.json
sig gallery show prod
