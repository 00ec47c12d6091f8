sig gallery create prod -g images >/dev/null
sig image-definition create prod/ubuntu --os-type linux -p a -f b -s c >/dev/null
sig image-definition show prod/ubuntu -g other
