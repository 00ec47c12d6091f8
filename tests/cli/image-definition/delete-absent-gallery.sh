sig gallery create prod >/dev/null
sig image-definition delete test/a
