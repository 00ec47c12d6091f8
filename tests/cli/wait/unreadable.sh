# What is there and cannot be read is no reason to wait.
sig gallery create prod >/dev/null
echo '{' >store/galleries/prod/gallery.json
sig gallery wait prod --created
