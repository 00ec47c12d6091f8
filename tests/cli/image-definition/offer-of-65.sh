sig image-definition create prod/a --os-type linux -p a -f "$(printf 'p%.0s' $(seq 65))" -s c
