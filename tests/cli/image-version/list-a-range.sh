definition
disk os.raw 1 1K
for version in 0.9.0 1.0.0 1.2.3 1.10.0 2.0.0; do
    sig image-version create prod/ubuntu/$version --os-disk os.raw --exclude-from-latest true >/dev/null
done
for range in 1.x 1.2.x '~>1.2' 3.x 1.0.0 9.9.9; do
    echo "$range: $(sig image-version list "prod/ubuntu/$range" --query "join(' ', [].name)" -o tsv)"
done
sig image-version list -r prod -i ubuntu -e 0.x --query '[].name' -o tsv
sig image-version list prod/ubuntu/next
echo $?
sig image-version list prod/ubuntu/latest
