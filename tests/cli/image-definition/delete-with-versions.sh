sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c >/dev/null
disk os.raw 1 1M
sig image-version create prod/a/1.0.0 --os-disk os.raw --target-regions local --progress none >/dev/null
sig image-version create prod/a/1.1.0 --os-disk os.raw --target-regions local --progress none >/dev/null
sig image-definition delete prod/a
