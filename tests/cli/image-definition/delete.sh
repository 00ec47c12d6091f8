sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c >/dev/null
sig image-definition delete PROD/A && find store/galleries/prod/images
