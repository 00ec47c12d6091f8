# While the disk is compared with what was published, that is deleted, and other content published in its place.
definition
disk os.raw 1 1M
disk other.raw 2 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
walk '[ "$(sed -n "s/^rchar: //p" /proc/$walker/io)" -gt 400000 ]' \
    image-version create prod/ubuntu/1.0.0 --os-disk os.raw --tags by=first
sig image-version delete prod/ubuntu/1.0.0
sig image-version create prod/ubuntu/1.0.0 --os-disk other.raw --tags by=second >/dev/null
go_on
echo $?
sig image-version show prod/ubuntu/1.0.0 | grep '"by"'
sig image-version export prod/ubuntu/1.0.0 - | same - other.raw
