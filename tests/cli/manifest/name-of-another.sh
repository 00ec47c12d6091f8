sig gallery create prod >/dev/null
cp -r store/galleries/prod store/galleries/copy
sig gallery show copy
