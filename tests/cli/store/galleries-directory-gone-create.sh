sig gallery create prod >/dev/null
rm -r store/galleries
sig gallery create prod
