# latest and ranges, flags of the Azure CLI, ids.
definition
disk os.raw 1 64K
disk new.raw 2 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk new.raw >/dev/null
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw >/dev/null
names() {
    sig image-version diff "$@" --query '[from, to, identical]' -o tsv
}
names prod/ubuntu/1.x latest
names prod/ubuntu/latest 1.0.0
names prod/ubuntu/latest prod/ubuntu/'~>1.0'
names -r prod -i ubuntu -e 1.0.0 1.1.0
id=$(sig image-version show prod/ubuntu/2.0.0 --query id -o tsv)
names --ids "$id" 1.1.0
names "$id" "$id"
sig image-version compare prod/ubuntu/1.0.0 1.1.0
