sig gallery create prod >/dev/null
sig gallery update other --description x
