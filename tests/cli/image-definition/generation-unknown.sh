sig image-definition create prod/a --os-type linux --hyper-v-generation 2 -p a -f b -s c
