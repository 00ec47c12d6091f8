sig gallery create prod --description old >/dev/null
sig gallery update prod --description "" -o table
