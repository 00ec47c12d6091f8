sig gallery create prod >/dev/null
sig image-definition create prod/ubuntu --os-type linux -p a -f b -s c >/dev/null
disk os.raw 1 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --end-of-life-date 2026-02-01 | grep endOfLife
sig image-version update prod/ubuntu/1.0.0 --end-of-life-date "" >after
! grep endOfLife after
