sig gallery create prod -g images >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c >/dev/null
sig image-definition delete prod/a -g other && sig image-definition list prod -o table
