need_mounts
sig gallery create prod >/dev/null
mkdir keep && mount --bind store keep && mount -o remount,ro,bind keep
sig --store keep gallery create test
sig --store keep gallery update prod --description x
sig --store keep gallery delete prod
sig --store keep image-definition create prod/a --os-type linux -p a -f b -s c
sig --store keep gallery create prod --description x
