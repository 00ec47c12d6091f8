sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c --minimum-memory 0 | grep -A4 recommended
