# Where the file system can, a raw export shares the bytes of the raw file; not those of one that is not right.
need_command mkfs.xfs
need_mounts
truncate -s 320M xfs && mkfs.xfs -q xfs && mkdir mnt && mount -o loop xfs mnt || skip "needs xfs and loop devices"
cd mnt && export SIG_STORE="$PWD/store" || exit
definition
disk os.raw 1 40M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --storage-account-type Premium_LRS >/dev/null
sync -f . && before=$(df --output=used -k . | tail -n 1)
sig image-version export prod/ubuntu/1.0.0 back.raw && same os.raw back.raw
sync -f . && [ $(($(df --output=used -k . | tail -n 1) - before)) -lt 5000 ] && echo shared
patch back.raw 5000 mine
sig audit --query sound
patch "$(echo store/regions/westus2/premium_lrs/1/disks/*.raw)" 5000 rot
sig image-version export prod/ubuntu/1.0.0 back.raw --force && same os.raw back.raw
