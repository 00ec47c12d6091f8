sig gallery create prod -g images >/dev/null
sig image-definition create prod/ubuntu -g other --os-type linux -p a -f b -s c
