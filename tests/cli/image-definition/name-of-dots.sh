sig image-definition create prod/.. --os-type linux -p a -f b -s c
