sig gallery create prod -g images >/dev/null
sig gallery create prod -g other
