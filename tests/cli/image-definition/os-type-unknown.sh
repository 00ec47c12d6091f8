sig image-definition create prod/a --os-type bsd -p a -f b -s c
