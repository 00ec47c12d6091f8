sig gallery create prod >/dev/null
sig image-definition create prod/ubuntu --os-type linux -p a -f b -s c >/dev/null
sig image-definition create prod/debian --os-type linux -p a -f b -s c
