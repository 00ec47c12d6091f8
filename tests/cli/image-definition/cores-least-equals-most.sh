sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c --minimum-cpu-core 4 --maximum-cpu-core 4 >/dev/null
