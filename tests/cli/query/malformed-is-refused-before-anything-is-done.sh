sig gallery create prod --location westus2 --query "name]"
echo $?
[ -e store ] && echo "a store was made"
sig gallery list --query "[?name = 'prod']"; echo $?
sig gallery list --query "lenght(@)"; echo $?
sig gallery list --query "sort_by(@, name)"; echo $?
sig gallery list --query ""; echo $?
sig gallery list --query "$(printf 'a\377')"; echo $?
sig --query "[" gallery list; echo $?
sig gallery list --query
