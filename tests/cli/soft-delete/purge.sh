# For good, at once: one, or all of something.
exec 2>&1
keeping
sig image-definition create prod/debian --publisher a --offer b --sku c --os-type Linux -o none
sig gallery create web --soft-delete -o none
sig image-definition create web/nginx --publisher a --offer b --sku c --os-type Linux -o none
for version in prod/ubuntu/1.1.0 prod/ubuntu/2.0.0 prod/debian/1.0.0 web/nginx/1.0.0; do
    sig image-version create $version --os-disk os.raw -o none && sig image-version delete $version
done
left() {
    sig image-version list-soft-deleted --query '[].imageVersion' -o tsv | tr '\n' ' '
    echo
}
left
sig image-version purge
sig image-version purge prod/ubuntu
sig image-version purge prod/ubuntu/1.1.0 && left
sig image-version purge prod/ubuntu/1.1.0
# One that is there is left alone.
sig image-version purge prod/ubuntu/1.0.0 && sig image-version show prod/ubuntu/1.0.0 --query name
sig image-version purge -g other -r prod --all
sig image-version purge prod/ubuntu --all && left
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw --query name
sig image-version purge prod --all && left
sig image-version purge --all --yes && left
sig image-version delete prod/ubuntu/1.1.0 --bypass-soft-delete && left
ls -A store/trash
sig audit --query sound
