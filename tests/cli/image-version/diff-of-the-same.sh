# The same disks, in other definitions too; nothing is read then, so it can be told when nothing is left.
definition
definition dev/debian
disk os.raw 1 1M
disk data.raw 2 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 1=data.raw >/dev/null
sig image-version create dev/debian/2.0.0 --os-disk os.raw --data-disk 1=data.raw >/dev/null
sig image-version diff prod/ubuntu/1.0.0 dev/debian/2.0.0
sig image-version diff prod/ubuntu/1.0.0 prod/ubuntu/1.0.0 -o table
rm -r store/regions
sig image-version diff prod/ubuntu/1.0.0 dev/debian/2.0.0 --query identical
