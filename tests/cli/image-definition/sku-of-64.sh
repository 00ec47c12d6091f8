sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s "$(printf 'p%.0s' $(seq 64))" >/dev/null
