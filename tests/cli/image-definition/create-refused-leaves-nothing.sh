sig gallery create prod >/dev/null
sig image-definition create prod/ubuntu --os-type linux 2>/dev/null
find store/galleries/prod/images
