sig gallery create prod --location westus2 --tags team=web night=yes empty= >/dev/null
sig gallery create test --location westeurope --description "For: trials" >/dev/null
for format in json jsonc yaml yamlc table tsv none YAML None; do
    echo "$format:"
    sig gallery list --query "[].{name: name, about: description, where: location, tags: tags}" -o $format
    sig account list -o $format
    sig gallery show prod --query "{z: name, a: tags, l: [tags.night, location == 'westus2', description]}" -o $format
done
echo "names alone:"
for format in json jsonc yaml yamlc table tsv none; do
    sig gallery list --query "[].name" -o $format
done
