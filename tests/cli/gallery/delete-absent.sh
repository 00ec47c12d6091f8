sig gallery create prod >/dev/null
sig gallery delete other
