sig gallery create prod >/dev/null
sed -i 's/"location": "local"/"location": 7/' store/galleries/prod/gallery.json
sig gallery show prod
