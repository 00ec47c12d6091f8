sig gallery create prod >/dev/null
sig image-definition create prod/ubuntu --os-type linux -p a -f b -s c --tags a=1 --minimum-memory 2 --eula e >/dev/null
sig image-definition create prod/ubuntu --maximum-memory 4 --eula f
