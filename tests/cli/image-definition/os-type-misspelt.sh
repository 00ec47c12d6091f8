sig image-definition create prod/a --os-type linus -p a -f b -s c
