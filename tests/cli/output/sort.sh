sig gallery create prod --location westus2 --tags a=1 -o none
sig gallery create Test --location westeurope -o none
sig gallery create prod10 --location eastus -o none
sig gallery create prod9 --location westus2 --tags a=1 b=2 -o none
by() {
    echo "by $1:"
    shift
    sig gallery list "$@" --query "[].name" -o tsv
}
by name --sort name
by "name, the last first" --sort=-name
by "location, then name" --sort location,-name
by "how many tags, none last" --sort tags
echo "in a table:" && sig gallery list -c name,location --sort location
echo "in JSON:" && sig gallery list --sort=-name | grep '"name"'
echo "in YAML:" && sig gallery list --sort=-name -o yaml | grep '  name:'
echo "refused:"
sig gallery list --sort nmae
sig gallery list --sort -name
sig gallery show prod --sort name
sig --sort name gallery show prod
