sig gallery create prod >/dev/null
sig gallery update prod --set descripton=x
