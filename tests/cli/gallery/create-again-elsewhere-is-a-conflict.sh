sig gallery create prod >/dev/null
sig gallery create prod --location westus2
