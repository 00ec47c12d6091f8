sig image-definition create prod/ubuntu --os-type linux -p a -f b -s c
