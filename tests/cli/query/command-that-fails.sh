sig gallery create prod --location westus2 >/dev/null
sig gallery show none --query "abs(name)"
