for name in a b c; do sig gallery create $name >/dev/null; done
echo x >>store/galleries/b/gallery.json
sig gallery list -o table
