sig gallery create prod --location westus2 >/dev/null
for format in json jsonc yaml yamlc table tsv none; do
    sig gallery show prod --query missing -o $format
    sig gallery list --query "[?name == 'other'] | [0]" -o $format
done
