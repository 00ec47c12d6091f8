sig gallery create prod >/dev/null
sig image-definition create prod/ubuntu
