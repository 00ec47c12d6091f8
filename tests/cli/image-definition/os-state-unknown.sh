sig image-definition create prod/a --os-type linux --os-state general -p a -f b -s c
