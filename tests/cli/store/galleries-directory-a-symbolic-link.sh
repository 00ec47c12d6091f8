sig gallery create prod >/dev/null
mv store/galleries elsewhere && ln -s ../elsewhere store/galleries
sig gallery list
