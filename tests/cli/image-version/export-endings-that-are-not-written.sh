definition
disk os.raw 1 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
for file in os.vdi os.raw.gz OS.OVA; do
    sig image-version export prod/ubuntu/1.0.0 "$file"
    echo $?
done
sig image-version export prod/ubuntu/1.0.0 os.vdi --format raw && same os.raw os.vdi
sig image-version export prod/ubuntu/1.0.0 .
sig image-version export prod/ubuntu/1.0.0 --all-disks -
