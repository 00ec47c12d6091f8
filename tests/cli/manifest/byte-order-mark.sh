sig gallery create prod >/dev/null
sed -i '1s/^/\xef\xbb\xbf/' store/galleries/prod/gallery.json
sig gallery show prod
