sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c >/dev/null
sig image-definition create prod/b --os-type linux -p x -f b -s c >/dev/null
sig image-definition create prod/c --os-type linux -p a -f x -s c >/dev/null
sig image-definition create prod/d --os-type linux -p a -f b -s x >/dev/null
