sig gallery create prod >/dev/null
sig image-definition create prod/bad --os-type linux -p a -f b -s c >/dev/null
echo x >>store/galleries/prod/images/bad/definition.json
sig image-definition create prod/good --os-type linux -p a -f b -s d >/dev/null
