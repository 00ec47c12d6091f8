sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c --end-of-life-date 2026-02-01 >/dev/null
SIG_CLOCK=2026-03-01T00:00:00Z sig image-definition create prod/a --os-type linux -p a -f b -s c --end-of-life-date 2026-02-01 -o table
