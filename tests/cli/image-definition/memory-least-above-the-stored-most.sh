sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c --maximum-memory 4 >/dev/null
sig image-definition update prod/a --minimum-memory 5
