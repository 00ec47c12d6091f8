sig gallery create prod >/dev/null
rm -r store/galleries/prod/images
sig image-definition create prod/a --os-type linux -p a -f b -s c
