sig gallery create prod >/dev/null
for name in b A c; do sig image-definition create prod/$name --os-type linux -p a -f b -s $name >/dev/null; done
sig image-definition list prod -o table
