sig gallery create prod --tags a=1 >/dev/null
ls -i store/galleries/prod/gallery.json >before
sig gallery update prod --tags a=1 >/dev/null
ls -i store/galleries/prod/gallery.json >after
same before after
