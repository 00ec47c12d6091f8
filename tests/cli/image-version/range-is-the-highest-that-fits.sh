definition
disk os.raw 1 1K
for version in 0.9.0 1.0.0 1.2.0 1.2.3 1.2.10 1.3.0 2.0.0; do
    sig image-version create prod/ubuntu/$version --os-disk os.raw >/dev/null
done
sig image-version create prod/ubuntu/1.4.0 --os-disk os.raw --exclude-from-latest true >/dev/null
for range in latest 0.x 1.x 1.X.x 1.2.x '~>1' '~>1.2' '~>1.2.3' '~> 1.3.0' 2.x; do
    echo "$range $(sig image-version show "prod/ubuntu/$range" --query name -o tsv)"
done
sig image-version show /subscriptions/"$(sig gallery show prod --query id -o tsv | cut -d/ -f3)"/resourceGroups/"$(
    sig gallery show prod --query resourceGroup -o tsv)"/providers/Microsoft.Compute/galleries/prod/images/ubuntu/versions/1.2.x \
    --query name -o tsv
sig image-version show -r prod -i ubuntu -e 1.x --query name -o tsv
