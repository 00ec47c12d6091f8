sig gallery create prod >/dev/null
for name in g f e d c b a; do sig image-definition create prod/$name --os-type linux -p a -f b -s $name >/dev/null; done
sig gallery delete prod
