# What is shared is exported, and copied, by its id: latest too, in any case of letters; nothing else is done with it.
disk os.raw 1 1M && disk new.raw 2 1M
definition team/ubuntu
self=$(sig account show --query id -o tsv)
sig gallery update team --permissions Groups -o none
sig image-version create team/ubuntu/1.0.0 --os-disk os.raw -o none
sig image-version create team/ubuntu/1.1.0 --os-disk new.raw -o none
sig share add team --subscription-ids "$self" -o none
id=$(sig gallery list-shared --query '[0].uniqueId' -o tsv)/Images/ubuntu/Versions
sig image-version export "$id/1.0.0" out.raw && same os.raw out.raw
sig image-version export "$(echo "$id/LATEST" | tr A-Z a-z)" out.raw --force && same new.raw out.raw
definition
sig image-version create prod/ubuntu/1.0.0 --image-version "$id/latest" --query storageProfile.source
sig image-version create prod/ubuntu/1.1.0 --managed-image "$id/1.0.0" --query storageProfile.source
sig image-version create prod/ubuntu/1.2.0 --image-version "$id/1.0.0" --no-wait
sig image-version wait prod/ubuntu/1.2.0 --created
sig image-version show prod/ubuntu/1.2.0 --query storageProfile.source
try() {
    sig "$@"
    echo "status $?"
}
for verb in show delete update wait; do
    try image-version $verb "$id/1.0.0"
done
try image-version export "/Shared${id#/SharedGalleries}/1.0.0" bad.raw
try image-version export "$id/3.0.0" bad.raw
try image-version export "$id" bad.raw
try image-version export "$id/1.0.0" bad.raw --subscription 6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11
try image-version export "$id/1.0.0" bad.raw --subscription ../..
try image-version export "${id%/Versions}/../ubuntu/Versions/1.0.0" bad.raw
try image-version export "/SharedGalleries/$self-../Images/ubuntu/Versions/1.0.0" bad.raw
try image-version export "/SharedGalleries/$self-TEAM$(printf '\033')/Images/ubuntu/Versions/1.0.0" bad.raw
try gallery delete "${id%/Images*}"
try audit "${id%/Images*}"
try replicate "$id/1.0.0"
try lock create "${id%/Images*}" --name x --lock-type ReadOnly
try role assignment create --scope "${id%/Images*}" --assignee root --role Reader
try role assignment list "${id%/Images*}"
try image-version export team/ubuntu/1.0.0 own.raw --accept-term
try image-version create prod/ubuntu/1.3.0 --os-disk os.raw --accept-term
sig share reset team -o none
try image-version export "$id/1.0.0" bad2.raw
ls -- *.raw
