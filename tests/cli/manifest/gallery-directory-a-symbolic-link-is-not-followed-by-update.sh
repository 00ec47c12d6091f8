sig gallery create prod >/dev/null
mv store/galleries/prod elsewhere && ln -s ../../elsewhere store/galleries/prod
sig gallery update prod --description x
! grep description elsewhere/gallery.json
