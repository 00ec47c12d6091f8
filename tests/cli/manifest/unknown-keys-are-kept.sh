sig gallery create prod >/dev/null
sed -i -e /checksum/d -e 's/"format": 1,/"format": 1, "sharing": {"to": ["x", 1.50]},/' store/galleries/prod/gallery.json
sig gallery update prod --description new >/dev/null
cat store/galleries/prod/gallery.json
