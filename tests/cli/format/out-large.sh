# 2 TiB with data at the beginning, at the end and here and there: little is written, and it comes in again as it was.
need_command qemu-img
definition
truncate -s 2T os.raw
for at in 0 536870911 536870912 33333333333 1099511627775 2199023255548; do patch os.raw "$at" data; done
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
for format in vhdx qcow2 'qcow2 --compress' vmdk 'vmdk --compress'; do
    # shellcheck disable=SC2086
    sig image-version export prod/ubuntu/1.0.0 out --format $format --force && qemu-img check -q -f "${format%% *}" out
    sig image-version create prod/ubuntu/2.0.0 --os-disk out >/dev/null
    [ "$(digest prod/ubuntu/2.0.0)" = "$(digest prod/ubuntu/1.0.0)" ] && [ "$(du -m out | cut -f 1)" -le 20 ] && echo "$format: the same disk"
    sig image-version delete prod/ubuntu/2.0.0
done
