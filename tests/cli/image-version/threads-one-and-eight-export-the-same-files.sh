definition
disk os.raw 1 70M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
for format in raw vhd vhd-dynamic vhdx qcow2 vmdk 'qcow2 --compress' 'vmdk --compress'; do
    # shellcheck disable=SC2086
    sig image-version export prod/ubuntu/1.0.0 one --format $format --threads 1 --force &&
        sig image-version export prod/ubuntu/1.0.0 eight --format $format --threads 8 --force &&
        cmp one eight && echo "$format: the same"
done
