sig image-definition create prod/a --os-type linux -p "$(printf 'p%.0s' $(seq 129))" -f b -s c
