# Data disks stand side by side by their LUN: one is the same, one changed, one added, one removed.
definition
disk os.raw 1 64K
disk same.raw 2 64K
disk left.raw 3 64K
disk right.raw 4 64K
cp left.raw gone.raw
cp right.raw new.raw
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 7=same.raw 2=left.raw 63=gone.raw >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw --data-disk 0=new.raw 2=right.raw 7=same.raw >/dev/null
sig image-version diff prod/ubuntu/1.0.0 1.1.0 -o table
sig image-version diff prod/ubuntu/1.0.0 1.1.0 --query 'disks[].[disk, lun, state, fromSizeInBytes, toSizeInBytes]' -o tsv
