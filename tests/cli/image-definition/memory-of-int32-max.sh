sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c --maximum-memory 2147483647 >/dev/null
