sig gallery create prod --loc westus2
sig gallery create prod --gallery prod
sig gallery list --outp json
sig --versoin
