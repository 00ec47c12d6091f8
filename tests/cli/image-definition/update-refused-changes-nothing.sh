sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c --maximum-memory 4 >before
sig image-definition update prod/a --description new --minimum-memory 5 2>/dev/null
sig image-definition show prod/a >after && same before after
