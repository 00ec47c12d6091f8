sig gallery create prod >/dev/null
rm -r store/galleries/prod/images
sig image-definition list prod
