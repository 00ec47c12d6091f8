mkdir store
sig gallery create prod >/dev/null && ls store
