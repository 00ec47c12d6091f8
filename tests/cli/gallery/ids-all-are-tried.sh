for name in one two three; do sig gallery create $name >/dev/null; done
sig image-definition create two/ubuntu --publisher a --offer b --sku c --os-type Linux >/dev/null
sig gallery list --query '[].id' -o tsv | sig gallery delete --ids @-
echo "status $?"
sig gallery list --query '[].name'
base=$(sig gallery show two --query id -o tsv)
sig gallery show --ids "${base}x" "$base" "${base}y" --query '[].name'
