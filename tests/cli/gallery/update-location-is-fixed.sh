sig gallery create prod >/dev/null
sig gallery update prod --location westus2
