sig gallery create prod --set tags.a=1
