sig image-definition create prod/"$(printf 'a%.0s' $(seq 81))" --os-type linux -p a -f b -s c
