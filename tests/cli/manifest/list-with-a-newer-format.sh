sig gallery create prod >/dev/null
sig gallery create test >/dev/null
sed -i -e /checksum/d -e 's/"format": 1/"format": 2/' store/galleries/test/gallery.json
sig gallery list -o table
