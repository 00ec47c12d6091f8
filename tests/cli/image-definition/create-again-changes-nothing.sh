sig gallery create prod >/dev/null
sig image-definition create prod/ubuntu --os-type linux -p a -f b -s c --tags a=1 >before
sig image-definition create prod/ubuntu >after && same before after
sig image-definition create prod/ubuntu --os-type linux -p a -f b -s c --tags a=1 >after && same before after
