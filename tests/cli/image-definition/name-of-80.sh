sig gallery create prod >/dev/null
sig image-definition create prod/"$(printf 'a%.0s' $(seq 80))" --os-type linux -p a -f b -s c >/dev/null
