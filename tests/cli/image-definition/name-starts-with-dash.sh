sig image-definition create prod/-a --os-type linux -p a -f b -s c
