# What is encrypted is for private galleries alone, also when it comes out of the trash, or could.
exec 2>&1
keeping
sig image-version delete prod/ubuntu/1.0.0
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw --target-regions westus2 --target-region-encryption des -o none
sig image-version delete prod/ubuntu/2.0.0
try() {
    sig "$@"
    echo "status $?"
}
try gallery update prod --permissions Groups -o none
try gallery update prod --permissions Community --publisher-uri u --publisher-email m --eula e --public-name-prefix contoso -o none
# A gallery that was shared without a look into its trash:
mv store/trash/prod+ubuntu+2.0.0 away
try gallery update prod --permissions Groups -o none
mv away store/trash/prod+ubuntu+2.0.0
try image-version undelete prod/ubuntu/2.0.0 --tags a=b
sig image-version list-soft-deleted --query '[].imageVersion' -o tsv
try image-version undelete prod/ubuntu/1.0.0 --query name
sig share reset prod -o none
try image-version undelete prod/ubuntu/2.0.0 --query '[name, tags]'
# Purged, it is in no way; nor is one of another gallery.
sig image-version delete prod/ubuntu/2.0.0
definition web/nginx
try gallery update web --permissions Groups -o none
sig image-version purge prod/ubuntu/2.0.0
try gallery update prod --permissions Groups -o none
# What cannot be looked at may be such a thing.
sig share reset prod -o none
sig image-version delete prod/ubuntu/1.0.0
echo >store/trash/prod+ubuntu+1.0.0/version.json
try gallery update prod --permissions Groups -o none
