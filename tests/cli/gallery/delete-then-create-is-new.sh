sig gallery create prod --description old -g images >/dev/null
sig gallery delete prod && sig gallery create prod
