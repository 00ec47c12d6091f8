sig gallery create Prod.One >/dev/null
sig gallery show pROD.oNE
sig gallery create PROD.ONE >/dev/null && sig gallery list -o table
