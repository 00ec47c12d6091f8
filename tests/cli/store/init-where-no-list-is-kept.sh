# Without access control lists each member's umask would decide: refused.
need_mounts
mkdir plain && mount -t ramfs none plain || skip "needs ramfs"
sig store init --store plain/store --query sharedWith
sig store init --shared 70999 --store plain/store
