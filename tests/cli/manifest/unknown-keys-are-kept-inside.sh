sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c >/dev/null
sed -i -e /checksum/d -e 's/"publisher": "a",/"publisher": "a", "later": true,/' store/galleries/prod/images/a/definition.json
sig image-definition update prod/a --description new >/dev/null
sed -n '/identifier/,/}/p' store/galleries/prod/images/a/definition.json
