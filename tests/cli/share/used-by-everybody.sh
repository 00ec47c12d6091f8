# A community gallery has terms: they are accepted by a flag, and never asked for.
disk os.raw 1 1M && disk new.raw 2 1M
definition open/ubuntu
sig image-version create open/ubuntu/1.0.0 --os-disk os.raw -o none
sig image-version create open/ubuntu/1.1.0 --os-disk new.raw -o none
sig gallery update open --permissions Community --publisher-uri u --publisher-email m --eula https://example.com/terms \
    --public-name-prefix contoso -o none
sig share enable-community open -o none
id=$(sig gallery list-community --query '[0].uniqueId' -o tsv)/Images/ubuntu/Versions
try() {
    sig "$@"
    echo "status $?"
}
try image-version export "$id/1.0.0" out.raw
try image-version export "$id/1.0.0" out.raw --accept-term
same os.raw out.raw
definition
try image-version create prod/ubuntu/1.0.0 --image-version "$id/latest"
try image-version create prod/ubuntu/1.0.0 --image-version "$id/latest" --no-wait
sig image-version create prod/ubuntu/1.0.0 --image-version "$id/latest" --accept-term --query storageProfile.source
sig image-version create prod/ubuntu/1.1.0 --image-version "$id/1.0.0" --accept-term --no-wait
sig image-version wait prod/ubuntu/1.1.0 --created
sig image-version show prod/ubuntu/1.1.0 --query storageProfile.source
sig image-version list-community "${id%/Versions}" --query '[].name' -o tsv
sig image-version list-community "${id%/Versions}" --all --query '[].name' -o tsv
sig image-version list-community "${id%/Versions}" --all --max-items 1 --query '[].name' -o tsv
sig image-version list-community "${id%/Versions}" --all --next-token 1.0.0 --query '[].name' -o tsv
sig image-version list-community "${id%/Versions}" -l northeurope
try image-version show-community "$id/1.0.0" -l northeurope
sig image-version show-community "$id/latest" --query name -o tsv
try image-version show-shared "$id/latest"
