sig gallery create prod --tags a=1 --description text >before
cp store/galleries/prod/gallery.json .
sig gallery create prod >after
same before after && same gallery.json store/galleries/prod/gallery.json
