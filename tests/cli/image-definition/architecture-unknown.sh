sig image-definition create prod/a --os-type linux --architecture amd64 -p a -f b -s c
