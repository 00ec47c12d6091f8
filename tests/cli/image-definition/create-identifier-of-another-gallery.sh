sig gallery create prod >/dev/null && sig gallery create test >/dev/null
sig image-definition create prod/ubuntu --os-type linux -p a -f b -s c >/dev/null
sig image-definition create test/ubuntu --os-type linux -p a -f b -s c >/dev/null
