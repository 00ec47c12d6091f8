sig gallery create prod --tags a=1 --description old >/dev/null
sig gallery update prod --description new
