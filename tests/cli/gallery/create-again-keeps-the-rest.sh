sig gallery create prod --tags a=1 --description old --compression none -l westeurope >/dev/null
sig gallery create prod --description new
