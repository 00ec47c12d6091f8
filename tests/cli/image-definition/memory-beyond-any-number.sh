sig image-definition create prod/a --os-type linux -p a -f b -s c --maximum-memory 99999999999999999999999
