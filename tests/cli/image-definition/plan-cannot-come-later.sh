sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c >/dev/null
sig image-definition create prod/a --plan-name n --plan-publisher p --plan-product q
