sig gallery create prod >/dev/null
sig image-definition update prod/a --description x
