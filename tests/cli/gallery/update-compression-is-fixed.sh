sig gallery create prod >/dev/null
sig gallery update prod --compression none
