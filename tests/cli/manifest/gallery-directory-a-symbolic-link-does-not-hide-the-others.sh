sig gallery create prod >/dev/null && sig gallery create test >/dev/null
mv store/galleries/prod elsewhere && ln -s ../../elsewhere store/galleries/prod
sig gallery list -o table
