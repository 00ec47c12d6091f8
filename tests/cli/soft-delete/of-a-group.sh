# A resource group that is named without a gallery: what is in the trash of its galleries, and of no other.
exec 2>&1
keeping
sig gallery create web -g Team --soft-delete -o none
sig image-definition create web/nginx --publisher a --offer b --sku c --os-type Linux -o none
sig image-version create web/nginx/1.0.0 --os-disk os.raw -o none
sig gallery create gone --soft-delete -g team -o none
sig image-definition create gone/nginx --publisher a --offer b --sku d --os-type Linux -o none
sig image-version create gone/nginx/1.0.0 --os-disk os.raw -o none
for version in prod/ubuntu/1.0.0 web/nginx/1.0.0 gone/nginx/1.0.0; do
    sig image-version delete $version 2>/dev/null
done
left() {
    sig image-version list-soft-deleted "$@" --query '[].imageVersion' -o tsv | tr '\n' ' '
    echo
}
left
left -g team
left -g TEAM --max-items 1
left -g default
left -g nobody
left -g team -r prod
# A lock on what is in another group does not matter.
sig lock create prod --name keep --lock-type CanNotDelete -o none
# A gallery that cannot be read may be in it.
cp store/galleries/web/gallery.json good
echo >store/galleries/web/gallery.json
sig image-version list-soft-deleted -g team --query '[].imageVersion' -o tsv
echo "status $?"
sig image-version purge -g nobody --all
echo "status $?"
left
cp good store/galleries/web/gallery.json
# One that was removed by hand is in none.
rm -r store/galleries/gone
left -g team
sig image-version purge -g nobody --all && left
sig image-version purge -g team --all && left
sig image-version purge -g default --all
echo "status $?"
left
sig lock delete prod --name keep
sig image-version purge -g default --all && left
sig image-version purge --all && left
