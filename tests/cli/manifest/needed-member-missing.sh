sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c >/dev/null
sed -i -e /checksum/d -e '/osType/d' store/galleries/prod/images/a/definition.json
sig image-definition show prod/a
