sig gallery create prod --description text >/dev/null
sed -i -e /checksum/d -e 's/text/te\xfft/' store/galleries/prod/gallery.json
sig gallery show prod
