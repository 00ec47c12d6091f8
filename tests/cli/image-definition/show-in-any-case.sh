sig gallery create Prod >/dev/null
sig image-definition create Prod/Ubuntu --os-type linux -p a -f b -s c >/dev/null
sig image-definition show pROD/uBUNTU -o table
