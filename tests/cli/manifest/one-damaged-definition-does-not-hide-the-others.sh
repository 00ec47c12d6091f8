sig gallery create prod >/dev/null
for name in a b c; do sig image-definition create prod/$name --os-type linux -p a -f b -s $name >/dev/null; done
echo x >>store/galleries/prod/images/b/definition.json
sig image-definition list prod -o table
