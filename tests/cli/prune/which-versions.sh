# A definition, a gallery, those of a resource group, or all; by words, flags or an id.
for gallery in prod test; do
    sig gallery create $gallery -g "of-$gallery" -o none
    for definition in Ubuntu debian; do
        sig image-definition create $gallery/$definition --publisher p --offer o --sku $definition --os-type Linux -o none
        disk os.raw 1 100K
        for version in 1.0.0 1.1.0; do sig image-version create $gallery/$definition/$version --os-disk os.raw -o none; done
    done
done
show() {
    echo "-- $*"
    sig prune "$@" --keep-latest 1 --plan --query 'versions[?action==`Drop`].name' -o tsv
}
show
show prod
show prod/ubuntu
show -r test -i UBUNTU
show -g of-test
show -g of-test -r prod
show --ids "$(sig image-definition show prod/debian --query id -o tsv)"
# What is deleted is all that was said.
sig prune PROD/ubuntu --keep-latest 1 -y --query 'versions[].[name, action]' -o tsv
show
