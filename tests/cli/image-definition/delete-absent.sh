sig gallery create prod >/dev/null
sig image-definition delete prod/a
