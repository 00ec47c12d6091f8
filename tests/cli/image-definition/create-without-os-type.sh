sig gallery create prod >/dev/null
sig image-definition create prod/ubuntu -p a -f b -s c
