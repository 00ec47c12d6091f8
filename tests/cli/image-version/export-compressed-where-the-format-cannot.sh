definition
disk os.raw 1 2M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
for format in raw vhd vhd-dynamic vhdx; do
    sig image-version export prod/ubuntu/1.0.0 out --format "$format" --compress
    echo "$format: $?"
done
sig image-version export prod/ubuntu/1.0.0 out.img --compress
ls
