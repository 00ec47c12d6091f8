# A store that another one shares with copies from it by the id, and only then; both may be listed by whoever reads the files.
disk os.raw 1 1M
SIG_RANDOM=other SIG_STORE=there sig gallery create web -o none
there() { SIG_RANDOM=more SIG_STORE=there sig "$@"; }
there image-definition create web/ubuntu --publisher a --offer b --sku c --os-type Linux -o none
definition team/ubuntu
sig gallery update team --permissions Groups -o none
sig image-version create team/ubuntu/1.0.0 --os-disk os.raw -o none
id=/SharedGalleries/$(sig gallery show team --query identifier.uniqueName -o tsv)/Images/ubuntu/Versions/1.0.0
there image-version create web/ubuntu/1.0.0 --from-store store --image-version "$id"
echo "status $?"
guest=$(there account show --query id -o tsv)
sig share add team --subscription-ids "$guest" -o none
sig gallery list-shared
sig gallery list-shared --subscription "$guest" --query '[].uniqueId' -o tsv
sig image-version show-shared "$id" --subscription "$guest" --query uniqueId -o tsv
sig image-version export "$id" out.raw --subscription "$guest" && same os.raw out.raw
there image-version create web/ubuntu/1.0.0 --from-store store --image-version "$id" --query storageProfile.source
sig share remove team --subscription-ids "$guest" -o none
sig share add team --tenant-ids "$(there account show --query tenantId -o tsv)" -o none
there image-version create web/ubuntu/1.1.0 --from-store store --image-version "$id" --query storageProfile.source
sig share add team --tenant-ids "$(sig account show --query tenantId -o tsv)" -o none
sig gallery list-shared
sig gallery list-shared --shared-to tenant --query '[].uniqueId' -o tsv
sig image-definition list-shared "${id%/Images/*}" --query '[].name' -o tsv
sig image-definition list-shared "${id%/Images/*}" --shared-to tenant --query '[].name' -o tsv
sig share remove team --tenant-ids "$(sig account show --query tenantId -o tsv)" -o none
sig share add team --subscription-ids "$(sig account show --query id -o tsv)" -o none
sig image-definition list-shared "${id%/Images/*}" --query '[].name' -o tsv
sig image-definition list-shared "${id%/Images/*}" --shared-to tenant
