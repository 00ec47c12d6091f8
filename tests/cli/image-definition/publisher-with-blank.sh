sig image-definition create prod/a --os-type linux -p 'Acme Inc' -f b -s c
