sig gallery create prod -g images >/dev/null
sig gallery update prod -g other --description x
