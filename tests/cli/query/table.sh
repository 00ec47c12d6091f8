sig gallery create prod --location westus2 --tags team=web >/dev/null
sig gallery create test --location westeurope --description "For trials" >/dev/null
echo "objects, in the order of the query:" && sig gallery list --query "[].{name: name, id: location, about: description}" -o table
echo "whole objects:" && sig gallery list --query "[?name == 'test']" -o table
echo "lists:" && sig gallery list --query "[].[name, description, tags]" -o table
echo "scalars:" && sig gallery list --query "[].name" -o table
echo "an object:" && sig gallery show prod --query "{Name: name, Here: location == 'westus2'}" -o table
echo "a number:" && sig gallery list --query "length(@)" -o table
echo "nothing:" && sig gallery show prod --query none -o table
echo "no element:" && sig gallery list --query "[?name == 'none'].name" -o table
