# A disk that ends within a block or a sector is rounded up as the format demands; its bytes are the same, with zeros behind.
need_command qemu-img
definition
for size in 1 511 5000 1234567 4194816; do
    disk os.raw 3 "$size"
    sig image-version create "prod/ubuntu/1.0.$size" --os-disk os.raw --source-format raw >/dev/null
    for format in vhd vhd-dynamic vhdx qcow2 'qcow2 --compress' vmdk 'vmdk --compress'; do
        case $format in vhd | vhd-dynamic) reader=vpc ;; *) reader=${format%% *} ;; esac
        # shellcheck disable=SC2086
        sig image-version export "prod/ubuntu/1.0.$size" out --format $format --force || continue
        [ "$reader" = vpc ] || qemu-img check -q -f "$reader" out
        qemu-img convert -f "$reader" -O raw out back
        cmp -n "$size" os.raw back && tail -c "+$((size + 1))" back | tr -d '\0' | cmp - /dev/null &&
            echo "$size bytes as $format: $(stat -c %s back)"
    done
done
