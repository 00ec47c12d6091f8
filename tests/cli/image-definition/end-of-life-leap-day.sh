sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c --end-of-life-date 2028-02-29 | grep endOf
