sig gallery create prod >/dev/null
sig image-definition show prod/ubuntu
