sig gallery create prod >/dev/null
sig image-definition list proud
