sig gallery create prod >/dev/null
mv store/galleries/prod elsewhere && ln -s ../../elsewhere store/galleries/prod
sig gallery delete prod
find elsewhere | LC_ALL=C sort
