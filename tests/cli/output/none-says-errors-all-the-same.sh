sig gallery create prod --location westus2 -o none
sig gallery show test -o none
