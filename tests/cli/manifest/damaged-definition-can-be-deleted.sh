sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c >/dev/null
echo x >>store/galleries/prod/images/a/definition.json
sig image-definition delete prod/a
