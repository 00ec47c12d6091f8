sig gallery create a >/dev/null
sig gallery list -g other
