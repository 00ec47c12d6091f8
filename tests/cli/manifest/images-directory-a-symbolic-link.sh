sig gallery create prod >/dev/null
mv store/galleries/prod/images elsewhere && ln -s ../../../elsewhere store/galleries/prod/images
sig image-definition create prod/a --os-type linux -p a -f b -s c
ls elsewhere
