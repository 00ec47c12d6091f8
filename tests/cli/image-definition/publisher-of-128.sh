sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p "$(printf 'p%.0s' $(seq 128))" -f b -s c >/dev/null
