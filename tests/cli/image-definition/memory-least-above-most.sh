sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c --minimum-memory 5 --maximum-memory 4
