need_mounts
mkdir small && mount -t tmpfs -o size=64k none small
head -c 1M /dev/zero >small/fill 2>/dev/null
sig --store small/store gallery create prod
