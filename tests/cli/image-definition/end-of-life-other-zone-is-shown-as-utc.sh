sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c --end-of-life-date 2027-01-01T00:30:00+02:00 | grep endOf
