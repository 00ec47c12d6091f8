sig gallery create prod --location westus2 >/dev/null
for name in jammy noble focal; do
    sig image-definition create "prod/$name" --publisher Contoso --offer Server --sku "$name" --os-type Linux >/dev/null
done
sig image-definition create prod/win --publisher Contoso --offer Server --sku win --os-type Windows >/dev/null
sig image-definition list prod --query "sort_by([?osType=='Linux'], &name)[].{Name: name, Sku: identifier.sku}"
sig image-definition list prod --query "length(@)" -o tsv
sig image-definition list prod --query "[?contains(name, 'o')].name | join(', ', @)" -o tsv
