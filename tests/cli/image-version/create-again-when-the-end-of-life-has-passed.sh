sig gallery create prod >/dev/null
sig image-definition create prod/ubuntu --os-type linux -p a -f b -s c >/dev/null
disk os.raw 1 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --end-of-life-date 2026-02-01 >/dev/null
SIG_CLOCK=2026-03-01T00:00:00Z sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --end-of-life-date 2026-02-01 >/dev/null
