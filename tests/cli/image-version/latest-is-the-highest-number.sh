definition
disk os.raw 1 1K
for version in 1.9.9 1.10.0 1.9.10; do
    sig image-version create prod/ubuntu/$version --os-disk os.raw >/dev/null
done
sig image-version show prod/ubuntu/latest -o table
sig image-version list prod/ubuntu -o table
