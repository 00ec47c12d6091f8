sig gallery create prod >/dev/null
sig image-definition create prod/0a-Z_.9 --os-type linux -p a -f b -s c -o table
