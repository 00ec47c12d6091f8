sig gallery create prod --location westus2 >/dev/null
sig gallery show prod --query name
sig gallery show prod --query "{where: location, id: name}"
sig gallery show prod --query=tags.none
