sig gallery create prod >/dev/null
sig image-definition create prod/ubuntu --os-type linux -p a -f b -s c --tags a=1 --description d --minimum-memory 1 >/dev/null
sig image-definition show prod/ubuntu -o tsv
