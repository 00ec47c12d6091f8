sig gallery create prod --location westus2 --tags team=web >/dev/null
sig gallery show prod --query "{Tags: tags}" -o table
