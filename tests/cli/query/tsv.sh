sig gallery create prod --location westus2 --tags team=web >/dev/null
sig gallery create test --location westeurope --description "For trials" >/dev/null
echo "lists:" && sig gallery list --query "[].[name, location, description, tags]" -o tsv
echo "scalars:" && sig gallery list --query "[].name" -o tsv
echo "objects, in the order of the query:" && sig gallery list --query "[].{z: name, a: location}" -o tsv
echo "an object:" && sig gallery show prod --query "{z: name, a: [name, name], o: tags, b: name == 'prod'}" -o tsv
echo "a string:" && sig gallery show prod --query name -o tsv
echo "a number:" && sig gallery list --query "length(@)" -o tsv
echo "a boolean:" && sig gallery show prod --query "name == 'prod'" -o tsv
echo "booleans:" && sig gallery list --query "[].name == 'prod' | [@, \`true\`]" -o tsv
echo "nothing:" && sig gallery show prod --query none -o tsv
echo "no element:" && sig gallery list --query "[?name == 'none'].name" -o tsv
echo "tab and newline:" && sig gallery show prod --query "'a	b
c'" -o tsv
