sig gallery create prod --location westus2 --query "abs(name)"
echo $?
sig gallery show prod --query name
