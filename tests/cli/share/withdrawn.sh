# What is deleted is withdrawn from whom it is shared with, at once; and they are told of it as they call it, and nothing that is not theirs.
exec 2>&1
keeping
sig gallery update prod --permissions Groups -o none
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw -o none
sig share add prod --subscription-ids "$(sig account show --query id -o tsv)" -o none
shared=$(sig gallery list-shared --query '[0].uniqueId' -o tsv)/Images/ubuntu/Versions
definition web/ubuntu
sig gallery update web --soft-delete --permissions Community --publisher-uri u --publisher-email m --eula terms \
    --public-name-prefix contoso -o none
sig image-version create web/ubuntu/1.0.0 --os-disk os.raw -o none
sig share enable-community web -o none
everybodys=$(sig gallery list-community --query '[0].uniqueId' -o tsv)/Images/ubuntu/Versions
definition copies/ubuntu
sig image-version delete prod/ubuntu/1.0.0
sig image-version delete web/ubuntu/1.0.0
try() {
    sig "$@" --accept-term
    echo "status $?"
}
for id in "$shared/1.0.0" "$everybodys/1.0.0"; do
    try image-version export "$id" out.raw
    try image-version export "$id" --all-disks out
    try image-version create copies/ubuntu/1.0.0 --image-version "$id"
done
sig image-version show-shared "$shared/1.0.0"
sig image-version show-shared "$shared/1.x"
sig image-version show-community "$everybodys/1.0.0"
sig image-version show-community "$everybodys/latest"
sig image-version show-shared "${shared%/ubuntu/*}/debian/Versions/1.0.0"
sig image-version show-shared "${shared%/ubuntu/*}/ubunt/Versions/1.0.0"
# One that is only accepted is not told of either.
accepted image-version create prod/ubuntu/4.0.0 --os-disk os.raw -o none
sig image-version show-shared "$shared/4.0.0"
try image-version export "$shared/4.0.0" out.raw
# Whoever has the store reads it as before.
sig image-version export prod/ubuntu/1.0.0 out.raw && same os.raw out.raw
sig image-version undelete prod/ubuntu/1.0.0 -o none
sig image-version export "$shared/1.0.0" out.raw --force && same os.raw out.raw
