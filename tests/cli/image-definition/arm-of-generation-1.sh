sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux --architecture arm64 --hyper-v-generation v1 -p a -f b -s c
