# By gallery, definition and number, page by page.
exec 2>&1
keeping
sig gallery create Web -g team --soft-delete -o none
sig image-definition create Web/Nginx --publisher a --offer b --sku c --os-type Linux -o none
for version in prod/ubuntu/1.10.0 prod/ubuntu/1.9.0 Web/Nginx/1.0.0; do
    sig image-version create $version --os-disk os.raw -o none
done
sig image-version list-soft-deleted
for version in prod/ubuntu/1.10.0 prod/ubuntu/1.9.0 prod/ubuntu/1.0.0 Web/Nginx/1.0.0; do
    sig image-version delete $version
done
list() {
    sig image-version list-soft-deleted "$@" --query '[].imageVersion' -o tsv
    echo "status $?"
}
list
list -r prod
list prod/ubuntu --artifact-type images --max-items 1
list prod/ubuntu --max-items 1 --next-token 1.0.0
list prod/ubuntu --next-token 1.9.0
list --max-items 2
list --max-items 2 --next-token prod/ubuntu/1.9.0
list --next-token Prod/ubuntu/1.10.0
list --next-token 1.9.0
list --next-token prod
list prod/ubuntu --next-token latest
list prod/debian
list -g team -r web
list -g other -r web
list --artifact-type Applications
sig image-version list-soft-deleted web/nginx --query '[0].[id, resourceArmId, resourceGroup, type]' -o tsv
