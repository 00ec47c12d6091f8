sig gallery create prod -l westus2 >/dev/null
sig gallery create prod -l "West US 2" >/dev/null
